"""Posts that say the same: pasted twice, or an older draft that was left in."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from generator.checks import Check, Written
from generator.errors import Problem, warning

LEAST_LETTERS = 24
"""Letters from which two equal posts are no refrain."""
LEAST_WORDS, ALIKE = 20, 0.85
"""Words from which likeness tells anything, and the share of them that two posts have in common."""


@dataclass(frozen=True, slots=True)
class _Said:
    """What a post says: its words in a row, and which there are."""

    number: int
    text: str
    words: frozenset[str]

    def repeats(self, other: "_Said") -> bool:
        """Return whether two posts say the same, or nearly."""
        if self.text == other.text:
            return True
        several = min(len(self.words), len(other.words)) >= LEAST_WORDS
        return several and len(self.words & other.words) >= ALIKE * len(self.words | other.words)


def read(written: Written) -> Iterator[Problem]:
    """Yield a warning for each post that repeats an earlier one."""
    seen: list[_Said] = []
    for post in written.thread.posts:
        words = re.findall(r"\w+", post.plain().casefold())
        said = _Said(post.number, " ".join(words), frozenset(words))
        twin = next((one for one in seen if said.repeats(one)), None)
        if twin:
            message = f"post {post.number} says the same as post {twin.number}"
            yield warning("post-doubled", message, post.location, "delete one of them")
        elif len(said.text) >= LEAST_LETTERS:
            seen.append(said)


check = Check("post-doubled", read=read)
