"""One content file becomes the carousels that it asks for: one for each brand and target."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from generator import content
from generator.build.dress import Wardrobe, slants
from generator.build.project import Project, load
from generator.errors import GeneratorError, Location, Problem
from generator.fetch import Door
from generator.library import Library, layouts, themes
from generator.library.checking import validated
from generator.model import Author, Carousel, Document, Picture, Post, Source, Thread
from generator.recipes import Arranging, Readers
from generator.settings.resolve import Given, Resolved, brand_names, resolve, targets
from generator.settings.schema import SLIDE_KEYS, SlideSettings

OTHER_ICON = "arrow-right"
"""The icon of an outro's line whose words name none."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """The carousels of one content file, and what there is to tell about it."""

    source: Source
    carousels: tuple[Carousel, ...]
    problems: tuple[Problem, ...]
    draft: bool = False


def prepare(project: Project, source: Source, command: Document) -> Prepared:
    """Return what is to be built of a content file; errors in it are among the problems."""
    try:
        return _Preparing(project, source, Given(project.given, source.front, command)).done()
    except GeneratorError as wrong:
        return Prepared(source, (), wrong.problems)


@dataclass(slots=True)
class _Preparing:
    """Makes the carousels of one content file."""

    project: Project
    source: Source
    given: Given
    library: Library = field(init=False)
    door: Door = field(init=False)
    problems: list[Problem] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.library, self.door = self.project.library(), self.project.door()

    def done(self) -> Prepared:
        thread = self._thread()
        self.problems += thread.problems
        brands = brand_names(self.library, self.given)
        made: list[Carousel] = []
        draft = False
        for brand in brands:
            for target in targets(self.library, self.given):
                resolved = resolve(self.library, self.given, target, brand)
                made.append(self._carousel(thread, resolved, several=len(brands) > 1))
                draft = resolved.settings.draft
        return Prepared(self.source, tuple(made), tuple(dict.fromkeys(self.problems)), draft)

    def _thread(self) -> Thread:
        named = self.source.front.values.get("thread")
        if not named:
            return content.read(self.source, SLIDE_KEYS)
        place = self.source.front.place("thread")
        other = self.door.resolve(str(named), Path(self.source.folder), place, "thread")
        return content.reused(
            self.source, load(self.project, self.door, other, "other"), SLIDE_KEYS
        )

    def _carousel(self, thread: Thread, resolved: Resolved, *, several: bool) -> Carousel:
        settings, brand, place = resolved.settings, resolved.brand, resolved.settled.document.place
        arranging = Arranging(thread, settings, place, self._readers())
        recipe = layouts.recipe(self.library, settings.recipe, place("recipe"))
        wardrobe = Wardrobe(layouts.every(self.library), thread, self.door)
        slides = tuple(wardrobe.dressed(slide) for slide in arranging.slides(recipe))
        self.problems += [*resolved.problems, *arranging.problems]
        author = self._author(thread, resolved)
        lang = settings.lang or thread.lang or "en"
        return Carousel(
            title=settings.title or thread.title,
            slides=slides,
            theme=resolved.theme,
            brand=brand,
            canvas=resolved.canvas,
            layouts={slide.layout: wardrobe.layouts[slide.layout] for slide in slides},
            faces=themes.faces(self.library, resolved.theme, italics=any(map(slants, slides))),
            roots=tuple((name, str(path)) for name, path in self.project.looks),
            folder=self._folder(resolved, several=several),
            stem=self.source.slug.rpartition("/")[2],
            files=tuple(settings.files or resolved.canvas.files[:1]),
            lang=lang,
            speaker=author.name,
            handle=author.handle,
            avatar=author.avatar,
            words=layouts.words(self.library, lang),
            location=Location(self.source.path, 1),
        )

    def _folder(self, resolved: Resolved, *, several: bool) -> str:
        brand = resolved.brand
        middle = [brand.name, brand.profile] if several else []
        return "/".join(part for part in (self.source.slug, *middle, resolved.target) if part)

    def _author(self, thread: Thread, resolved: Resolved) -> Author:
        """Return who the frame shows: the front matter's author, else the brand."""
        said, place = resolved.settings.author, resolved.settled.document.place
        author = Author(said.name, said.handle, said.avatar) if said else thread.author
        if not author or not (author.name or author.handle):
            brand = resolved.brand
            return Author(brand.speaker, brand.handle, brand.avatar)
        if not author.avatar:
            return author
        base = Path(self.source.folder if said else thread.folder)
        avatar = self.door.resolve(author.avatar, base, place("author", "avatar"))
        return Author(author.name, author.handle, str(avatar))

    def _readers(self) -> Readers:
        icons = layouts.outro_icons(self.library)
        base = Path(self.source.folder)

        def picture(src: str, alt: str, where: Location) -> Picture:
            return Picture(str(self.door.resolve(src, base, where)), alt, location=where)

        def icon(text: str) -> str:
            return _icon(icons, text)

        return Readers(content.inline, content.blocks, picture, _post_settings, icon)


def _post_settings(post: Post) -> SlideSettings:
    return validated(SlideSettings, Document(post.settings, post.places, post.location.path))


def _icon(icons: Mapping[str, tuple[str, ...]], text: str) -> str:
    words = text.casefold()
    found = (name for name, stems in icons.items() if any(stem in words for stem in stems))
    return next(found, OTHER_ICON)
