"""A content repo in a folder of its own, built as a user builds it: by the command line."""

import re
import traceback
import zlib
from collections.abc import Iterator
from contextlib import nullcontext
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from pathlib import Path
from unittest.mock import patch

from click.testing import CliRunner
from PIL import Image

from generator.build.inline import Inline
from generator.build.manifest import INDEX
from generator.build.packs import BESIDE
from generator.build.prepare import Prepared, prepare
from generator.build.press import Pressroom
from generator.build.project import open_project, sources
from generator.cli import threadpress
from generator.compose import Composer
from generator.fetch import Door
from generator.fit import Fitter
from generator.library import Library
from generator.model import Carousel, Value
from generator.paginate import Press
from generator.settings.resolve import command_line

HERE = "Words that fill a slide."
SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="400" height="300">'
    '<rect width="400" height="300" fill="#808080"/></svg>'
)
"""A picture that costs nothing."""


@dataclass(frozen=True, slots=True)
class Ended:
    """How a command ended: its exit code, what it said to people, what it wrote to stdout."""

    code: int
    err: str
    out: str

    @property
    def problems(self) -> list[str]:
        """Return the lines that tell a problem, without their message: `a.md:3:8: error[x]`."""
        found = re.findall(r"^(.*?(?:error|warning|info)\[[a-z-]+\])", self.err, re.MULTILINE)
        return [str(line) for line in found]

    def told(self, problem: str) -> str:
        """Return the message and hint of the problem that begins like that; fail without one."""
        lines = self.err.splitlines()
        for place, line in enumerate(lines):
            if line.startswith(f"{problem}: "):
                hints = [
                    text.strip() for text in lines[place + 1 : place + 2] if text.startswith("  ")
                ]
                return "\n".join([line[len(problem) + 2 :], *hints])
        message = f"no `{problem}` in:\n{self.err}"
        raise AssertionError(message)


@dataclass(frozen=True, slots=True)
class Project:
    """A content repo below `root`."""

    root: Path

    def file(self, path: str, content: str | bytes = HERE) -> Path:
        """Write a file and return its path."""
        target = self.root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content.encode() if isinstance(content, str) else content)
        return target

    def thread(self, front: str = "", body: str = HERE, name: str = "talk") -> Path:
        """Write a content file: the lines of its front matter, and its body."""
        return self.file(f"content/{name}.md", f"---\n{front.strip()}\n---\n{body}\n")

    def run(self, *arguments: str) -> Ended:
        """Return how `threadpress ARGUMENTS` ended in this project; a traceback fails the test."""
        return run("--project", str(self.root), *arguments)

    def build(self, *arguments: str) -> Ended:
        """Return how `threadpress build` ended."""
        return self.run("build", *arguments)

    def built(self, *arguments: str) -> Ended:
        """Return how a build ended that must have gone well."""
        ended = self.build(*arguments)
        assert ended.code == 0, ended.err
        return ended

    def prepared(self, name: str = "talk", **settings: Value) -> Prepared:
        """Return a content file's carousels, not yet laid out; settings as on the command line."""
        project = open_project(self.root)
        (source,), problems = sources(project, [self.root / "content" / f"{name}.md"])
        assert not problems
        return prepare(project, source, command_line(tuple(settings.items())))

    def carousel(self, name: str = "talk", **settings: Value) -> Carousel:
        """Return the first carousel of a content file that has no error."""
        prepared = self.prepared(name, **settings)
        assert not prepared.failed, prepared.problems
        return prepared.carousels[0]

    @property
    def output(self) -> list[str]:
        """Return the files below output/ that were asked for, as paths below it."""
        return [path for path in self.everything if not _goes_along(path)]

    @property
    def everything(self) -> list[str]:
        """Return all files below output/, as paths below it: packs, and the page of them all."""
        base = self.root / "output"
        return sorted(
            path.relative_to(base).as_posix() for path in base.rglob("*") if path.is_file()
        )

    def pdf(self, path: str = "talk/linkedin/talk.pdf") -> bytes:
        """Return a PDF below output/."""
        return (self.root / "output" / path).read_bytes()


