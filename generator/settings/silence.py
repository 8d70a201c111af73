"""Problems that somebody decided to live with: `silence: {contrast-low: "the brand's own colour"}`.

They stay known and are counted, so that a decision can be looked at again.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from generator.errors import Location, Problem, Severity, info, warning
from generator.model import Document
from generator.settings import codes

KEY = "silence"


@dataclass(frozen=True, slots=True)
class Silence:
    """A code of which nothing is to be told, and why. `own`: the content file says so itself."""

    code: str
    reason: str
    place: Location
    own: bool = True


def read(front: Document, project: Document) -> tuple[tuple[Silence, ...], tuple[Problem, ...]]:
    """Return what a content file and its project silence, and what is wrong with how they say it.

    A silence without a reason, or of a code that there is not, is none.
    """
    found: dict[str, Silence] = {}
    problems: list[Problem] = []
    for document, own in ((project, False), (front, True)):
        said = document.values.get(KEY)
        for code, reason in said.items() if isinstance(said, dict) else ():
            place = document.place(KEY, code)
            known = codes.every()
            if known and code not in known:
                message = f"`{code}` is silenced, and there is no such code"
                problems.append(warning("silence-unknown", message, place, codes.near(code)))
            elif not isinstance(reason, str) or not reason.strip():
                message = f"`{code}` is silenced without a reason, so it is told"
                hint = f'say why: silence: {{{code}: "…"}}'
                problems.append(warning("silence-unreasoned", message, place, hint))
            else:
                found[code] = Silence(code, reason.strip(), place, own)
    return tuple(found.values()), tuple(problems)


def applied(
    problems: Iterable[Problem], silences: Iterable[Silence], *, all_told: bool
) -> list[Problem]:
    """Return the problems, those that are silenced with the reason.

    Errors stay errors: without them nothing is built. If `all_told`, a content file's own silence
    of what is not told is told.
    """
    reasons = {one.code: one.reason for one in silences}
    told = list(problems)
    made = [
        replace(one, silenced=reasons.get(one.code, ""))
        if one.severity is not Severity.ERROR
        else one
        for one in told
    ]
    return [*made, *_idle(made, silences)] if all_told else made


def _idle(problems: Iterable[Problem], silences: Iterable[Silence]) -> Iterator[Problem]:
    used = {one.code for one in problems if one.silenced}
    failed = {one.code for one in problems if one.severity is Severity.ERROR}
    for one in silences:
        if one.own and one.code not in used:
            yield unused(one, error=one.code in failed)


def unused(one: Silence, *, error: bool = False) -> Problem:
    """Return what is told of a silence that silences nothing."""
    hint = "an error can't be silenced: mend it" if error else "take it out"
    return info("silence-unused", f"`{one.code}` is silenced, and not told", one.place, hint)
