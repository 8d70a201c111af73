"""The seams that start the engine sooner: the same engine, and the same pages."""

import json
import os
import re
import subprocess
import sys
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from fontTools.fontBuilder import FontBuilder  # type: ignore[import-untyped]
from fontTools.pens.ttGlyphPen import TTGlyphPen  # type: ignore[import-untyped]
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

from generator.paginate.seams import _pango, start_pango
from tests import declaring, torture

ROOT = Path(__file__).parents[1]
INTER = ROOT / "themes" / "_fonts" / "inter" / "400.ttf"
SEAMS = ("start_late", "start_pango")
FIRST = "from generator.paginate._engine import start; start(); import json, sys\n"
LOADED = "print(json.dumps(sorted(sys.modules)))"
FUNCTION = re.compile(r"\b(\w+) \((?!\*)")
TAG = re.compile(r"\b(struct|enum) _?")


def child(code: str, *, stock: bool = False, seams: str = "") -> list[Any]:
    """Return the JSON lines that Python code prints in a process of its own."""
    told = {
        "SOURCE_DATE_EPOCH": torture.EPOCH,
        "THREADPRESS_STOCK": "1" if stock else "",
        "PYTHONPATH": str(ROOT),
    }
    ended = subprocess.run(
        [sys.executable, "-W", "error", "-c", seams + FIRST + code],
        env=os.environ | told,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 0, ended.stderr
    return [json.loads(line) for line in ended.stdout.splitlines()]


def only(*names: str) -> str:
    """Return code that leaves only these seams."""
    return f"from tests import torture; torture._only({names})\n"


@cache
def source() -> str:
    """Return the text of WeasyPrint's declarations."""
    file = start_pango.declarations()
    assert file is not None
    return file.read_text("utf-8")


def test_the_declarations_are_what_cffi_makes_of_the_installed_ones() -> None:
    assert declaring.module() == declaring.MODULE.read_text("utf-8"), (
        "WeasyPrint moved: look at its text/ffi.py, then `python -m tests.declaring`"
    )


def test_declared_types_and_constants_are_those_that_cffi_reads() -> None:
    import _cffi_backend  # type: ignore[import-untyped]  # noqa: PLC0415  cffi's own, seldom named

    stock = declaring.stock(source())
    ours = _cffi_backend.FFI("ours", **_pango.DECLARED)
    compared = 0

    assert ours.list_types() == stock.list_types()
    for name in stock.list_types()[0]:
        known, made = stock.typeof(name), ours.typeof(name)
        assert (plain(made), made.kind) == (plain(known), known.kind)
        if known.kind == "enum":
            assert made.elements == known.elements
        if known.kind == "struct" and known.fields is not None:
            assert (ours.sizeof(name), ours.alignof(name)) == (
                stock.sizeof(name),
                stock.alignof(name),
            )
            assert [_field(it) for it in made.fields] == [_field(it) for it in known.fields]
            compared += 1
    assert compared > 10


def plain(kind: Any) -> str:  # noqa: ANN401  cffi's types have no types
    """Return a C type's name: `struct _X` and the X that it is named are one."""
    return TAG.sub("", kind.cname)


def _field(named: tuple[str, Any]) -> tuple[object, ...]:
    name, field = named
    return name, plain(field.type), field.offset, field.bitshift, field.bitsize


def test_every_function_that_is_declared_can_be_called_alike() -> None:
    functions = f"""
import re
TAG = re.compile({TAG.pattern!r})
from weasyprint.text import ffi
libraries = ffi.gobject, ffi.pango, ffi.harfbuzz, ffi.harfbuzz_subset, ffi.fontconfig, ffi.pangoft2
names = json.loads(NAMES)
for name in names:
    for library in libraries:
        try:
            found = getattr(library, name)
        except (AttributeError, getattr(ffi.ffi, "error", AttributeError)):
            continue
        print(json.dumps([name, TAG.sub("", ffi.ffi.typeof(found).cname)]))
        break
"""
    names = sorted(set(FUNCTION.findall(declaring.declared(source()))))
    code = f"NAMES = {json.dumps(names)!r}\n{functions}"

    assert len(names) > 80
    assert child(code, seams=only("start_pango")) == child(code, stock=True)


def test_no_page_of_the_torture_set_changes() -> None:
    assert torture.differences(*SEAMS) == []


def test_text_is_set_without_what_only_other_decks_need() -> None:
    code = f"from generator.paginate import smoke; smoke(); {LOADED}"

    seldom = {"fontTools", "urllib.request", "ssl", "email.message", "http.client", "pycparser"}

    assert not seldom & set(child(code)[0])
    assert seldom < set(child(code, stock=True)[0])


def test_whoever_imports_a_postponed_module_after_the_engine_gets_the_real_one() -> None:
    code = """
import cffi, email.message, fontTools.ttLib, fontTools.subset, ssl, urllib.request
real = [cffi, email.message, fontTools.ttLib, fontTools.subset, urllib.request]
print(json.dumps([type(it).__name__ for it in real]))
print(json.dumps([cffi.FFI.__module__, urllib.request.OpenerDirector.__module__]))
"""
    assert child(code) == [["module"] * 5, ["cffi.api", "urllib.request"]]


@pytest.mark.parametrize(
    "spoiled", ["_pango.MADE_OF = 'another'", "start_pango.NEEDED = ('libnowhere.so.9',)"]
)
def test_stock_is_used_where_declarations_or_libraries_are_others(spoiled: str) -> None:
    seams = f"from generator.paginate.seams import _pango, start_pango; {spoiled}\n"
    code = "from weasyprint.text.ffi import ffi; print(json.dumps(type(ffi).__module__))"

    assert child(code, seams=seams) == ["cffi.api"]
    assert child(code) != ["cffi.api"]


def test_the_engines_own_fetcher_opens_nothing() -> None:
    code = f"""
from weasyprint.urls import URLFetcher, URLFetchingError, fetch
for url in "data:text/plain,x", {INTER.as_uri()!r}, "http://localhost:9/":
    try:
        with fetch(URLFetcher(), url):
            print(json.dumps(url))
    except URLFetchingError as refused:
        print(json.dumps("only the project's door" in str(refused)))
"""
    assert child(code) == [True, True, True]


def test_woff_and_variable_fonts_are_read_and_subset_as_ever(tmp_path: Path) -> None:
    for flavor in ("woff", "woff2"):
        font = TTFont(INTER)
        font.flavor = flavor
        font.save(tmp_path / f"packed.{flavor}")
    (tmp_path / "variable.ttf").write_bytes(variable())
    faces = "".join(
        f"@font-face {{ font-family: tp-{path.stem}-{path.suffix[1:]}; "
        f"src: url(carousel:///fonts/{path.name}) }}"
        for path in sorted(tmp_path.iterdir())
    )
    words = "".join(
        f"<p style='font: {weight} 20px {family}'>AAA</p>"
        for family in ("tp-packed-woff", "tp-packed-woff2", "tp-variable-ttf")
        for weight in (400, 700)
    )
    code = f"""
from pathlib import Path
from generator.fetch import Door
from generator.paginate import About, Press
import hashlib
press = Press(Door([("fonts", Path({str(tmp_path)!r}))]))
laid = press.lay_out({torture.HEAD.format("fonts") + words!r}, ({faces!r},), 400, 400)
pdf = press.write([laid.page], About("Fonts", "en"))
print(json.dumps([[problem.message for problem in laid.problems], hashlib.md5(pdf).hexdigest()]))
print(json.dumps("fontTools.ttLib" in sys.modules))
"""
    ours, stock = child(code), child(code, stock=True)

    assert ours == stock
    assert ours[0][0] == []
    assert ours[1]


def variable() -> bytes:
    """Return a small variable font: a box for A, wider with its weight."""
    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder([".notdef", "A"])
    builder.setupCharacterMap({65: "A"})
    builder.setupGlyf({".notdef": box(200), "A": box(400)})
    builder.setupHorizontalMetrics({".notdef": (300, 0), "A": (500, 0)})
    builder.setupHorizontalHeader(ascent=800, descent=-200)
    builder.setupNameTable({"familyName": "Boxes", "styleName": "Regular"})
    builder.setupFvar([("wght", 400, 400, 700, "Weight")], [])
    wider = [(0, 0), (0, 0), (200, 0), (200, 0), (0, 0), (200, 0), (0, 0), (0, 0)]
    builder.setupGvar({"A": [variation(wider)], ".notdef": []})
    builder.setupOS2(sTypoAscender=800, usWinAscent=800, usWinDescent=200)
    builder.setupPost()
    stream = BytesIO()
    builder.save(stream)
    return stream.getvalue()


def box(width: int) -> Any:  # noqa: ANN401  fontTools has no types
    """Return a glyph: a box of a width."""
    pen = TTGlyphPen(None)
    pen.moveTo((0, 0))
    for corner in ((0, 700), (width, 700), (width, 0)):
        pen.lineTo(corner)
    pen.closePath()
    return pen.glyph()


def variation(deltas: list[tuple[int, int]]) -> Any:  # noqa: ANN401
    """Return how far a glyph's points go at the heaviest weight."""
    from fontTools.ttLib.tables.TupleVariation import TupleVariation  # type: ignore[import-untyped]  # noqa: PLC0415

    return TupleVariation({"wght": (0, 1, 1)}, deltas)
