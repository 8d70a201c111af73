"""How the gallery is shown: contact sheets as PNG, and one HTML page that needs nothing else."""

from base64 import b64encode
from collections.abc import Iterator, Sequence
from io import BytesIO
from itertools import groupby
from typing import TYPE_CHECKING

from generator.compose import templates
from generator.library import BUILT_IN, Library, builtin_root

if TYPE_CHECKING:
    from PIL.Image import Image

    from generator.build.gallery import Shown

TEMPLATE = "layouts/_gallery/page.html.jinja"
ACROSS, GAP = 6, 12
"""Pictures beside one another on a sheet, and pixels between them."""
GROUND = (128, 128, 128)
"""Grey lets dark and light pages stand out alike."""


def page(shown: "Sequence[Shown]", title: str) -> bytes:
    """Return the gallery as one HTML page with all pictures in it."""
    library = Library(((BUILT_IN, builtin_root()),))
    walls = {
        wall: [
            {
                "theme": one.shot.theme,
                "label": one.shot.label,
                "pictures": [b64encode(picture).decode() for picture in one.pictures],
            }
            for one in hung
        ]
        for wall, hung in groupby(shown, lambda one: one.shot.wall)
    }
    room = templates.environment(library, ())
    source = library.text(TEMPLATE)
    names = sorted({one.shot.theme for one in shown})
    known = {"title": title, "walls": walls, "themes": names}
    return templates.render_text(room, source, TEMPLATE, known).encode()


def sheets(shown: "Sequence[Shown]") -> Iterator[tuple[str, bytes]]:
    """Yield a contact sheet for each theme of each wall: its name, and a PNG."""
    for (wall, theme), hung in groupby(shown, lambda one: (one.shot.wall, one.shot.theme)):
        pictures = [picture for one in hung for picture in one.pictures]
        yield f"{wall}-{theme.replace('/', '-')}", _sheet(pictures)


def _sheet(pictures: Sequence[bytes]) -> bytes:
    from PIL import Image  # noqa: PLC0415  only where pictures are pasted

    drawn = [Image.open(BytesIO(picture)) for picture in pictures]
    rows = [drawn[start : start + ACROSS] for start in range(0, len(drawn), ACROSS)]
    heights = [max(one.height for one in row) for row in rows]
    width = max(sum(one.width + GAP for one in row) for row in rows) + GAP
    sheet = Image.new("RGB", (width, sum(heights) + GAP * (len(rows) + 1)), GROUND)
    top = GAP
    for row, height in zip(rows, heights, strict=True):
        _pasted(sheet, row, top)
        top += height + GAP
    stream = BytesIO()
    sheet.save(stream, "PNG")
    return stream.getvalue()


def _pasted(sheet: "Image", row: "Sequence[Image]", top: int) -> None:
    left = GAP
    for one in row:
        sheet.paste(one, (left, top))
        left += one.width + GAP
