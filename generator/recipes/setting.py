"""What settings make of a thread's posts, its cover and its outro: slides, not yet arranged."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial

from generator.errors import Location, Problem
from generator.library.themes import pattern as chosen_pattern
from generator.library.tokens import PatternTokens
from generator.model import (
    Block,
    Kind,
    Line,
    Pattern,
    Picture,
    Post,
    Question,
    Slide,
    Slots,
    Span,
    Thread,
)
from generator.settings.cascade import locked
from generator.settings.schema import (
    Cover,
    ImageFile,
    Outro,
    OutroLine,
    Settings,
    SlideSettings,
    Typography,
)

Place = Callable[..., Location]
Labelled = tuple[tuple[Span, ...], tuple[Block, ...]]
"""The words of a heading that become a kicker, and the blocks without them."""


@dataclass(frozen=True, slots=True)
class Readers:
    """What arranging borrows: Markdown in settings, pictures by name, comments checked.

    `question` reads blocks as one, `label` takes a heading's label away. `demand` raises unless
    there is a `layout`, `pattern` or `icon` of that name.
    """

    inline: Callable[[str], tuple[Span, ...]]
    blocks: Callable[[str, Location], tuple[Block, ...]]
    picture: Callable[[str, str, Location], Picture]
    post_settings: Callable[[Post], SlideSettings]
    icon: Callable[[str], str]
    question: Callable[[tuple[Block, ...]], Question | None]
    label: Callable[[tuple[Block, ...], bool], Labelled | None]
    demand: Callable[[str, str, Location], None]


SIZES = tuple(Typography.model_fields)
"""The sizes that a slide may set for itself."""


@dataclass(slots=True)
class Setting:
    """Makes single slides; `layouts` are those of a recipe, by kind."""

    thread: Thread
    settings: Settings
    place: Place
    readers: Readers
    locked: tuple[str, ...] = ()
    problems: list[Problem] = field(default_factory=list)
    layouts: Mapping[str, str] = field(default_factory=dict)

    def posts(self, posts: Sequence[Post]) -> Slide:
        """Return one slide of posts, with what their comments set."""
        blocks = tuple(block for post in posts for block in post.blocks)
        notes = tuple(note for post in posts for note in post.notes)
        numbers = tuple(post.number for post in posts)
        slide = Slide("post", posts[0].location, blocks=blocks, posts=numbers, notes=notes)
        for post in posts:
            slide = self.dressed(slide, self.readers.post_settings(post), partial(_within, post))
        return slide

    def dressed(self, slide: Slide, chosen: SlideSettings, place: Place) -> Slide:
        """Return the slide with what was set for it; what is not set stays."""
        settings = self._open(chosen, place)
        return replace(
            slide,
            layout=self._layout(settings.layout, place("layout")) or slide.layout,
            pattern=self._pattern(settings.pattern, place("pattern"))
            or slide.pattern
            or self._pattern(self.settings.pattern, self.place("pattern")),
            align=settings.align or slide.align or self.settings.align or "",
            kicker=self.readers.inline(settings.kicker) if settings.kicker else slide.kicker,
            image=self.picture(settings.image, place("image")) or slide.image,
            options={**slide.options, **settings.options},  # type: ignore[dict-item]  # YAML's values
            sizes={
                **sizes_of(self.settings.typography),
                **slide.sizes,
                **sizes_of(settings.typography),
            },
        )

    def _open(self, chosen: SlideSettings, place: Place) -> SlideSettings:
        """Return the settings of one slide without what the brand locks; that is told."""
        sizes = {role: getattr(chosen.typography, role, None) for role in SIZES}
        tried = [key for key in self.locked if getattr(chosen, key, None) is not None]
        small = [
            role for role, size in sizes.items() if size and f"typography.{role}" in self.locked
        ]
        for keys in (*((key,) for key in tried), *(("typography", role) for role in small)):
            self.problems.append(locked(keys, "the slide", place(*keys)))
        kept = Typography(**{**sizes, **dict.fromkeys(small)}) if small else chosen.typography
        return chosen.model_copy(update={"typography": kept, **dict.fromkeys(tried)})

    def _layout(self, chosen: str | None, where: Location) -> str:
        if chosen:
            self.readers.demand("layout", chosen, where)
        return chosen or ""

    def _pattern(self, chosen: str | PatternTokens | None, where: Location) -> Pattern | None:
        if not chosen:
            return None
        pattern = chosen_pattern(chosen)
        self.readers.demand("pattern", pattern.name, where)
        return pattern

    def picture(self, chosen: str | ImageFile | None, where: Location) -> Picture | None:
        """Return the picture that a setting names, looked for beside the file that names it."""
        if not chosen:
            return None
        image = ImageFile(src=chosen) if isinstance(chosen, str) else chosen
        found = self.readers.picture(image.src, image.alt, where)
        return replace(found, fit=image.fit, focus=image.focus)

    def cover(self) -> list[Slide]:
        """Return the first slide, or nothing where none is wanted."""
        cover = self.settings.cover
        if cover is False:
            return []
        title = self.readers.inline(cover.title) if cover.title else self._title()
        slots = Slots(
            kicker=self.readers.inline(cover.kicker or ""),
            heading=title,
            subtitle=self.readers.inline(cover.subtitle or ""),
            image=self.picture(cover.image, self.place("cover", "image")),
        )
        return [self._ending("cover", slots, cover)]

    def _title(self) -> tuple[Span, ...]:
        if self.settings.title:
            return self.readers.inline(self.settings.title)
        return self.thread.title_spans or (Span("text", self.thread.title),)

    def outro(self) -> list[Slide]:
        """Return the last slide, or nothing where none is wanted."""
        outro = self.settings.outro
        if not outro or not (outro.title or outro.lines or outro.link):
            return []
        lines = tuple(self._line(line, index) for index, line in enumerate(outro.lines))
        slots = Slots(
            heading=self.readers.inline(outro.title or ""),
            lines=lines,
            link=outro.link or "",
            image=self.picture(outro.image, self.place("outro", "image")),
        )
        return [self._ending("outro", slots, outro)]

    def _line(self, line: str | OutroLine, index: int) -> Line:
        text, icon = (line, "") if isinstance(line, str) else (line.text, line.icon)
        if icon:
            self.readers.demand("icon", icon, self.place("outro", "lines", index, "icon"))
        return Line(self.readers.inline(text), icon or self.readers.icon(text))

    def _ending(self, kind: Kind, slots: Slots, chosen: Cover | Outro) -> Slide:
        return Slide(
            kind,
            self.place(kind),
            slots=slots,
            shape=kind,
            layout=self._layout(chosen.layout, self.place(kind, "layout"))
            or self.settings.layouts.get(kind)
            or self.layouts.get(kind, kind),
            pattern=self._pattern(chosen.pattern, self.place(kind, "pattern"))
            or self._pattern(self.settings.pattern, self.place("pattern")),
            align=chosen.align or self.settings.align or "",
            options=chosen.options,  # type: ignore[arg-type]  # YAML's values
            sizes=sizes_of(self.settings.typography),
        )


def _within(post: Post, *keys: str) -> Location:
    """Return where a post's comment sets a key, else where the post begins."""
    found = (post.places.get(keys[:end]) for end in range(len(keys), 0, -1))
    return next(filter(None, found), post.location)


def sizes_of(typography: Typography | None) -> Mapping[str, float]:
    """Return the sizes that are set, by role."""
    chosen = typography or Typography()
    return {role: size for role in SIZES if (size := getattr(chosen, role)) is not None}
