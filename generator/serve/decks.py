"""A content file and its carousels as they stand in the preview."""

from dataclasses import dataclass, field
from pathlib import Path

from generator.build.proof import Frame, Negative
from generator.errors import Problem
from generator.model import Carousel

PICTURES = frozenset({".jpg", ".jpeg", ".png", ".webp"})
UNKNOWN_WIDTH = 1080
"""Of pictures whose canvas is not known: their file can't be read just now."""


@dataclass(slots=True)
class Reel:
    """One carousel: `frames` are its slides as they are seen, `made` from the deck's turn.

    `written` is the turn that its files show; `files` are their names below output/, with sizes.
    `proved`: its frames come from a worker, where its pages are warm, and not from its files.
    """

    key: str
    carousel: Carousel | None = None
    frames: tuple[Frame, ...] = ()
    changed: tuple[int, ...] = ()
    made: int = 0
    written: int = 0
    proved: bool = False
    files: dict[str, int] = field(default_factory=dict)

    @property
    def sharp(self) -> bool:
        """Return whether the files show what the frames show."""
        return self.made == self.written

    @property
    def drawable(self) -> list[str]:
        """Return the files that show its slides: one for all of them, or one for each."""
        names = [name for name in self.files if name.rpartition("/")[0] == self.key]
        whole = [name for name in names if name.endswith(".pdf")]
        return whole[:1] or sorted(name for name in names if _numbered(name))

    def negative(self, root: Path, number: int) -> Negative | None:
        """Return the file that a slide (from 1) can be drawn from."""
        names = self.drawable
        if not names or not names[0].endswith(".pdf"):
            names = names[number - 1 : number]
        width = self.carousel.canvas.width if self.carousel else UNKNOWN_WIDTH
        return Negative(self.key, str(root / names[0]), width) if names else None


@dataclass(slots=True)
class Deck:
    """One content file: its reels, what there is to tell of it, how often it was read."""

    slug: str
    path: str
    title: str = ""
    reels: dict[str, Reel] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    state: str = "waiting"
    turn: int = 0


def _numbered(name: str) -> bool:
    path = Path(name)
    return path.suffix in PICTURES and path.stem.isdigit()
