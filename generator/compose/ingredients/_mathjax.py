"""MathJax in QuickJS: TeX in, SVG out, in this process, with limits, and without a network."""

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import quickjs

SECONDS = 2
"""CPU time for one formula: each block of a long lesson takes 0.02 s, a screen of nonsense 2."""
MEMORY, STACK = 256 * 1024**2, 4 * 1024**2
"""Bytes: MathJax loaded holds 20 MB; the main thread's own stack is 8 MB on Linux and macOS."""
EM, EX = 16, 8
"""Any text size will do: what comes back is measured in units of a thousandth em."""


@dataclass(slots=True)
class MathJax:
    """The engine of this process; it is started by the first formula: 0.07 s."""

    script: Path
    version: str = field(init=False)
    _context: "quickjs.Context | None" = None
    _known: dict[tuple[str, bool], tuple[str, str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Tell the script by its size and time, as it is read when it is wanted only."""
        found = self.script.stat()
        self.version = f"{found.st_size} {found.st_mtime_ns}"

    def svg(self, tex: str, *, display: bool) -> tuple[str, str]:
        """Return a formula as SVG and nothing, or nothing and what MathJax says is wrong."""
        key = tex, display
        if key not in self._known:
            if len(self._known) >= MOST_KEPT:
                self._known.clear()
            self._known[key] = self._set(tex, display=display)
        return self._known[key]

    def _set(self, tex: str, *, display: bool) -> tuple[str, str]:
        import quickjs  # noqa: PLC0415  only formulas want it

        try:
            context = self._context = self._context or _started(self.script.read_text("utf-8"))
            context.set_time_limit(SECONDS)
            told = json.loads(context.get("formula")(tex, display, EM, EX))
        except (quickjs.JSException, quickjs.StackOverflow) as trouble:
            self._context = None  # what it was doing, it may not have put away
            return "", f"it takes more than {SECONDS} s or too much memory ({_first(trouble)})"
        return told.get("svg", ""), told.get("error", "")


MOST_KEPT = 2000
"""Formulas that a process remembers: some 10 MB."""


def _started(script: str) -> "quickjs.Context":
    import quickjs  # noqa: PLC0415

    context = quickjs.Context()
    context.set_memory_limit(MEMORY)
    context.set_max_stack_size(STACK)
    context.eval(script)
    return context


def _first(trouble: Exception) -> str:
    return str(trouble).partition("\n")[0]
