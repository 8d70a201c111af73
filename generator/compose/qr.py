"""A link as a QR code: SVG, by segno."""

from io import BytesIO


def qr_code(link: str, dark: str, light: str) -> bytes:
    """Return the QR code of `link` as SVG in two colours, with the border that readers need."""
    import segno  # noqa: PLC0415  it brings a network's modules along: 60 of them

    stream = BytesIO()
    segno.make_qr(link, error="m").save(
        stream, kind="svg", dark=dark, light=light, border=2, scale=8, xmldecl=False, svgns=True
    )
    return stream.getvalue()
