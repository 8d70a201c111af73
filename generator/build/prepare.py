"""One content file becomes the carousels that it asks for: one for each brand and target."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from generator import content, exporters
from generator.build.dress import Wardrobe, slants
from generator.build.project import FILE as PROJECT_FILE
from generator.build.project import Project, load
from generator.errors import GeneratorError, Location, Problem, choices, error, info
from generator.fetch import Door
from generator.library import Library, canvases, layouts, themes
from generator.library.checking import validated
from generator.model import (
    Author,
    Carousel,
    Document,
    Face,
    Layout,
    Panorama,
    Picture,
    Post,
    Source,
    Thread,
)
from generator.recipes import Arranging, Readers
from generator.settings import silence
from generator.settings.resolve import Given, Resolved, brand_names, resolve, targets
from generator.settings.schema import SLIDE_KEYS, Settings, SlideSettings
from generator.settings.silence import Silence

LOOKS = {
    "layout": (layouts.FOLDER, layouts.FILE),
    "pattern": (themes.PATTERNS, ".svg.jinja"),
    "icon": ("themes/_icons", ".svg"),
}
"""Where the looks lie that a slide may name, and what holds one."""
OTHER_ICON = "arrow-right"
"""The icon of an outro's line whose words name none."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """The carousels of one content file, and what there is to tell about it.

    `sources` are the content files that it was made from: itself, and the one whose posts it shows.
    `failed` are the folders below output/ of those that have an error: the others are built.
    """

    source: Source
    carousels: tuple[Carousel, ...]
    problems: tuple[Problem, ...]
    sources: tuple[Source, ...] = ()
    draft: bool = False
    failed: tuple[str, ...] = ()
    read: frozenset[str] = frozenset()
    missed: frozenset[str] = frozenset()
    thread: Thread | None = None
    silences: tuple[Silence, ...] = ()


def prepare(
    project: Project, source: Source, command: Document, library: Library | None = None
) -> Prepared:
    """Return what is to be built of a content file; errors in it are among the problems.

    `library` may be shared by many files: each look is then read once.
    """
    given = Given(project.given, source.front, command)
    looks = library.view() if library else project.library()
    preparing = _Preparing(project, source, given, looks)
    try:
        return preparing.done()
    except GeneratorError as wrong:
        return Prepared(source, (), wrong.problems, draft=preparing.draft)


@dataclass(slots=True)
class _Preparing:
    """Makes the carousels of one content file."""

    project: Project
    source: Source
    given: Given
    library: Library
    door: Door = field(init=False)
    layouts: Mapping[str, Layout] = field(init=False)
    broken: Mapping[str, tuple[Problem, ...]] = field(init=False)
    problems: list[Problem] = field(default_factory=list)
    others: tuple[Source, ...] = ()

    def __post_init__(self) -> None:
        self.door = self.project.door()

    @property
    def draft(self) -> bool:
        """Return whether the file is not to be built unless asked for: an error in it can wait."""
        said = [each.values.get("draft") for each in (self.given.command, self.given.front)]
        return next((value is True for value in said if value is not None), False)

    def done(self) -> Prepared:
        thread = self._thread()
        self.problems += thread.problems
        self.layouts, self.broken = self.library.once("layouts", layouts.every)
        made: list[Carousel] = []
        failed: list[str] = []
        wanted = [
            (target, brand)
            for target in targets(self.library, self.given)
            for brand in brand_names(self.library, self.given, target)
        ]
        several = len({brand for _, brand in wanted}) > 1
        for target, brand in wanted:
            folder = "/".join(filter(None, (self.source.slug, brand if several else "", target)))
            try:
                resolved = resolve(self.library, self.given, target, brand)
                made.append(self._carousel(thread, resolved, folder))
            except GeneratorError as wrong:
                self.problems += wrong.problems
                failed.append(folder)
        silences, doubtful = silence.read(self.given.front, self.given.project)
        told = tuple(dict.fromkeys((*self.problems, *doubtful)))
        read = frozenset(map(str, self.library.read)) | frozenset(self.door.files)
        missed = frozenset(map(str, self.library.missed))
        sources = (self.source, *self.others)
        return Prepared(
            self.source,
            tuple(made),
            told,
            sources,
            self.draft,
            tuple(failed),
            read,
            missed,
            thread,
            silences,
        )

    def _thread(self) -> Thread:
        named = self.source.front.values.get("thread")
        if not named:
            return content.read(self.source, SLIDE_KEYS)
        place = self.source.front.place("thread")
        other = self.door.resolve(str(named), Path(self.source.folder), place, "thread")
        self.others = (load(self.project, self.door, other, "other"),)
        return content.reused(self.source, *self.others, SLIDE_KEYS)

    def _carousel(self, thread: Thread, resolved: Resolved, folder: str) -> Carousel:
        settings, brand, place = resolved.settings, resolved.brand, resolved.settled.document.place
        for index, kind in enumerate(settings.files or ()):
            exporters.named(kind, place("files", index))
        thread = self._cleaned(thread, place("clean")) if settings.clean else thread
        arranging = Arranging(thread, settings, place, self._readers(thread), brand.locked)
        caption, captioned = self._caption(resolved)
        name, looks = settings.recipe, self.library
        recipe = looks.once(("recipe", name), lambda it: layouts.recipe(it, name, place("recipe")))
        self._demand_layouts(settings.layouts, place)
        chosen = {**recipe.layouts, **settings.layouts}
        wardrobe = Wardrobe(self.layouts, thread, self.door, chosen)
        slides = tuple(wardrobe.dressed(slide) for slide in arranging.slides(recipe))
        self.problems += [*resolved.problems, *arranging.problems]
        author = self._author(thread, resolved)
        lang = settings.lang or thread.lang or "en"
        return Carousel(
            title=_plain(settings.title) or thread.title,
            slides=slides,
            theme=resolved.theme,
            brand=brand,
            canvas=resolved.canvas,
            layouts={slide.layout: wardrobe.layouts[slide.layout] for slide in slides},
            faces=self._faces(resolved, italics=any(map(slants, slides))),
            roots=tuple((name, str(path)) for name, path in self.project.looks),
            folder=folder,
            stem=self.source.slug.rpartition("/")[2],
            files=tuple(settings.files or resolved.canvas.files[:1]),
            lang=lang,
            speaker=author.name,
            handle=author.handle,
            avatar=author.avatar,
            words=looks.once(("words", lang), lambda it: layouts.words(it, lang)),
            panorama=self._panorama(settings, arranging, place),
            location=Location(self.source.path, 1),
            beside=tuple(name for name, _ in exporters.beside()),
            caption=caption,
            captioned=captioned,
            counter=settings.counter,
        )

    def _cleaned(self, thread: Thread, place: Location) -> Thread:
        """Return the thread without noise, and tell what that was."""
        found = content.cleaned(thread)
        if found.left_out:
            named = ", ".join(f"`{noise}`" for noise in found.left_out)
            self.problems.append(info("noise-removed", f"left out: {named}", place))
        return found.thread

    def _caption(self, resolved: Resolved) -> tuple[str, Location]:
        """Return what the post says on this target, and where that stands; nothing if not set."""
        said, place = resolved.settings.caption, resolved.settled.document.place
        if not isinstance(said, dict):
            return said or "", place("caption")
        known = self.library.names(canvases.FOLDER, canvases.FILE)
        for name in said:
            if name not in known:
                message, hint = f"no target named `{name}`", choices(name, known)
                raise GeneratorError(error("target-unknown", message, place("caption", name), hint))
        target = resolved.target
        return said.get(target, ""), place("caption", target)

    def _demand_layouts(self, chosen: Mapping[str, str], place: Callable[..., Location]) -> None:
        """Raise unless each key is a shape or a kind of slide, and each value a sound layout."""
        known = ("cover", "post", "outro", *content.shape_names())
        for key, name in chosen.items():
            where = place("layouts", key)
            if key not in known:
                message = f"there is no shape `{key}`"
                raise GeneratorError(error("key-unknown", message, where, choices(key, known)))
            self._demand("layout", name, where)

    @staticmethod
    def _panorama(
        settings: Settings, arranging: Arranging, place: Callable[..., Location]
    ) -> Panorama | None:
        chosen = settings.seamless
        if isinstance(chosen, bool):
            return Panorama() if chosen else None
        picture = arranging.picture(chosen.image, place("seamless", "image"))
        return Panorama(picture, chosen.veil)

    def _faces(self, resolved: Resolved, *, italics: bool) -> tuple[Face, ...]:
        theme = resolved.theme
        key = ("faces", theme.name, *theme.fonts.values(), italics)
        return self.library.once(key, lambda it: themes.faces(it, theme, italics=italics))

    def _author(self, thread: Thread, resolved: Resolved) -> Author:
        """Return who the frame shows: the front matter's author, else the brand."""
        said, place = resolved.settings.author, resolved.settled.document.place
        brand = resolved.brand
        author = Author(said.name, said.handle, said.avatar) if said else thread.author
        shut = not said and "author" in brand.locked
        if not author or shut or not (author.name or author.handle):
            return Author(brand.speaker, brand.handle, brand.avatar)
        if not author.avatar:
            return author
        where = place("author", "avatar")
        base = self._beside(thread, where) if said else Path(thread.folder)
        avatar = self.door.resolve(author.avatar, base, where)
        return Author(author.name, author.handle, str(avatar))

    def _readers(self, thread: Thread) -> Readers:
        icons = self.library.once("outro icons", layouts.outro_icons)

        def picture(src: str, alt: str, where: Location) -> Picture:
            file = self.door.resolve(src, self._beside(thread, where), where)
            return Picture(str(file), alt, location=where)

        def icon(text: str) -> str:
            return _icon(icons, text)

        return Readers(
            content.inline,
            content.blocks,
            picture,
            _post_settings,
            icon,
            content.question,
            lambda blocks, known: content.labelled(blocks, known=known),
            self._demand,
        )

    def _demand(self, what: str, name: str, where: Location) -> None:
        """Raise unless there is a look of that name, and sound if it is a layout."""
        folder, holds = LOOKS[what]
        self.library.demand(folder, name, holds, what, where)
        if what == "layout" and name in self.broken:
            raise GeneratorError(*self.broken[name])

    def _beside(self, thread: Thread, where: Location) -> Path:
        """Return the folder of the file that names a picture: there it is looked for."""
        if where.path == self.source.path:
            return Path(self.source.folder)
        if any(post.location.path == where.path for post in thread.posts):
            return Path(thread.folder)
        if where.path == PROJECT_FILE:
            return self.project.root
        return self.library.folder_of(where.path) or Path(self.source.folder)


def _post_settings(post: Post) -> SlideSettings:
    return validated(SlideSettings, Document(post.settings, post.places, post.location.path))


def _plain(text: str | None) -> str:
    """Return the words of a title without their markup."""
    return "".join(span.plain() for span in content.inline(text or ""))


def _icon(icons: Mapping[str, tuple[str, ...]], text: str) -> str:
    words = text.casefold()
    found = (name for name, stems in icons.items() if any(stem in words for stem in stems))
    return next(found, OTHER_ICON)
