"""What several readers tell: what was left out, what looked damaged."""

from collections.abc import Iterable

from generator.errors import Location, Problem, info
from generator.importers._phrases import Reading


def left_out(reading: Reading, name: str) -> tuple[Problem, ...]:
    """Return the note that things were left out that a slide can't show."""
    if not reading.left_out:
        return ()
    said = ", ".join(f"<{each}>" for each in _few(sorted(reading.left_out)))
    return (info("markup-left-out", f"no slide can show these, they were left out: {said}",
                 Location(name)),)  # fmt: skip


def dropped(keys: Iterable[str], name: str, what: str = "front matter") -> tuple[Problem, ...]:
    """Return the note that settings mean nothing here."""
    found = _few(sorted({str(key) for key in keys}))
    if not found:
        return ()
    said = f"the {what} says things that mean nothing here: {', '.join(found)}"
    return (info("settings-left-out", said, Location(name)),)


def _few(names: list[str]) -> list[str]:
    """Return the first names, short ones."""
    shown = [each if len(each) < 30 else f"{each[:28]}…" for each in names[:8]]  # noqa: PLR2004 (letters)
    return [*shown, "…"] if len(names) > len(shown) else shown
