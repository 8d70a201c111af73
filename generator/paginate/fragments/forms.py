"""What pages draw by name: groups, patterns, shadings, states, images; kept to be numbered anew."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from weakref import WeakKeyDictionary

import pydyf  # type: ignore[import-untyped]

from generator.paginate.fragments.blanks import Blank, Open, UnlikeError, blank, plain
from generator.paginate.fragments.book import Body, Book, body, deflated

KINDS = {"ExtGState": "s", "XObject": "x", "Pattern": "p", "Shading": "s"}
"""The resources that a page shares with all others, and the letter of their numbered names."""
COUNTED = re.compile(r"[xps]\d+")


@dataclass(frozen=True, slots=True, eq=False)
class Form:
    """A group or a pattern: a stream with resources of its own."""

    dictionary: Blank
    content: bytes
    resources: "Resources"


@dataclass(frozen=True, slots=True)
class Named:
    """One resource: a form, the name of an image, or a dictionary that may name a form."""

    name: str
    form: Form | None = None
    dictionary: Blank | None = None
    mask: Form | None = None

    @property
    def counted(self) -> bool:
        """Return whether the name says how many came before."""
        return COUNTED.fullmatch(self.name) is not None


@dataclass(frozen=True, slots=True)
class Resources:
    """The resources of a stream by kind, and as a dictionary whose numbers are open."""

    named: Mapping[str, tuple[Named, ...]]
    dictionary: Blank


@dataclass(frozen=True, slots=True)
class Picture:
    """An image and its mask, as they stand in a file."""

    dictionary: Blank
    content: bytes
    mask: Body | None


@dataclass(slots=True)
class Gallery:
    """Keeps what WeasyPrint makes of images: it decodes and encodes them for each file."""

    _kept: "WeakKeyDictionary[Any, dict[bool, Picture]]" = field(default_factory=WeakKeyDictionary)

    def shown(self, image: Any) -> Picture:  # noqa: ANN401
        """Return an image that a page draws as it stands in a file; a plate has it like that."""
        if isinstance(image, Picture):
            return image
        return self.picture(image["image"], interpolate=image["interpolate"])

    def picture(self, image: Any, *, interpolate: bool) -> Picture:  # noqa: ANN401
        """Return an image as it stands in a file."""
        kept = self._kept.setdefault(image, {})
        if interpolate not in kept:
            kept[interpolate] = _picture(image.get_x_object(interpolate, 1))
        return kept[interpolate]


def _picture(made: Any) -> Picture:  # noqa: ANN401
    mask = made.extra.get("SMask")
    content = _content(made)
    extra = pydyf.Dictionary({**made.extra, "Length": len(content)})
    opened = {} if mask is None else {id(mask): Open(0)}
    return Picture(blank([extra], open_=opened), content, None if mask is None else Body(mask.data))


def _content(stream: Any) -> bytes:  # noqa: ANN401
    return b"\n".join(plain(line) for line in stream.stream)


def resources(given: Mapping[str, Any]) -> Resources:
    """Return what a stream draws by name, with all that is inside it."""
    forms: dict[int, Form] = {}
    for kind in ("XObject", "Pattern"):
        for value in given[kind].values():
            if value is not None:
                forms[id(value)] = _form(value)
    masks = {
        name: forms[id(state["SMask"]["G"])]
        for name, state in given["ExtGState"].items()
        if "SMask" in state
    }
    named = {
        "XObject": tuple(Named(n, forms.get(id(x))) for n, x in given["XObject"].items()),
        "Pattern": tuple(Named(n, forms[id(x)]) for n, x in given["Pattern"].items()),
        "Shading": tuple(Named(n, None, blank([x])) for n, x in given["Shading"].items()),
        "ExtGState": tuple(
            Named(n, None, _state(x), masks.get(n)) for n, x in given["ExtGState"].items()
        ),
    }
    return Resources(named, _dictionary(given))


def _state(state: Mapping[str, Any]) -> Blank:
    return blank([state], open_={id(state["SMask"]["G"]): Open(0)} if "SMask" in state else {})


def _dictionary(given: Mapping[str, Any]) -> Blank:
    """Return the resources' dictionary: slot 0 is the fonts', then come those of `number`."""
    opened: dict[int, Open] = {}
    shown: dict[str, Any] = {}
    slot = 1
    for kind in ("XObject", "Pattern", "Shading"):
        shown[kind] = {}
        for name, value in given[kind].items():
            shown[kind][name] = Open(slot)
            opened[id(value)] = Open(slot)
            slot += 1
    opened.pop(id(None), None)
    merged = {
        key: Open(0) if key == "Font" else pydyf.Dictionary(shown[key]) if key in shown else value
        for key, value in given.items()
    }
    return blank([pydyf.Dictionary(merged)], open_=opened)


def _form(stream: Any) -> Form:  # noqa: ANN401
    content = deflated(_content(stream))
    extra = {**stream.extra, "Filter": "/FlateDecode", "Length": len(content)}
    inside = resources(extra["Resources"])
    extra["Resources"] = Open(0)
    return Form(blank([pydyf.Dictionary(extra)]), content, inside)


@dataclass(slots=True)
class Numbering:
    """Gives resources their numbers in a book, in WeasyPrint's order."""

    book: Book
    gallery: Gallery
    images: Mapping[str, Any]
    fonts: int
    _pictures: dict[str, int] = field(default_factory=dict)
    _forms: dict[int, int] = field(default_factory=dict)

    def number(self, named: Named) -> int:
        """Return the number of a form, image or shading, putting it into the book."""
        if named.form is not None:
            return self._form(named.form)
        if named.dictionary is not None:
            return self.book.add(named.dictionary.filled(()))
        return self._image(named.name)

    def state(self, named: Named) -> bytes:
        """Return a graphics state, which stands inside the resources' dictionary."""
        if named.dictionary is None:
            raise UnlikeError(named.name)
        return named.dictionary.filled((self._forms[id(named.mask)],) if named.mask else ())

    def _form(self, form: Form) -> int:
        number = self.book.add()
        self._forms[id(form)] = number
        inside = form.resources.named
        numbers = [self.fonts]
        for kind in ("XObject", "Pattern", "Shading"):
            numbers += [self.number(named) for named in inside[kind]]
        resources_ = self.book.add(form.resources.dictionary.filled(numbers))
        self.book.objects[number] = body(form.dictionary.filled((resources_,)), form.content)
        return number

    def _image(self, name: str) -> int:
        if name not in self._pictures:
            image = self.images[name]
            picture = self.gallery.shown(image)
            number = self._pictures[name] = self.book.add()
            mask = () if picture.mask is None else (self.book.add(picture.mask),)
            self.book.objects[number] = body(picture.dictionary.filled(mask), picture.content)
        return self._pictures[name]
