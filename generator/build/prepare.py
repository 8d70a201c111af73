"""One content file becomes the carousels that it asks for: one for each brand and target."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from generator import content
from generator.build.project import Project, load
from generator.errors import GeneratorError, Location, Problem, choices, error
from generator.fetch import Door
from generator.library import Library, layouts, themes
from generator.library.checking import validated
from generator.library.layouts import for_shape
from generator.model import (
    Block,
    Carousel,
    Document,
    Layout,
    Picture,
    Post,
    Slide,
    Source,
    Span,
    Thread,
)
from generator.recipes import Arranging, Readers
from generator.settings.resolve import Given, Resolved, brand_names, resolve, targets
from generator.settings.schema import SLIDE_KEYS, SlideSettings

OUTRO_ICONS = "layouts/_base/outro-icons.yaml"


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
        return _prepared(project, source, command)
    except GeneratorError as wrong:
        return Prepared(source, (), wrong.problems)


def _prepared(project: Project, source: Source, command: Document) -> Prepared:
    library, door = project.library(), project.fetcher()
    given = Given(project.given, source.front, command)
    thread = _thread(project, door, source)
    carousels: list[Carousel] = []
    problems: list[Problem] = list(thread.problems)
    draft = False
    brands = brand_names(library, given)
    for brand in brands:
        for target in targets(library, given):
            resolved = resolve(library, given, target, brand)
            carousel, told = _carousel(
                project, source, thread, resolved, library, door, len(brands) > 1
            )
            carousels.append(carousel)
            problems += [*resolved.problems, *told]
            draft = resolved.settings.draft
    return Prepared(source, tuple(carousels), tuple(dict.fromkeys(problems)), draft)


def _thread(project: Project, door: Door, source: Source) -> Thread:
    named = source.front.values.get("thread")
    if not named:
        return content.read(source, SLIDE_KEYS)
    place = source.front.place("thread")
    other = door.resolve(str(named), Path(source.folder), place)
    return content.reused(source, load(project, door, other, "other"), SLIDE_KEYS)


def _carousel(
    project: Project,
    source: Source,
    thread: Thread,
    resolved: Resolved,
    library: Library,
    door: Door,
    several_brands: bool,  # noqa: FBT001
) -> tuple[Carousel, tuple[Problem, ...]]:
    settings, brand = resolved.settings, resolved.brand
    place = resolved.settled.document.place
    readers = _readers(thread, source, library, door)
    recipe = layouts.recipe(library, settings.recipe, place("recipe"))
    arranging = Arranging(thread, settings, place, readers, [])
    known = layouts.every(library)
    slides = tuple(_complete(slide, known, thread, door) for slide in arranging.slides(recipe))
    author = thread.author
    author_file = settings.author
    name = (author_file.name if author_file else "") or (author.name if author else "")
    handle = (author_file.handle if author_file else "") or (author.handle if author else "")
    avatar = author_file.avatar if author_file else (author.avatar if author else "")
    own = bool(name or handle)
    picture = (
        str(door.resolve(avatar, Path(thread.folder), place("author", "avatar"))) if avatar else ""
    )
    folders = (
        (source.slug, brand.name, brand.profile, resolved.target)
        if several_brands
        else (source.slug, resolved.target)
    )
    carousel = Carousel(
        title=settings.title or thread.title,
        slides=slides,
        theme=resolved.theme,
        brand=brand,
        canvas=resolved.canvas,
        layouts={slide.layout: known[slide.layout] for slide in slides},
        faces=(*themes.faces(library, resolved.theme), *themes.fallback_faces(library)),
        roots=tuple((root, str(path)) for root, path in project.looks),
        looks=tuple(root for root, _ in project.looks),
        folder="/".join(part for part in folders if part),
        stem=source.slug.rpartition("/")[2],
        files=_files(resolved),
        lang=settings.lang if settings.lang != "en" or not thread.lang else thread.lang,
        speaker=name if own else brand.speaker,
        handle=handle if own else brand.handle,
        avatar=picture or ("" if own else brand.avatar),
        words=layouts.words(library, settings.lang),
        location=Location(source.path, 1),
    )
    return carousel, tuple(arranging.problems)


def _files(resolved: Resolved) -> tuple[str, ...]:
    """Return the exporters to run: what was asked for, else the first that the canvas wants."""
    chosen = resolved.settings.files
    return tuple(chosen) if chosen else resolved.canvas.files[:1]


def _readers(thread: Thread, source: Source, library: Library, door: Door) -> Readers:
    icons = layouts.outro_icons(library)

    def picture(src: str, alt: str, where: Location) -> Picture:
        return Picture(str(door.resolve(src, Path(source.folder), where)), alt, location=where)

    def post_settings(post: Post) -> SlideSettings:
        path = post.location.path
        return validated(SlideSettings, Document(post.settings, post.places, path))

    def icon(text: str) -> str:
        words = text.casefold()
        return next(
            (name for name, stems in icons.items() if any(stem in words for stem in stems)),
            "arrow-right",
        )

    return Readers(content.inline, content.blocks, picture, post_settings, icon)


def _complete(slide: Slide, known: Mapping[str, Layout], thread: Thread, door: Door) -> Slide:
    """Return the slide with its shape, layout, slots and pictures."""
    if slide.layout and slide.layout not in known:
        hint = choices(slide.layout, known)
        message = f"no layout named `{slide.layout}`"
        raise GeneratorError(error("layout-unknown", message, slide.location, hint))
    if slide.kind != "post":
        return slide
    pictures = {span.target: _named(span, slide, thread, door) for span in _images(slide.blocks)}
    main = content.image_of(slide.blocks)
    shape = content.shape_of(slide.blocks)
    image = slide.image or (pictures[main.target] if main and shape.startswith("image") else None)
    if slide.image and not shape.startswith("image"):
        shape = "image-text" if slide.blocks else "image"
    layout = slide.layout or for_shape(known, shape)
    slots = content.slots_of(slide.blocks, shape)
    if main and main.target in pictures and shape.startswith("image"):
        image = slide.image or pictures[main.target]
    return replace(slide, shape=shape, layout=layout, slots=slots, pictures=pictures, image=image)


def _images(blocks: Sequence[Block]) -> Iterator[Span]:
    for block in blocks:
        for inner in block.walk():
            yield from _spans(inner.spans)


def _spans(spans: Sequence[Span]) -> Iterator[Span]:
    for span in spans:
        if span.kind == "image":
            yield span
        yield from _spans(span.spans)


def _named(span: Span, slide: Slide, thread: Thread, door: Door) -> Picture:
    file = door.resolve(span.target, Path(thread.folder), slide.location)
    return Picture(str(file), span.text, location=slide.location)
