"""ziamath: formulas where there is no JavaScript engine. Some signs come out badly."""

from dataclasses import dataclass, field
from importlib.metadata import version

SIZE = 1000
"""Units of an em, as MathJax has them."""


@dataclass(slots=True)
class Ziamath:
    """What MathJax is elsewhere."""

    version: str = field(default_factory=lambda: f"ziamath {version('ziamath')}")
    _known: dict[tuple[str, bool], tuple[str, str]] = field(default_factory=dict)

    def svg(self, tex: str, *, display: bool) -> tuple[str, str]:
        """Return a formula as SVG and nothing, or nothing and what is wrong with it."""
        key = tex, display
        if key not in self._known:
            self._known[key] = _set(tex, display=display)
        return self._known[key]


def _set(tex: str, *, display: bool) -> tuple[str, str]:
    from ziamath.zmath import Latex  # noqa: PLC0415

    try:
        svg = str(Latex(tex, size=SIZE, color="currentColor", inline=not display).svg())
    except Exception as trouble:  # noqa: BLE001  it raises whatever its parser met
        return "", str(trouble) or f"it can't be read ({type(trouble).__name__})"
    return svg, ""
