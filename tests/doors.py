"""A project for the tests of the door: a picture in it, a secret beside it."""

from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from generator.errors import GeneratorError, Location

PLACE = Location("content/launch.md", 4, 9)
SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" {}>{}</svg>'
)
SECRET = "the one word that nobody may read"  # noqa: S105  (a secret for the door, not a password)


def png(width: int = 4, height: int = 3) -> bytes:
    """Return a small picture."""
    stream = BytesIO()
    Image.new("RGB", (width, height), (200, 30, 40)).save(stream, "PNG")
    return stream.getvalue()


def made(around: Path) -> Path:
    """Return a project in the folder `around`, with a secret beside it."""
    folder = around / "project"
    (folder / "content").mkdir(parents=True)
    (folder / "shared").mkdir()
    (folder / "content" / "pic.png").write_bytes(png())
    (folder / "shared" / "curve.png").write_bytes(png(9, 9))
    (around / "secret.png").write_bytes(png() + SECRET.encode())
    return folder


def code(trouble: pytest.ExceptionInfo[GeneratorError]) -> str:
    """Return the code of the only problem raised."""
    (problem,) = trouble.value.problems
    return problem.code
