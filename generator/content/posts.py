"""The posts of a body: its sections with content, numbered, with their settings and notes."""

from dataclasses import dataclass, field, replace

from generator.content import _comments, form, tables
from generator.content._blocks import Comment, Section
from generator.errors import GeneratorError, Location, Problem, error, warning
from generator.model import Block, KeyPath, Post, Value

LIMIT_POSTS = 300
PROVENANCE = "id"
FILLS_A_SLIDE = frozenset({"layout", "image"})
"""What a post without content may set to be a slide all the same."""


@dataclass(slots=True)
class _Draft:
    """A section that is becoming a post."""

    section: Section
    settings: dict[str, Value] = field(default_factory=dict)
    places: dict[KeyPath, Location] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)


def posts(
    sections: list[Section], keys: frozenset[str], path: str
) -> tuple[tuple[Post, ...], list[Problem]]:
    """Return the posts and the problems met."""
    maker = _Maker(keys | {PROVENANCE}, path)
    for section in sections:
        maker.take(section)
    maker.check_ids()
    return tuple(maker.posts), maker.problems


@dataclass(slots=True)
class _Maker:
    """Makes posts of sections; notes of a section without content go to the post before it."""

    keys: frozenset[str]
    path: str
    posts: list[Post] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    waiting: list[str] = field(default_factory=list)

    def take(self, section: Section) -> None:
        """Make a post of a section, unless there is nothing in it to show."""
        draft = _Draft(section)
        for comment in section.comments:
            try:
                self._comment(comment, draft)
            except GeneratorError as fault:
                self.problems += fault.problems
        if not section.blocks and not FILLS_A_SLIDE & draft.settings.keys():
            self._nothing(draft)
            return
        if len(self.posts) == LIMIT_POSTS:
            message = f"this is post {LIMIT_POSTS + 1}; a file holds {LIMIT_POSTS} at most"
            raise GeneratorError(error("posts-too-many", message, self._at(section)))
        self.posts.append(self._post(draft))

    def check_ids(self) -> None:
        """Find ids that two posts bear."""
        first: dict[str, Post] = {}
        for post in self.posts:
            other = first.setdefault(post.id, post) if post.id else post
            if other is not post:
                message = f"the id `{post.id}` is that of post {other.number} too"
                place = post.places.get((PROVENANCE,), post.location)
                hint = f"line {other.location.line} has it already; an id names one post"
                self.problems.append(error("id-duplicate", message, place, hint))

    def _post(self, draft: _Draft) -> Post:
        blocks: tuple[Block, ...] = tuple(draft.section.blocks)
        name = draft.settings.pop(PROVENANCE, None)
        notes, self.waiting = [*self.waiting, *draft.notes], []
        self._warn_of_pictures(blocks)
        layout = str(draft.settings.get("layout"))
        self.problems += tables.problems(blocks, self.path, layout)
        return Post(
            number=len(self.posts) + 1,
            blocks=blocks,
            location=self._at(draft.section),
            id="" if name is None else str(name),
            shape=form.shape_of(blocks),
            settings=draft.settings,
            places=draft.places,
            notes=tuple(notes),
        )

    def _nothing(self, draft: _Draft) -> None:
        """Pass over a section that shows nothing; say so if it holds settings."""
        if self.posts:
            last = self.posts[-1]
            self.posts[-1] = replace(last, notes=(*last.notes, *draft.notes))
        else:
            self.waiting += draft.notes
        if draft.settings:
            message = "this post has settings and nothing to show, so it gives no slide"
            hint = "write its text, or set `layout` or `image`"
            self.problems.append(warning("post-empty", message, self._at(draft.section), hint))

    def _comment(self, comment: Comment, draft: _Draft) -> None:
        """Take a comment as settings or as a note."""
        found = None
        if comment.opening or "\n" not in comment.text:
            found = _comments.settings(comment, self.keys, self.path)
        if not found:
            if comment.text.strip():
                draft.notes.append(comment.text.strip())
            return
        if not comment.opening:
            draft.notes.append(comment.text.strip())
            message = "these settings stand in the middle of a post, where they are only a note"
            place = Location(self.path, comment.line, comment.column)
            hint = "move them to the beginning of the post"
            self.problems.append(warning("settings-misplaced", message, place, hint))
            return
        for key in found.values:
            if key in draft.settings:
                message = f"`{key}` was set in the comment above already"
                place = found.place(key)
                self.problems.append(error("key-duplicate", message, place, "keep one of the two"))
        draft.settings.update(found.values)
        draft.places.update(found.places)

    def _warn_of_pictures(self, blocks: tuple[Block, ...]) -> None:
        """Warn of each picture that nobody who cannot see it is told of."""
        for block in (inner for outer in blocks for inner in outer.walk()):
            for span in block.spans:
                if span.kind == "image" and not span.text:
                    message = f"the picture `{span.target}` has no description"
                    place = Location(self.path, block.line)
                    hint = f"say what is to be seen: `![…]({span.target})`"
                    self.problems.append(warning("alt-missing", message, place, hint))

    def _at(self, section: Section) -> Location:
        return Location(self.path, section.line, 1)
