"""A link as a QR code: SVG, by segno."""

from io import BytesIO

import segno


def qr_code(link: str, dark: str, light: str) -> bytes:
    """Return the QR code of `link` as SVG in two colours, with the border that readers need."""
    stream = BytesIO()
    segno.make_qr(link, error="m").save(
        stream, kind="svg", dark=dark, light=light, border=2, scale=8, xmldecl=False, svgns=True
    )
    return stream.getvalue()
