"""Which slides a thread gives, in what order: the recipe's list, or the writer's own `slides`."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial

from generator.errors import GeneratorError, Location, Problem, choices, error, info
from generator.library.themes import PatternTokens
from generator.library.themes import pattern as chosen_pattern
from generator.model import (
    Block,
    Kind,
    Line,
    Pattern,
    Picture,
    Post,
    Recipe,
    Slide,
    Slots,
    Span,
    Thread,
    Value,
)
from generator.settings.cascade import locked
from generator.settings.schema import (
    Cover,
    ImageFile,
    Outro,
    OutroLine,
    Settings,
    SlideEntry,
    SlideSettings,
    Typography,
)

MOST_SLIDES = 300
"""reliability.md's cap, and LinkedIn's limit of pages."""
Place = Callable[..., Location]


@dataclass(frozen=True, slots=True)
class Readers:
    """What arranging borrows: Markdown in settings, pictures by name, comments checked.

    `demand` raises unless there is a `layout`, `pattern` or `icon` of that name.
    """

    inline: Callable[[str], tuple[Span, ...]]
    blocks: Callable[[str, Location], tuple[Block, ...]]
    picture: Callable[[str, str, Location], Picture]
    post_settings: Callable[[Post], SlideSettings]
    icon: Callable[[str], str]
    demand: Callable[[str, str, Location], None]


@dataclass(slots=True)
class Arranging:
    """Makes the slides of a thread, once for a target."""

    thread: Thread
    settings: Settings
    place: Place
    readers: Readers
    locked: tuple[str, ...] = ()
    problems: list[Problem] = field(default_factory=list)

    def slides(self, recipe: Recipe) -> tuple[Slide, ...]:
        """Return the slides, cover and outro among them where the settings want them."""
        entries: Sequence[object] = self.settings.slides or recipe.slides
        own = bool(self.settings.slides)
        made = [
            slide for i, entry in enumerate(entries) for slide in self._entry(entry, i, own=own)
        ]
        if own:
            self._unused(made)
        self._pictures_to_come(made)
        if len(made) > MOST_SLIDES:
            place = self.place()
            raise GeneratorError(
                error("slides-many", f"{len(made)} slides; at most {MOST_SLIDES}", place)
            )
        if not self.thread.posts and all(slide.kind != "post" for slide in made):
            hint = "write a first post below the front matter"
            raise GeneratorError(
                error("content-empty", "there is nothing to show", self.place(), hint)
            )
        return tuple(made)

    def _entry(self, entry: object, index: int, *, own: bool) -> list[Slide]:
        where = self.place("slides", index) if own else self.place()
        if entry == "cover":
            return self._cover()
        if entry == "outro":
            return self._outro()
        if entry == "posts":
            return [self._posts([post]) for post in self.thread.posts]
        if isinstance(entry, SlideEntry):
            return [self._arranged(entry, partial(self.place, "slides", index))]
        return [self._posts([self._post(entry, where)])]

    def _arranged(self, entry: SlideEntry, place: Place) -> Slide:
        where = place()
        said = [name for name in ("post", "posts", "text") if getattr(entry, name) is not None]
        alone = bool(entry.layout or entry.image) and not said
        if not alone and (len(said) != 1 or entry.posts == []):
            hint = "write `cover`, `outro`, a post's number or id, {posts: […]} or {text: …}"
            raise GeneratorError(
                error("slide-entry", "say which post the slide shows", where, hint)
            )
        if entry.text is not None or not said:
            blocks = self.readers.blocks(entry.text or "", where)
            return self._dressed(Slide("post", where, blocks=blocks), entry, place)
        wanted = [entry.post] if entry.post is not None else list(entry.posts or ())
        slide = self._posts([self._post(one, where) for one in wanted])
        return self._dressed(slide, entry, place)

    def _post(self, wanted: object, where: Location) -> Post:
        for post in self.thread.posts:
            if wanted in (post.number, str(post.number), post.id) and wanted != "":
                return post
        known = [str(post.number) for post in self.thread.posts]
        known += [post.id for post in self.thread.posts if post.id]
        hint = choices(str(wanted), ("cover", "outro", "posts", *known))
        raise GeneratorError(error("post-unknown", f"there is no post `{wanted}`", where, hint))

    def _posts(self, posts: Sequence[Post]) -> Slide:
        blocks = tuple(block for post in posts for block in post.blocks)
        notes = tuple(note for post in posts for note in post.notes)
        numbers = tuple(post.number for post in posts)
        slide = Slide("post", posts[0].location, blocks=blocks, posts=numbers, notes=notes)
        for post in posts:
            slide = self._dressed(slide, self.readers.post_settings(post), partial(_within, post))
        return slide

    def _dressed(self, slide: Slide, chosen: SlideSettings, place: Place) -> Slide:
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
            image=self._picture(settings.image, place("image")) or slide.image,
            options={**slide.options, **settings.options},  # type: ignore[dict-item]  # YAML's values
            sizes={
                **_sizes(self.settings.typography),
                **slide.sizes,
                **_sizes(settings.typography),
            },
        )

    def _open(self, chosen: SlideSettings, place: Place) -> SlideSettings:
        """Return the settings of one slide without what the brand locks; that is told."""
        sizes = dict(chosen.typography or ())
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

    def _picture(self, chosen: str | ImageFile | None, where: Location) -> Picture | None:
        if not chosen:
            return None
        image = ImageFile(src=chosen) if isinstance(chosen, str) else chosen
        found = self.readers.picture(image.src, image.alt, where)
        return replace(found, fit=image.fit, focus=image.focus)

    def _cover(self) -> list[Slide]:
        cover = self.settings.cover
        if cover is False:
            return []
        title = self.readers.inline(cover.title) if cover.title else self._title()
        slots = Slots(
            kicker=self.readers.inline(cover.kicker or ""),
            heading=title,
            subtitle=self.readers.inline(cover.subtitle or ""),
            image=self._picture(cover.image, self.place("cover", "image")),
        )
        return [self._ending("cover", slots, cover)]

    def _title(self) -> tuple[Span, ...]:
        if self.settings.title:
            return self.readers.inline(self.settings.title)
        return self.thread.title_spans or (Span("text", self.thread.title),)

    def _outro(self) -> list[Slide]:
        outro = self.settings.outro
        if not outro or not (outro.title or outro.lines or outro.link):
            return []
        lines = tuple(self._line(line, index) for index, line in enumerate(outro.lines))
        slots = Slots(
            heading=self.readers.inline(outro.title or ""),
            lines=lines,
            link=outro.link or "",
            image=self._picture(outro.image, self.place("outro", "image")),
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
            layout=self._layout(chosen.layout, self.place(kind, "layout")) or kind,
            pattern=self._pattern(chosen.pattern, self.place(kind, "pattern"))
            or self._pattern(self.settings.pattern, self.place("pattern")),
            align=chosen.align or self.settings.align or "",
            options=chosen.options,  # type: ignore[arg-type]  # YAML's values
            sizes=_sizes(self.settings.typography),
        )

    def _unused(self, made: Sequence[Slide]) -> None:
        used = {number for slide in made for number in slide.posts}
        for post in self.thread.posts:
            if post.number not in used:
                message = f"`slides` leaves out post {post.number}"
                self.problems.append(info("post-unused", message, post.location))

    def _pictures_to_come(self, made: Sequence[Slide]) -> None:
        there = {number for slide in made if slide.image for number in slide.posts}
        for post in self.thread.posts:
            if post.settings.get("wants") == "picture" and post.number not in there:
                message = f"post {post.number} still wants its picture"
                hint = "add `![what it shows](picture.png)` to the post, then remove `wants`"
                self.problems.append(info("picture-to-come", message, post.location, hint))


def _within(post: Post, *keys: str) -> Location:
    """Return where a post's comment sets a key, else where the post begins."""
    found = (post.places.get(keys[:end]) for end in range(len(keys), 0, -1))
    return next(filter(None, found), post.location)


def _sizes(typography: Typography | None) -> Mapping[str, float]:
    chosen = typography or Typography()
    return {role: size for role, size in dict(chosen).items() if size is not None}


__all__ = ["Arranging", "Readers", "Value"]
