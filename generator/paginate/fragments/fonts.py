"""Fonts of a document made of fragments: one subset a font, kept while its glyphs stay the same."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from weakref import WeakValueDictionary

from weasyprint.pdf.fonts import Font
from weasyprint.text.ffi import ffi

KEPT_SUBSETS = 4


@dataclass(frozen=True, slots=True, weakref_slot=True, eq=False)
class Casting:
    """A font as WeasyPrint found it for some text, and the subsets made of it."""

    font: Any
    subsets: dict[tuple[frozenset[int], bool, bool], bytes] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Use:
    """What one page wants of one font: its glyphs, their text and their widths."""

    key: int
    casting: Casting
    texts: Mapping[int, str]
    widths: Mapping[int, int]
    missing: Mapping[int, int]


class Foundry:
    """Keeps one casting for all pages that use the same font, as long as one of them lives."""

    def __init__(self) -> None:
        """Begin without any."""
        self._castings: WeakValueDictionary[tuple[int, float, int], Casting] = WeakValueDictionary()

    def use(self, key: int, font: Any) -> Use:  # noqa: ANN401  WeasyPrint is untyped
        """Return what a page that was painted with a font of its own wants of it."""
        face = int(ffi.cast("uintptr_t", font.hb_face))
        name = key, font.font_size, face
        casting = self._castings.get(name)
        use = font.to_unicode, font.widths, font.missing
        if casting is None:
            font.to_unicode, font.widths, font.missing = {}, {}, {}
            font.file_content = self._content(face, font.file_content)
            casting = self._castings[name] = Casting(font)
        return Use(key, casting, *use)

    def _content(self, face: int, content: bytes) -> bytes:
        """Return a font's file, the copy that another size of the same face has if there is one."""
        same = (one.font.file_content for name, one in self._castings.items() if name[2] == face)
        return next(same, content)


class Preset(dict[int, Any]):
    """The fonts of a page that is painted: each is new, with the glyphs that it is to know."""

    def __init__(self, given: Mapping[int, Use]) -> None:
        """Let fonts begin with what `given` says of them."""
        super().__init__()
        self.given = given

    def __setitem__(self, key: int, font: Any) -> None:  # noqa: ANN401
        """Take a new font."""
        if use := self.given.get(key):
            font.to_unicode = dict(use.texts)
            font.widths = dict(use.widths)
            font.missing = dict(use.missing)
        super().__setitem__(key, font)


class Shared(Font):  # type: ignore[misc]  # WeasyPrint is untyped
    """A font of the whole document, with the glyphs of all its pages."""

    def __init__(self, casting: Casting) -> None:
        """Take everything but glyphs from the casting."""
        self.__dict__.update(casting.font.__dict__)
        self.casting = casting
        self.variations: dict[str, float] = dict(casting.font.variations)
        self.file_content: bytes = casting.font.file_content
        self.to_unicode: dict[int, str] = {}
        self.widths: dict[int, int] = {}
        self.missing: dict[int, int] = {}

    def clean(self, to_unicode: Mapping[int, str], hinting: bool) -> None:  # noqa: FBT001  its interface
        """Subset the font, if that was not done for the same glyphs before."""
        subsets = self.casting.subsets
        key = frozenset(to_unicode), bool(self.missing), hinting
        if key not in subsets:
            while len(subsets) >= KEPT_SUBSETS:
                del subsets[next(iter(subsets))]
            super().clean(to_unicode, hinting)
            subsets[key] = self.file_content
        self.file_content = subsets[key]

    def agreed(self, use: Use) -> Mapping[int, int]:
        """Return the widths of a page's glyphs: pages before it settled some of them."""
        widths = self.widths
        return {glyph: widths.get(glyph, width) for glyph, width in use.widths.items()}

    def take(self, use: Use) -> None:
        """Take a page's glyphs in; what earlier pages said of them stands."""
        self.to_unicode = {**self.to_unicode, **use.texts, **self.to_unicode}
        self.widths = {**use.widths, **self.widths}

    def use(self) -> Use:
        """Return all that is known of the font, for a page to be painted on top of it."""
        return Use(0, self.casting, self.to_unicode, self.widths, self.missing)

    def become(self, use: Use) -> None:
        """Take over what a page says that was painted on top of this font's glyphs."""
        self.to_unicode = dict(use.texts)
        self.widths = dict(use.widths)
        self.missing = dict(use.missing)
