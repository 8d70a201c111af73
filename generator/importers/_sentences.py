"""Where a sentence begins in a text without line breaks: after a stop, or with a certain word."""

import re
from collections.abc import Sequence

_STOP = re.compile(r"[.!?…][\"\u201d\u2019)\]]*\s+(?=[^\s])")
_ABBREVIATION = re.compile(
    r"(?:\b(?:e\.g|i\.e|etc|vs|approx|cf|ca|Dr|Mr|Mrs|Ms|Prof|St|No|Fig|Vol|al|Inc|Ltd)|\b[A-Z])\.$"
)
OPENERS = frozenset(
    """
    A After All Also An And Another As At Because Before Both But By Check Do Does Don't Each Every
    Find First Follow For From Here Here's How However I If In Instead It It's Just Let Let's Like
    Meanwhile Most Next No Not Now On Once One Only Or Otherwise Our Remember Repeat Save See Share
    She He So Some Still Such That That's The Their Then There There's These They Think This Those
    Thus To Today Try Until Use Want We What When Where Which While Who Why With Without Yet You
    Your
    """.split()  # noqa: SIM905 (a list of 90 literals reads worse)
)
"""English words that open sentences. Only one that a small letter follows counts: `The Idea` is a
title, `The idea` is not."""


def boundaries(text: str) -> list[int]:
    """Return where the second and each later sentence begins, by the stop before it."""
    return [
        found.end()
        for found in _STOP.finditer(text)
        if not text[found.end()].islower() and not _ABBREVIATION.search(text[: found.start() + 1])
    ]


def until_opener(text: str) -> tuple[str, str]:
    """Return the words before the first one that opens a sentence, and the rest."""
    for start in _openers(text):
        return text[:start].strip(), text[start:]
    return text, ""


def introduction(entry: str, others: Sequence[str]) -> tuple[str, str]:
    """Return an item and what introduces the next list: `Done. Also:` -> `Done.`, `Also:`."""
    ends = boundaries(entry)
    if ends:
        return entry[: ends[-1]].strip(), entry[ends[-1] :]
    starts = _openers(entry)
    if starts and _alike(entry[: starts[-1]], others):
        return entry[: starts[-1]].strip(), entry[starts[-1] :]
    return entry, ""


def tail(entry: str, others: Sequence[str]) -> tuple[str, str]:
    """Return the last item of a list and the text that goes on after the list.

    Items that end with a stop tell how many sentences an item has. Items without one end where a
    word opens a sentence, else at the first stop.
    """
    ends = boundaries(entry)
    if others and all(_stopped(other) for other in others):
        count = max(len(boundaries(other)) + 1 for other in others)
        cut = ends[count - 1] if len(ends) >= count else None
    else:
        starts = _openers(entry)
        fit = [start for start in starts if _alike(entry[:start], others)]
        cut = next(iter(fit or ends), None)
    return (entry, "") if cut is None else (entry[:cut].strip(), entry[cut:])


def _openers(text: str) -> list[int]:
    """Return where a word opens a sentence although no stop stands before it."""
    return [
        found.start()
        for found in re.finditer(r"(?<=\S\s)([^\W\d_][\w'\u2019]*)(?=\s+[a-z])", text)
        if found[0].replace("\u2019", "'") in OPENERS
    ]


def _alike(head: str, others: Sequence[str]) -> bool:
    """Say whether an item cut here is about as long as the others, which have no stop either."""
    if not others:
        return True
    counts = [len(other.split()) for other in others]
    return min(counts) / 2 <= len(head.split()) <= max(counts) * 2


def _stopped(text: str) -> bool:
    """Say whether an item ends as a sentence does."""
    return text.rstrip('"\u201d\u2019)] ')[-1:] in {".", "!", "?", "…"}