def _goes_along(path: str) -> bool:
    name = path.rpartition("/")[2]
    return path == INDEX or name in BESIDE or name.endswith(".zip")


def run(*arguments: str) -> Ended:
    """Return how `threadpress ARGUMENTS` ended, run in this process."""
    with (
        patch("generator.cli.build.crew_of", lambda _jobs: nullcontext(Inline())),
        patch("generator.cli.check.crew_of", lambda _jobs: nullcontext(Inline())),
        patch("generator.build.press.room", cache(Pressroom)),
    ):
        ended = CliRunner().invoke(threadpress, list(arguments))
    if ended.exception and not isinstance(ended.exception, SystemExit):
        raise AssertionError("".join(traceback.format_exception(ended.exception)))
    return Ended(ended.exit_code, ended.stderr, ended.stdout)


@cache
def press_of(roots: tuple[tuple[str, str], ...]) -> Press:
    """Return one press for all carousels of a project: fonts and CSS are read once."""
    return Press(Door([(name, Path(path)) for name, path in roots]))


def fitter_of(carousel: Carousel) -> Fitter:
    """Return what fits the slides of a carousel."""
    press = press_of(carousel.roots)
    library = Library(tuple((name, Path(path)) for name, path in carousel.roots))
    return Fitter(Composer(carousel, library, press.door), press)


def png(width: int = 40, height: int = 30) -> bytes:
    """Return a small grey picture."""
    stream = BytesIO()
    Image.new("RGB", (width, height), (128, 128, 128)).save(stream, "PNG")
    return stream.getvalue()


def pages(pdf: bytes) -> list[str]:
    """Return the text of each page of a PDF, in the order in which it is drawn, on one line."""
    from pypdfium2 import PdfDocument  # noqa: PLC0415  as in raster

    with PdfDocument(pdf) as document:
        texts = (page.get_textpage().get_text_range() for page in document)
        return [" ".join(text.split()) for text in texts]


def words(pdf: bytes) -> str:
    """Return the words of a PDF, parted by one space each."""
    return " ".join(pages(pdf))


def sizes(pdf: bytes) -> list[tuple[float, float]]:
    """Return the size of each page of a PDF in points."""
    from pypdfium2 import PdfDocument  # noqa: PLC0415

    with PdfDocument(pdf) as document:
        return [page.get_size() for page in document]


def bookmarks(pdf: bytes) -> list[tuple[int, str]]:
    """Return the page, counted from 0, and title of each bookmark."""
    from pypdfium2 import PdfDocument  # noqa: PLC0415

    with PdfDocument(pdf) as document:
        return [(mark.get_dest().get_index(), mark.get_title()) for mark in document.get_toc()]


def unpacked(pdf: bytes) -> bytes:
    """Return a PDF with what its compressed streams hold, for words that stand in its objects."""
    return pdf + b"\n".join(_streams(pdf))


def _streams(pdf: bytes) -> Iterator[bytes]:
    for found in re.finditer(rb"stream\r?\n(.*?)\r?\nendstream", pdf, re.DOTALL):
        try:
            # what a stream's last byte is may look like the line's end behind it
            yield zlib.decompressobj().decompress(found[1])
        except zlib.error:  # a stream that is not compressed stands in the file as it is
            continue


def alts(pdf: bytes) -> list[str]:
    """Return the alt texts of a PDF's structure, in reading order."""
    found = re.findall(rb"/Alt\s*(<[0-9A-Fa-f\s]*>|\((?:\\.|[^()\\])*\))", unpacked(pdf), re.DOTALL)
    return [_string(text) for text in found]


def _string(raw: bytes) -> str:
    """Return a PDF string object as text (ISO 32000-2, 7.3.4 and 7.9.2.2)."""
    content = (
        bytes.fromhex(raw[1:-1].decode("ascii"))
        if raw.startswith(b"<")
        else re.sub(rb"\\(.)", rb"\1", raw[1:-1])
    )
    if content.startswith(b"\xfe\xff"):
        return content[2:].decode("utf-16-be")
    return content.decode("latin-1")
