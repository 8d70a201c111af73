"""Pictures as slides need them: turned upright, no larger than the canvas can show."""

from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path

from generator.fetch import Door, check_picture
from generator.model import Picture

QUALITY = 92
"""JPEG quality of a picture that had to be encoded anew: no loss that shows at 1080 px."""
ORIENTATION = 0x0112
"""The EXIF tag that says how a photo is to be turned (Exif 2.32, 4.6.5)."""


@dataclass(slots=True)
class Darkroom:
    """Prepares pictures once for a carousel; `longest` is the most pixels a side is shown at."""

    door: Door
    longest: int
    urls: dict[str, str] = field(default_factory=dict)

    def url(self, picture: Picture) -> str:
        """Return the virtual URL of a picture, ready to be placed."""
        if picture.file not in self.urls:
            self.urls[picture.file] = self._develop(picture)
        return self.urls[picture.file]

    def _develop(self, picture: Picture) -> str:
        content = self.door.read_file(Path(picture.file), location=picture.location)
        check_picture(content, Path(picture.file), picture.location)
        suffix = Path(picture.file).suffix.lower()
        made = None if suffix == ".svg" else _upright(content, self.longest)
        # named by its content: a picture that changes is another one to every cache
        return self.door.keep(*(made or (content, suffix)))


def _upright(content: bytes, longest: int) -> tuple[bytes, str] | None:
    """Return a picture turned and scaled, and its suffix; None where it is right as it is."""
    from PIL import Image, ImageOps  # noqa: PLC0415  15 ms, only with pictures

    with Image.open(BytesIO(content)) as image:
        turned = image.getexif().get(ORIENTATION, 1) != 1
        plain = image.mode in ("RGB", "L") and image.format in ("JPEG", "PNG")
        if plain and not turned and max(image.size) <= longest:
            return None
        upright = ImageOps.exif_transpose(image)
        upright.thumbnail((longest, longest), Image.Resampling.LANCZOS)
        return _encoded(upright, lossless=image.format in ("PNG", "GIF"))


def _encoded(image: "Image.Image", *, lossless: bool) -> tuple[bytes, str]:  # type: ignore[name-defined]  # noqa: F821
    clear = image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info
    stream = BytesIO()
    if clear or lossless:
        image.convert("RGBA" if clear else "RGB").save(stream, "PNG", compress_level=6)
        return stream.getvalue(), ".png"
    image.convert("RGB").save(stream, "JPEG", quality=QUALITY, subsampling=0)
    return stream.getvalue(), ".jpg"
