"""Which slides a thread gives, in what order: the recipe's list, or the writer's own `slides`."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from generator.errors import GeneratorError, Location, Problem, choices, error, info
from generator.library.themes import PatternTokens
from generator.library.themes import pattern as chosen_pattern
from generator.model import (
    Block,
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
from generator.settings.schema import (
    Cover,
    ImageFile,
    Outro,
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
    """What arranging borrows: Markdown in settings, pictures by name, comments checked."""

    inline: Callable[[str], tuple[Span, ...]]
    blocks: Callable[[str, Location], tuple[Block, ...]]
    picture: Callable[[str, str, Location], Picture]
    post_settings: Callable[[Post], SlideSettings]
    icon: Callable[[str], str]


@dataclass(slots=True)
class Arranging:
    """Makes the slides of a thread, once for a target."""

    thread: Thread
    settings: Settings
    place: Place
    readers: Readers
    problems: list[Problem] = field(default_factory=list)

    def slides(self, recipe: Recipe) -> tuple[Slide, ...]:
        """Return the slides, cover and outro among them where the settings want them."""
        entries: Sequence[object] = self.settings.slides or recipe.slides
        own = self.settings.slides is not None
        made = [
            slide for i, entry in enumerate(entries) for slide in self._entry(entry, i, own=own)
        ]
        if own:
            self._unused(made)
        self._pictures_to_come()
        if len(made) > MOST_SLIDES:
            place = self.place()
            raise GeneratorError(
                error("slides-many", f"{len(made)} slides; at most {MOST_SLIDES}", place)
            )
        if not made:
            hint = "write a first post below the front matter"
            raise GeneratorError(
                error("content-empty", "there is nothing to show", self.place(), hint)
            )
        return tuple(made)

    def _entry(self, entry: object, index: int, *, own: bool) -> list[Slide]:
        where = self.place("slides", index) if own else self.place()
        if entry == "cover":
            return self._cover(where)
        if entry == "outro":
            return self._outro(where)
        if entry == "posts":
            return [self._posts([post], SlideEntry()) for post in self.thread.posts]
        if isinstance(entry, SlideEntry):
            return [self._arranged(entry, where)]
        return [self._posts([self._post(entry, where)], SlideEntry())]

    def _arranged(self, entry: SlideEntry, where: Location) -> Slide:
        said = [name for name in ("post", "posts", "text") if getattr(entry, name) is not None]
        if len(said) != 1 and not (entry.layout or entry.image):
            hint = "write `cover`, `outro`, a post's number or id, {posts: […]} or {text: …}"
            raise GeneratorError(
                error("slide-entry", "say which post the slide shows", where, hint)
            )
        if entry.text is not None or not said:
            blocks = self.readers.blocks(entry.text or "", where)
            return self._dressed(Slide("post", where, blocks=blocks), entry, where)
        wanted = [entry.post] if entry.post is not None else list(entry.posts or ())
        return self._posts([self._post(one, where) for one in wanted], entry)

    def _post(self, wanted: object, where: Location) -> Post:
        for post in self.thread.posts:
            if wanted in (post.number, str(post.number), post.id) and wanted != "":
                return post
        known = [str(post.number) for post in self.thread.posts]
        known += [post.id for post in self.thread.posts if post.id]
        hint = choices(str(wanted), ("cover", "outro", "posts", *known))
        raise GeneratorError(error("post-unknown", f"there is no post `{wanted}`", where, hint))

    def _posts(self, posts: Sequence[Post], entry: SlideEntry) -> Slide:
        blocks = tuple(block for post in posts for block in post.blocks)
        notes = tuple(note for post in posts for note in post.notes)
        numbers = tuple(post.number for post in posts)
        slide = Slide("post", posts[0].location, blocks=blocks, posts=numbers, notes=notes)
        for post in posts:
            slide = self._dressed(slide, self.readers.post_settings(post), post.location)
        return self._dressed(slide, entry, posts[0].location)

    def _dressed(self, slide: Slide, settings: SlideSettings, where: Location) -> Slide:
        """Return the slide with what was set for it; what is not set stays."""
        return replace(
            slide,
            layout=settings.layout or slide.layout,
            pattern=_pattern(settings.pattern) or slide.pattern or _pattern(self.settings.pattern),
            align=settings.align or slide.align or self.settings.align or "",
            kicker=self.readers.inline(settings.kicker) if settings.kicker else slide.kicker,
            image=self._picture(settings.image, where) or slide.image,
            options={**slide.options, **settings.options},  # type: ignore[dict-item]  # YAML's values
            sizes={
                **_sizes(self.settings.typography),
                **slide.sizes,
                **_sizes(settings.typography),
            },
        )

    def _picture(self, chosen: str | ImageFile | None, where: Location) -> Picture | None:
        if not chosen:
            return None
        image = ImageFile(src=chosen) if isinstance(chosen, str) else chosen
        found = self.readers.picture(image.src, image.alt, where)
        return replace(found, fit=image.fit, focus=image.focus)

    def _cover(self, where: Location) -> list[Slide]:
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
        return [self._ending("cover", slots, cover, where)]

    def _title(self) -> tuple[Span, ...]:
        if self.settings.title:
            return self.readers.inline(self.settings.title)
        return self.thread.title_spans or (Span("text", self.thread.title),)

    def _outro(self, where: Location) -> list[Slide]:
        outro = self.settings.outro
        if not outro or not (outro.title or outro.lines or outro.link):
            return []
        texts = [
            (line, "") if isinstance(line, str) else (line.text, line.icon) for line in outro.lines
        ]
        lines = tuple(
            Line(self.readers.inline(text), icon or self.readers.icon(text)) for text, icon in texts
        )
        slots = Slots(
            heading=self.readers.inline(outro.title or ""),
            lines=lines,
            link=outro.link or "",
            image=self._picture(outro.image, self.place("outro", "image")),
        )
        return [self._ending("outro", slots, outro, where)]

    def _ending(self, kind: str, slots: Slots, chosen: Cover | Outro, where: Location) -> Slide:
        return Slide(
            "cover" if kind == "cover" else "outro",
            where,
            slots=slots,
            shape=kind,
            layout=chosen.layout or kind,
            pattern=_pattern(chosen.pattern) or _pattern(self.settings.pattern),
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

    def _pictures_to_come(self) -> None:
        for post in self.thread.posts:
            if post.settings.get("wants") == "picture" and not post.settings.get("image"):
                message = f"post {post.number} still wants its picture"
                hint = "add `![what it shows](picture.png)` to the post, then remove `wants`"
                self.problems.append(info("picture-to-come", message, post.location, hint))


def _pattern(chosen: str | PatternTokens | None) -> Pattern | None:
    return chosen_pattern(chosen) if chosen else None


def _sizes(typography: Typography | None) -> Mapping[str, float]:
    chosen = typography or Typography()
    return {role: size for role, size in dict(chosen).items() if size is not None}


__all__ = ["Arranging", "Readers", "Value"]
