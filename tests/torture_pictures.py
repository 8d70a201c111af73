"""Pictures of every kind that a slide can show, for the slides that a seam must not change."""

from io import BytesIO

from PIL import Image

PATTERN = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 60 60" width="60" height="60"><defs>'
    '<linearGradient id="g" gradientUnits="userSpaceOnUse" x1="0" x2="60">'
    '<stop stop-color="#06f"/><stop offset="1" stop-color="#f06"/></linearGradient></defs>'
    '<style>.r{fill:url(#g)}</style><rect class="r" width="40" height="40" rx="6"/>'
    '<path d="M5 50C20 20 40 80 55 50" fill="none" stroke="#111" stroke-opacity=".5"/>'
    '<text x="4" y="20" font-size="12">ab</text></svg>'
)


def png(alpha: int) -> bytes:
    """Return a picture of colours, opaque with alpha 255."""
    picture = Image.new("RGBA", (24, 18))
    for x in range(24):
        for y in range(18):
            picture.putpixel((x, y), (x * 10, y * 14, 90, alpha if x > 9 else 255))
    stream = BytesIO()
    (picture if alpha < 255 else picture.convert("RGB")).save(stream, "PNG")
    return stream.getvalue()


def jpeg() -> bytes:
    """Return a photograph's worth of a picture."""
    stream = BytesIO()
    Image.open(BytesIO(png(255))).save(stream, "JPEG")
    return stream.getvalue()
