"""Golden pictures, a plugin of pytest: `same_picture(image, "name")` compares with golden/name.png.

A golden picture is 270 px wide, with a palette, at most 20 KiB. `--update-golden` writes it anew.
What differs is shown side by side in `.golden-report/index.html`.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from html import escape
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageFilter, ImageStat

from generator import disk

WIDTH = 270
MAX_BYTES = 20 * 1024

# A channel may differ by as much and the pixel still counts as the same: the palette costs that.
TOLERANCE = 24
# Letters that other versions of the text libraries draw a little differently.
MAX_SHARE = 0.005
# A solid block of changed pixels is no edge of a letter: it is a dot or a bar of another colour.
BLOCK = 3
# A tint over a whole page may stay under the tolerance everywhere; the palette costs under 1.
MAX_MEAN = 2.5


@dataclass(frozen=True, slots=True)
class Difference:
    """How far a picture is from its golden one: the share of changed pixels, and where they are."""

    share: float
    mean: float
    solid: bool
    changed: Image.Image

    @property
    def matters(self) -> bool:
        """Return whether somebody has to look."""
        return self.solid or self.share > MAX_SHARE or self.mean > MAX_MEAN

    def __str__(self) -> str:
        """Return the figures in words."""
        block = ", a solid block among them" if self.solid else ""
        return f"{self.share:.2%} of the pixels changed{block}; {self.mean:.1f} on average"


def compared(got: Image.Image, golden: Image.Image) -> Difference:
    """Return the difference of two RGB pictures of one size."""
    channels = ImageChops.difference(got, golden).split()
    most = channels[0]
    for channel in channels[1:]:
        most = ImageChops.lighter(most, channel)
    changed = most.point([255 * (value > TOLERANCE) for value in range(256)])
    share = changed.histogram()[255] / (changed.width * changed.height)
    # The edge of a picture is no edge of a block, so a margin of sameness is put around it.
    framed = Image.new("L", (changed.width + 2, changed.height + 2))
    framed.paste(changed, (1, 1))
    solid = framed.filter(ImageFilter.MinFilter(BLOCK)).getbbox() is not None
    return Difference(share, ImageStat.Stat(most).mean[0], solid, changed)


def small(image: Image.Image) -> Image.Image:
    """Return a picture as it is compared: RGB, at most 270 px wide."""
    image = image.convert("RGB")
    if image.width <= WIDTH:
        return image
    height = round(image.height * WIDTH / image.width)
    return image.resize((WIDTH, height), Image.Resampling.BOX)


def palette_png(image: Image.Image) -> bytes:
    """Return a picture as PNG with a palette, of as many colours as 20 KiB allow.

    A gradient beside an accent may need more colours than a palette has: it keeps them all.
    """
    content = b""
    for colours in (256, 128, 64, 32):
        # k-means: median cut alone forgets the few pixels of an accent
        few = image.quantize(colours, Image.Quantize.MEDIANCUT, kmeans=3, dither=Image.Dither.NONE)
        content = _png(few)
        if len(content) <= MAX_BYTES:
            whole = _png(image) if compared(few.convert("RGB"), image).matters else b""
            return whole if 0 < len(whole) <= MAX_BYTES else content
    return content


def _png(image: Image.Image) -> bytes:
    stream = BytesIO()
    image.save(stream, "PNG", optimize=True)
    return stream.getvalue()


@dataclass(frozen=True, slots=True)
class Gallery:
    """The golden pictures of a folder, and the folder for the report of what differs."""

    golden: Path
    report: Path
    update: bool = False

    def same(self, image: Image.Image, name: str) -> None:
        """Fail unless the picture looks like its golden one; write that one if asked to."""
        __tracebackhide__ = True
        if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name):
            pytest.fail(f"`{name}` is no name for a picture: lower case, digits and hyphens")
        got = small(image)
        if self.update:
            self._renew(got, name)
        golden = self._read(name)
        said = self._objection(got, golden)
        if said is None:
            self._clear(name)
            return
        self._show(name, got, golden, said)
        pytest.fail(
            f"the picture `{name}` {said}.\nLook at {self.report / 'index.html'}; if it is right,"
            f" run this test with --update-golden"
        )

    def _read(self, name: str) -> Image.Image | None:
        path = self.golden / f"{name}.png"
        if not path.is_file():
            return None
        with Image.open(path) as golden:
            return golden.convert("RGB")

    def _renew(self, got: Image.Image, name: str) -> None:
        """Write the golden picture, unless the one that is there still serves."""
        golden = self._read(name)
        if golden and self._objection(got, golden) is None:
            return
        content = palette_png(got)
        if len(content) > MAX_BYTES:
            pytest.fail(f"the picture `{name}` takes {len(content):,} bytes: choose a plainer one")
        disk.write(self.golden / f"{name}.png", content)

    @staticmethod
    def _objection(got: Image.Image, golden: Image.Image | None) -> str | None:
        """Return what is wrong with a picture, as the rest of a sentence."""
        if golden is None:
            return "has no golden one yet"
        if got.size != golden.size:
            return f"is {got.width} x {got.height}, its golden one {golden.width} x {golden.height}"
        difference = compared(got, golden)
        return f"looks different: {difference}" if difference.matters else None

    def _show(self, name: str, got: Image.Image, golden: Image.Image | None, said: str) -> None:
        """Put a picture into the report: as it should be, as it is, and where they differ."""
        shown = {"got": got}
        if golden:
            shown["golden"] = golden
        if golden and golden.size == got.size:
            grey = got.convert("L").convert("RGB").point([value // 3 for value in range(256)] * 3)
            grey.paste("red", mask=compared(got, golden).changed)
            shown["diff"] = grey
        for kind, picture in shown.items():
            stream = BytesIO()
            picture.save(stream, "PNG")
            disk.write(self.report / f"{name}.{kind}.png", stream.getvalue())
        disk.write(self.report / f"{name}.txt", said.encode())
        self._list()

    def _clear(self, name: str) -> None:
        """Take a picture out of the report of an earlier run."""
        if not (self.report / f"{name}.txt").exists():
            return
        for kind in ("got.png", "golden.png", "diff.png", "txt"):
            disk.remove(self.report / f"{name}.{kind}", self.report)
        self._list()

    def _list(self) -> None:
        """Write the report's page from what lies in its folder, so that workers may share it."""
        rows = []
        for text in sorted(self.report.glob("*.txt")):
            kinds = [
                kind
                for kind in ("golden", "got", "diff")
                if (self.report / f"{text.stem}.{kind}.png").exists()
            ]
            pictures = "".join(
                f'<figure><img src="{text.stem}.{kind}.png" alt="{kind}">'
                f"<figcaption>{kind}</figcaption></figure>"
                for kind in kinds
            )
            said = escape(text.read_text(encoding="utf-8"))
            rows.append(f"<section><h2>{text.stem}</h2><p>{said}</p>{pictures}</section>")
        style = (
            "body{font:16px sans-serif;margin:2em}figure{display:inline-block;margin:0 1em 1em 0}"
        )
        page = '<!doctype html><html lang="en"><meta charset="utf-8"><title>Golden pictures</title>'
        disk.write(
            self.report / "index.html",
            f"{page}<style>{style}</style><h1>Pictures that differ</h1>{''.join(rows)}".encode(),
        )


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add `--update-golden`."""
    parser.addoption(
        "--update-golden", action="store_true", help="write the golden pictures that differ anew"
    )


@pytest.fixture
def same_picture(pytestconfig: pytest.Config) -> Callable[[Image.Image, str], None]:
    """Return the function that compares a picture with its golden one."""
    root = pytestconfig.rootpath
    update = bool(pytestconfig.getoption("--update-golden"))
    return Gallery(root / "tests" / "golden", root / ".golden-report", update).same
