"""A line of text is measured once: Pango is not asked again for the same words in the same style.

Tables and grids measure their content several times, fitting lays a slide out again, and the frame
says the same on every slide. WeasyPrint's own line layouts hold no Pango objects after measuring:
they are made anew when a page is painted. So a copy of the first one does for all.
"""

from collections.abc import Callable
from operator import itemgetter
from typing import Any

from generator.paginate.seams import Seam, _memory

MOST = 4000
"""Lines that are remembered before all are forgotten: about 4 MB, some twenty decks."""
VOICE = itemgetter(
    "direction",
    "font_family",
    "font_feature_settings",
    "font_kerning",
    "font_language_override",
    "font_size",
    "font_stretch",
    "font_style",
    "font_variant_alternates",
    "font_variant_caps",
    "font_variant_east_asian",
    "font_variant_ligatures",
    "font_variant_numeric",
    "font_variant_position",
    "font_variation_settings",
    "font_weight",
    "hyphenate_character",
    "hyphenate_limit_chars",
    "hyphenate_limit_zone",
    "hyphens",
    "lang",
    "letter_spacing",
    "overflow_wrap",
    "tab_size",
    "text_decoration_line",
    "white_space",
    "word_break",
    "word_spacing",
)
"""All properties that `weasyprint.text.line_break` and `get_font_description` read."""


def _after() -> None:
    from weasyprint.layout import inline, preferred  # noqa: PLC0415  after it was imported
    from weasyprint.text import line_break  # noqa: PLC0415

    _memory.forget_with_fonts()
    ours = remembering(line_break.split_first_line)
    for module in (line_break, inline, preferred):
        module.split_first_line = ours


def remembering(stock: Callable[..., Any]) -> Callable[..., Any]:
    """Return a way to split off a text's first line that does it once for each text and style."""

    def split(  # noqa: PLR0913, PLR0917  WeasyPrint's parameters
        text: str,
        style: Any,  # noqa: ANN401  WeasyPrint is untyped
        context: Any,  # noqa: ANN401
        max_width: float | None,
        justification_spacing: float,
        is_line_start: bool = True,  # noqa: FBT001, FBT002
        minimum: bool = False,  # noqa: FBT001, FBT002
    ) -> Any:  # noqa: ANN401
        lines = _memory.beside(style.font_config, "lines", dict)
        key = text, max_width, justification_spacing, is_line_start, minimum, VOICE(style)
        try:
            known = lines.get(key)
        except TypeError:  # several text decorations are a set
            return stock(*key[:1], style, context, *key[1:5])
        if known is None:
            if len(lines) >= MOST:
                lines.clear()
            known = lines[key] = stock(text, style, context, *key[1:5])
        return (_copied(known[0]), *known[1:])

    return split


def _copied(layout: Any) -> Any:  # noqa: ANN401
    """Return a layout of its own: painting writes into it."""
    made = object.__new__(type(layout))
    vars(made).update(vars(layout))
    return made


seam = Seam(version="70.0", after=_after)
