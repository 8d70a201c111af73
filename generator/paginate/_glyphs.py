"""Letters that no font on this machine has: they would be drawn as boxes, and are told instead."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from generator import packages
from generator.errors import Problem, warning
from generator.paginate._measure import texts

COMMON = "\u024f"
"""The last letter of what all fonts that ship have: nothing up to it is looked for."""
GLYPH_MISSING = "glyph-missing"
QUOTED = 12
"""Letters that a problem quotes."""


@dataclass(slots=True)
class Glyphs:
    """What is known of letters: whether some font has them. Each is looked for once."""

    _there: dict[str, bool] = field(default_factory=dict)

    def problems(self, html: str, page_box: Any) -> tuple[Problem, ...]:  # noqa: ANN401  WeasyPrint's boxes are untyped
        """Return what there is to tell of the letters on a laid-out page."""
        doubtful = {letter for letter in set(html) if letter > COMMON}
        if all(self._there.get(letter) for letter in doubtful):
            return ()
        lacking: set[str] = set()
        for box in texts(page_box):
            found = doubtful.intersection(box.text)
            if new := found - self._there.keys():
                unknown = set(_unknown("".join(sorted(new)), box.style))
                self._there |= {letter: letter not in unknown for letter in new}
            lacking |= {letter for letter in found if not self._there[letter]}
        return (_lacking(sorted(lacking)),) if lacking else ()


def _unknown(letters: str, style: Any) -> Iterator[str]:  # noqa: ANN401
    """Yield those letters for which Pango finds no font, the style's own or another."""
    from weasyprint.text.ffi import ffi, pango  # noqa: PLC0415  it is there by now
    from weasyprint.text.line_break import create_layout  # noqa: PLC0415

    layout = create_layout(letters, style, None, None, 0)  # it owns the line
    line, _ = layout.get_first_line()
    run = line.runs[0] if line.runs != ffi.NULL else ffi.NULL
    while run != ffi.NULL:
        glyphs = run.data.glyphs
        for info in glyphs.glyphs[0 : glyphs.num_glyphs]:
            empty = info.glyph == pango.PANGO_GLYPH_EMPTY
            if not empty and info.glyph & pango.PANGO_GLYPH_UNKNOWN_FLAG:
                yield chr(info.glyph - pango.PANGO_GLYPH_UNKNOWN_FLAG)
        run = run.next


def _lacking(letters: list[str]) -> Problem:
    """Return a warning that names letters, their scripts, and the packages with a font for them."""
    scripts = sorted({script for letter in letters if (script := packages.script(letter))})
    shown = " ".join(letters[:QUOTED]) + (" …" if len(letters) > QUOTED else "")
    of = f" ({', '.join(scripts)})" if scripts else ""
    hint = "these signs are in no font: look whether the text is damaged"
    if scripts:
        hint = f"to install one: {packages.line(scripts)}"
    message = f"no font here has {shown}{of}: they are drawn as boxes"
    return warning(GLYPH_MISSING, message, None, hint)
