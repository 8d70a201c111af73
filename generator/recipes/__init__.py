"""Which slides a thread gives, in what order: the recipe's list, or the writer's own `slides`."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial

from generator.errors import GeneratorError, Location, Problem, choices, error, info
from generator.library.checking import validated
from generator.model import Document, Part, Picture, Post, Recipe, Slide, Thread
from generator.recipes.parting import parted
from generator.recipes.revealing import Quiz
from generator.recipes.setting import Place, Readers, Setting, sizes_of
from generator.settings.schema import ImageFile, Settings, SlideEntry

MOST_SLIDES = 300
"""reliability.md's cap, and LinkedIn's limit of pages."""
NAMES = ("cover", "outro", "posts", "answers")
"""What an entry of `slides` may be besides a post or a part of the recipe."""


@dataclass(slots=True)
class Arranging:
    """Makes the slides of a thread, once for a target."""

    thread: Thread
    settings: Settings
    place: Place
    readers: Readers
    locked: tuple[str, ...] = ()
    problems: list[Problem] = field(default_factory=list)
    setting: Setting = field(init=False)
    recipe: Recipe = field(init=False)
    parts: Mapping[int, Part] = field(init=False)
    named: frozenset[str] = frozenset()
    quiz: Quiz = field(init=False)
    sections: int = 0

    def __post_init__(self) -> None:
        """Share the problems with what makes single slides."""
        given = (self.thread, self.settings, self.place, self.readers, self.locked)
        self.setting = Setting(*given, problems=self.problems)

    def picture(self, chosen: str | ImageFile | None, where: Location) -> Picture | None:
        """Return the picture that a setting names, looked for beside the file that names it."""
        return self.setting.picture(chosen, where)

    def slides(self, recipe: Recipe) -> tuple[Slide, ...]:
        """Return the slides, cover and outro among them where the settings want them."""
        self._begin(recipe)
        entries: Sequence[object] = self.settings.slides or recipe.slides
        own = bool(self.settings.slides)
        self.named = frozenset(entry for entry in entries if isinstance(entry, str))
        made = [
            slide for i, entry in enumerate(entries) for slide in self._entry(entry, i, own=own)
        ]
        if "answers" not in self.named:
            at = len(made) - (
                entries[-1] == "outro" and made[-1:] != [] and made[-1].kind == "outro"
            )
            made[at:at] = self._answers()
        self.problems += [*self.quiz.problems, *self.quiz.hidden()]
        made = [self._counted(slide, made) for slide in made]
        self._unused(made, "`slides`" if own else f"the recipe `{recipe.name}`")
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

    def _begin(self, recipe: Recipe) -> None:
        """Read the recipe: which part each post belongs to, what it wants there to be."""
        layouts = [*recipe.layouts.values(), *(part.layout for part in recipe.parts)]
        for layout in filter(None, layouts):
            self.readers.demand("layout", layout, recipe.location or self.place("recipe"))
        self.recipe, self.setting.layouts = recipe, recipe.layouts
        self.parts = parted(recipe, self.thread.posts, self.readers.question)
        self.quiz = Quiz(self.settings.reveal or recipe.reveal or "each", self.readers.question)

    def _entry(self, entry: object, index: int, *, own: bool) -> list[Slide]:
        where = self.place("slides", index) if own else self.recipe.location or self.place()
        fixed = {"cover": self.setting.cover, "outro": self.setting.outro, "answers": self._answers}
        if isinstance(entry, str) and entry in fixed:
            return fixed[entry]()
        if entry in ("posts", *(part.name for part in self.recipe.parts)):
            return [slide for post in self._meant(str(entry)) for slide in self._alone(post)]
        if isinstance(entry, SlideEntry):
            return self._arranged(entry, partial(self.place, "slides", index))
        if isinstance(entry, dict):
            read = validated(SlideEntry, Document(entry, {(): where}, where.path))
            return self._arranged(read, lambda *_: where)
        return self._alone(self._post(entry, where))

    def _meant(self, entry: str) -> list[Post]:
        """Return the posts of a part; for `posts` those whose part is not named by itself."""
        parts = {post.number: self.parts.get(post.number) for post in self.thread.posts}
        names = {number: part.name if part else "" for number, part in parts.items()}
        if entry == "posts":
            return [post for post in self.thread.posts if names[post.number] not in self.named]
        return [post for post in self.thread.posts if names[post.number] == entry]

    def _alone(self, post: Post) -> list[Slide]:
        """Return the slides of one post, with what its part of the recipe gives them."""
        slide, part = self.setting.posts([post]), self.parts.get(post.number)
        if part:
            slide = self._part(slide, part)
        return self._shown(slide, open_too=bool(part and part.asks))

    def _part(self, slide: Slide, part: Part) -> Slide:
        """Return a slide with what a part gives it; what the writer set stays."""
        label = self.readers.label(slide.blocks, bool(part.heading)) if part.label else None
        if label and not slide.kicker:
            slide = replace(slide, kicker=label[0], blocks=label[1])
        kicker = self.readers.inline(part.kicker) if part.kicker else ()
        asks = part.asks and not slide.layout
        return replace(
            slide,
            layout=slide.layout or ("" if asks else part.layout),
            kicker=slide.kicker or kicker,
            counted=part.counted,
        )

    def _shown(self, slide: Slide, *, open_too: bool = False) -> list[Slide]:
        """Return a slide of a post: as two if it is a quiz's, numbered if it is a section's."""
        made = self.quiz.slides(slide, open_too=open_too)
        if slide.layout == "section" and len(made) == 1 and not slide.counted:
            self.sections += 1
            return [replace(slide, number=self.sections, counted="section")]
        return made

    def _counted(self, slide: Slide, made: Sequence[Slide]) -> Slide:
        """Return a slide that knows of how many it is one: questions, tips, sections."""
        if not slide.counted or slide.numbers:
            return slide
        alike = [one for one in made if one.counted == slide.counted]
        if slide.number:
            return replace(slide, numbers=max(one.number for one in alike))
        at = next(at for at, one in enumerate(alike, start=1) if one is slide)
        return replace(slide, number=at, numbers=len(alike))

    def _answers(self) -> list[Slide]:
        return self.quiz.key(Slide("post", self.place(), sizes=sizes_of(self.settings.typography)))

    def _arranged(self, entry: SlideEntry, place: Place) -> list[Slide]:
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
            slide = Slide("post", where, blocks=blocks)
            return self._shown(self.setting.dressed(slide, entry, place))
        wanted = [entry.post] if entry.post is not None else list(entry.posts or ())
        slide = self.setting.posts([self._post(one, where) for one in wanted])
        return self._shown(self.setting.dressed(slide, entry, place))

    def _post(self, wanted: object, where: Location) -> Post:
        for post in self.thread.posts:
            if wanted in (post.number, str(post.number), post.id) and wanted != "":
                return post
        known = [str(post.number) for post in self.thread.posts]
        known += [post.id for post in self.thread.posts if post.id]
        hint = choices(str(wanted), (*NAMES, *(part.name for part in self.recipe.parts), *known))
        raise GeneratorError(error("post-unknown", f"there is no post `{wanted}`", where, hint))

    def _unused(self, made: Sequence[Slide], what: str) -> None:
        used = {number for slide in made for number in slide.posts}
        for post in self.thread.posts:
            if post.number not in used:
                message = f"{what} leaves out post {post.number}"
                self.problems.append(info("post-unused", message, post.location))

    def _pictures_to_come(self, made: Sequence[Slide]) -> None:
        there = {number for slide in made if slide.image for number in slide.posts}
        for post in self.thread.posts:
            if post.settings.get("wants") == "picture" and post.number not in there:
                message = f"post {post.number} still wants its picture"
                hint = "add `![what it shows](picture.png)` to the post, then remove `wants`"
                self.problems.append(info("picture-to-come", message, post.location, hint))


__all__ = ["Arranging", "Readers"]
