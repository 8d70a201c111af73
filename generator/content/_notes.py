"""The footnotes of a body: kept until it is known which sections use them."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from generator.content import footnotes
from generator.errors import Location, Problem, warning
from generator.model import Block


@dataclass(slots=True)
class Notes:
    """Footnotes by label, each with the number of the section that it was written in."""

    path: str
    kept: dict[str, list[tuple[int, Block]]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def keep(self, note: Block, section: int) -> None:
        """Keep a footnote; of two with one label the first is used."""
        label = note.info
        if label in self.kept:
            message = f"the footnote `{label}` stands here a second time"
            place = Location(self.path, note.line)
            self.problems.append(warning("footnote-duplicate", message, place, "rename one"))
        self.kept.setdefault(label, []).append((section, note))

    def place(self, sections: Sequence[list[Block]]) -> None:
        """Give each section the footnotes that it uses; others stay where they were written."""
        known = {label: notes[0][1] for label, notes in self.kept.items()}
        called: set[str] = set()
        for blocks in sections:
            signs = footnotes.reached(blocks, known)
            called |= signs.keys()
            used = (footnotes.numbered(known[label], sign) for label, sign in signs.items())
            blocks.extend(footnotes.together(sorted(used, key=lambda note: int(note.text))))
        for label, notes in self.kept.items():
            for section, note in notes[int(label in called) :]:
                sections[section].extend(footnotes.together([note]))
            if label not in called:
                self._warn(notes[0][1])

    def _warn(self, note: Block) -> None:
        message = f"nothing refers to the footnote `{note.info}`"
        hint = f"write `[^{note.info}]` behind the words that it explains"
        place = Location(self.path, note.line)
        self.problems.append(warning("footnote-unused", message, place, hint))
