"""Slides that a seam must not change, and what came of them: for the tests of the seams.

A seam is judged by laying all of these out in two processes, one of them with stock WeasyPrint:
`python -m tests.torture OUT.json [SEAM …]`, with THREADPRESS_STOCK=1 for stock.
"""

import hashlib
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from itertools import chain
from pathlib import Path
from typing import Any

from PIL import Image

from generator import raster
from generator.fetch import Door
from generator.paginate import About, LaidOut, Press, seams

ROOT = Path(__file__).parents[1]
FONTS = ROOT / "themes" / "_fonts"
SIZE = (540, 675)
EPOCH = "1700000000"
"""SOURCE_DATE_EPOCH of both processes: a PDF says when it was made."""

HEAD = (
    '<!doctype html><html lang="en" dir="ltr"><head><meta charset="utf-8"><title>{}</title></head>'
)
BASE = """
* { box-sizing: border-box; margin: 0; padding: 0 }
body { font-family: tp-inter, sans-serif; font-size: 20px; line-height: 1.42; color: #10131a }
.slide { position: relative; width: 540px; height: 675px; overflow: hidden; background: #f6f7fb;
  bookmark-level: 1; bookmark-label: attr(aria-label) }
h1, h2, h3 { font-family: tp-instrument-serif, serif; bookmark-level: none }
.region { position: absolute; left: 40px; top: 60px; width: calc(540px - 2 * 40px);
  height: max(500px, 10em); display: grid; align-content: center; grid-template-columns: 100% }
.flow { overflow-wrap: break-word }
"""
FACES = ("inter/400", "inter/600", "instrument-serif/400i", "jetbrains-mono/500", "symbols/400")

PATTERN = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 60 60" width="60" height="60"><defs>'
    '<linearGradient id="g" gradientUnits="userSpaceOnUse" x1="0" x2="60"><stop stop-color="#06f"/>'
    '<stop offset="1" stop-color="#f06"/></linearGradient></defs><style>.r{fill:url(#g)}</style>'
    '<rect class="r" width="40" height="40" rx="6"/><path d="M5 50C20 20 40 80 55 50" '
    'fill="none" stroke="#111" stroke-opacity=".5"/><text x="4" y="20" font-size="12">ab</text></svg>'
)


@dataclass(frozen=True, slots=True)
class Torture:
    """A slide: what stands in its body (or a whole document) and its own stylesheets."""

    name: str
    body: str
    css: tuple[str, ...] = ()

    @property
    def html(self) -> str:
        """Return the document."""
        if self.body.lstrip().startswith("<!"):
            return self.body
        return f"{HEAD.format(self.name)}<body>{self.body}</body></html>"


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


def region(body: str, label: str = "A slide", more: str = "") -> str:
    """Return a slide's markup as layouts have it: a region, and in it a flow."""
    return (
        f'<section class="slide {more}" aria-label="{label}"><main class="region">'
        f'<div class="flow">{body}</div></main></section>'
    )


def torture(door: Door) -> tuple[Torture, ...]:
    """Return all slides; pictures are put behind the door."""
    opaque, soft = door.keep(png(255), ".png"), door.keep(png(120), ".png")
    photo, drawing = door.keep(jpeg(), ".jpg"), door.keep(PATTERN.encode(), ".svg")
    return (*_words(), *_blocks(drawing), *_pictures(opaque, soft, photo, drawing), *_styles())


def _words() -> tuple[Torture, ...]:
    return (
        Torture("plain", region("<h1>A heading, &amp; more</h1><p>Some <b>bold</b> words.</p>")),
        Torture(
            "arabic",
            f"{HEAD.format('x').replace('ltr', 'rtl').replace('en', 'ar', 1)}<body>"
            + region("<h1>مرحبا بالعالم</h1><p>نص عربي مع English و 123 رقم.</p>")
            + "</body></html>",
        ),
        Torture("hebrew", region('<p dir="rtl" lang="he">שלום עולם, with English, 42.</p>')),
        Torture(
            "cjk",
            region('<p lang="ja">日本語の文章です。改行、句読点。</p><p lang="zh">简体中文</p>'),
        ),
        Torture(
            "long-words",
            region(
                f"<p>{'Donaudampfschifffahrt' * 6}</p><p lang='de' class='h'>"
                "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamter</p>"
                "<p>soft&shy;hyphen&nbsp;and&#8203;zero width, “quotes” – dashes … ½ → α ✓</p>"
            ),
            (".h { hyphens: auto; width: 200px; text-align: justify }",),
        ),
        Torture(
            "emoji", region("<p>Rocket 🚀 and ❤️, digits 0123, flags 🇩🇪, ZWJ 👩‍💻.</p><p>é ñ ﬁ</p>")
        ),
        Torture(
            "letters",
            region(
                '<p class="a">First letter and first line of some text that wraps on and on.</p>'
                '<p class="b">SPACED out, <q>quoted <q>twice</q></q><br>next<wbr>line</p>'
                "<pre>  code\n    indented\n</pre><p><sub>1</sub><sup>2</sup> <mark>m</mark></p>"
            ),
            (
                ".a::first-letter { font-size: 3em; color: #b00 } .a::first-line { color: #00b }"
                ".b { letter-spacing: .1em; word-spacing: 4px; text-transform: uppercase;"
                " text-decoration: underline wavy; font-variant-numeric: tabular-nums }"
                "pre { font: 500 14px/1.3 tp-jetbrains-mono; tab-size: 2 } mark { color: inherit }",
            ),
        ),
        Torture(
            "balance",
            region(
                '<h1 class="balance">When is it a bad idea to balance a heading of words?</h1>'
                '<h2 class="balance" style="text-align:center">Centred <img class="e" alt=""'
                ' src="x"> and of two lines at the very least</h2>'
            ),
            (".e { display: none }",),
        ),
    )


def _blocks(drawing: str) -> tuple[Torture, ...]:
    cells = "".join(f"<tr><td>{n}</td><td class='w'>cell {n}</td></tr>" for n in range(4))
    items = "".join(f"<li>Item {n}<ul><li>inner</li></ul></li>" for n in range(3))
    return (
        Torture(
            "tables",
            region(
                f"<table><caption>C</caption><thead><tr><th>N</th><th>W</th></tr></thead>{cells}"
                "</table><table class='sep' cellpadding=6 border=1><tr><td colspan=2>wide<td "
                "rowspan=2 bgcolor='#fc0'>tall<tr><td>a<td align=right>b</table>"
            ),
            ("table { border-collapse: collapse; width: 80% } td { border: 1px solid #99a; "
             "padding: .2em } .w { width: 60% } .sep { border-collapse: separate; margin: 9px }",),
        ),
        Torture(
            "lists",
            region(f'<ol start="7">{items}</ol><ol reversed type="a"><li>x<li value=3>y</ol>'),
            (
                "li::marker { color: #c40 } ul { list-style: square inside; padding-left: 1em }"
                "ol { counter-reset: steps; padding-left: 2em } ol > li { counter-increment: steps }"
                'ul > li::before { content: counters(steps, ".") " " attr(class) "→"; color: #06c }'
                'ul > li::after { content: "" url(' + drawing + "); font-size: .5em }",
            ),
        ),
        Torture(
            "flex",
            region('<div class="f"><i>one</i><i>two words</i><i>three</i></div><div class="g">'
                   "<b>1</b><b>2</b><b>3</b></div>"),
            (
                ".f { display: flex; gap: 8px; align-items: center } .f i { flex: 1 1 0; "
                "border: 2px solid; padding: 4px } .g { display: grid; gap: 6px; margin-top: 1em;"
                "grid-template-columns: 2fr 1fr } .g b { background: #dde; padding: 1em }",
            ),
        ),
        Torture(
            "footnotes",
            region('<p>Noted<span class="note">the <b>note</b> itself</span> and again'
                   '<span class="note">another</span>.</p>'),
            (".note { float: footnote; font-size: 12px } .slide { height: auto; overflow: visible }"
             ".region { position: static; display: block; height: auto }",),
        ),
        Torture(
            "columns",
            region(f"<div class='c'><p>{'words in columns ' * 30}</p><hr><p>end</p></div>"
                   "<div class='l'>floated</div><p>beside the float, text runs on and on.</p>"),
            (".c { columns: 2; column-gap: 20px; column-rule: 1px solid #888; font-size: 14px }"
             ".l { float: left; width: 90px; background: #ffd; margin: 4px 8px 0 0 }",),
        ),
        Torture(
            "links",
            region(
                '<p id="here">See <a href="https://example.org/a?b=1&amp;c=2">there</a>, '
                '<a href="#below">below</a>, <a name="anchor" href="#here">here</a>, '
                '<a href="mailto:you@example.org" rel="nofollow">mail</a>.</p><h2 id="below">Below'
                '</h2><p><a class="page" href="#below">page </a></p>'
            ),
            ('.page::after { content: target-counter(attr(href), page) " " '
             "target-text(attr(href)) } a { color: #06c; text-decoration: none }",),
        ),
    )  # fmt: skip


def _pictures(opaque: str, soft: str, photo: str, drawing: str) -> tuple[Torture, ...]:
    emoji = f'<img class="emoji" src="{drawing}" alt="🚀">'
    return (
        Torture(
            "pictures",
            region(
                f'<img class="p" src="{opaque}" alt="opaque"><img class="p" src="{soft}" alt="">'
                f'<img class="p cover" src="{photo}" alt="photo"><p>{emoji} in {emoji} text</p>'
                f'<img src="{drawing}" alt="svg" width="80"><img src="{opaque}" hspace=4 border=2>'
            ),
            (
                ".p { width: 120px; height: 80px; object-fit: contain; border-radius: 12px }"
                ".cover { object-fit: cover; object-position: 20% 80% }"
                "img.emoji { width: 1.2em; height: 1.2em; vertical-align: -.22em }",
            ),
        ),
        Torture(
            "placed",
            region(
                f'<img class="a" src="{photo}" alt="a"><div class="b"><img src="{opaque}" alt="">'
                f'<i>fixed</i></div><p>beside <img class="c" src="{soft}" alt="c"> it</p>'
            ),
            (
                ".a { position: absolute; right: 5%; top: 10px; width: 40%; display: block }"
                ".b { position: relative; left: 12px; padding: 3% } .b img { display: block;"
                "border-radius: 50%; max-width: 30%; float: right } .b i { position: fixed; "
                "bottom: 5px; left: 50%; z-index: 2 } .c { position: absolute; height: 2em }",
            ),
        ),
        Torture(
            "inline-svg",
            region(
                '<svg viewBox="0 0 100 40" width="200" height="80"><title>t</title><defs>'
                '<linearGradient id="a"><stop offset="0" stop-color="red"/><stop offset="1" '
                'stop-color="blue"/></linearGradient></defs><rect fill="url(#a)" width="90" '
                'height="30"/><circle cx="50" cy="20" r="12" fill-opacity=".5"/></svg><p>after</p>'
            ),
        ),
        Torture(
            "paint",
            region(
                '<div class="a">alpha</div><div class="b">turned</div><div class="c">shade'
                '</div><div class="d">blurred</div>'
            ),
            (
                ".a { opacity: .4; background: rgb(255 0 0 / 50%); border-radius: 50% 10px }"
                ".b { transform: rotate(8deg) translate(10px, 5%) scale(1.1); outline: 3px dashed }"
                ".c { background: linear-gradient(45deg, #fff 1em, #08f, #000 90%), "
                "radial-gradient(circle at 30% 40%, #ff0, #0f0); height: 3em; margin: 1em 0 }"
                ".d { box-shadow: 4px 6px 8px 2px rgb(0 0 0 / 40%), inset 0 0 4px #f00; "
                "border: 4px double #333; padding: 5% }",
            ),
        ),
        Torture(
            "backgrounds",
            region("<p>On a pattern</p>"),
            (
                f".slide {{ background: url({drawing}) 10px 20px / 80px 80px, #eef }}"
                f".flow {{ background: url({soft}) no-repeat right bottom; padding: 3em;"
                f" border: 12px solid; border-image: url({opaque}) 4 round }}"
                f"p {{ list-style-image: url({drawing}); display: list-item; margin-left: 2em }}",
            ),
        ),
    )


def _styles() -> tuple[Torture, ...]:
    twice = region('<p class="x">one</p><p class="x y">two</p><p id="z">three</p>')
    return (
        Torture("twice-red", twice, (".x { color: red } .y { font-size: 2em } #z { margin: 1em }",)),
        Torture("twice-blue", twice, (".x { color: blue } p { font-size: 30px } .y + * { --v: 9px }"
                                      "#z { padding-left: var(--v); width: 50% }",)),
        Torture("twice-again", twice, (".x { color: red } .y { font-size: 2em } #z { margin: 1em }",)),
        Torture(
            "units",
            region('<p class="v">viewport</p><p class="e">ex</p><p class="r">rem <i>lh</i></p>'
                   '<p style="width:33.3%;margin:calc(1em + 2px) auto">styled</p>'
                   '<p style="width:33.3%;color:nonsense">twice <b style="color:#00f">b</b></p>'),
            (".v { width: 30vw; padding: 1vh } .e { width: 20ch; margin-left: 3ex; text-indent: 1em }"
             ".r { font-size: 1.5rem; line-height: 1lh } .r i { vertical-align: middle } "
             ".v { inline-size: 40%; margin-inline-start: 1em; border-block-end: 2px solid }"
             ".e { width: clamp(100px, 50%, 300px); border: .1em solid currentcolor }",),
        ),
        Torture(
            "cascade",
            region('<p class="k">a</p><p class="k l">b</p><p class="m">c <em>d</em></p>'),
            ("@layer low, high; @layer high { p { color: green } } @layer low { .k { color: red } }"
             ".k { --c: #808; color: var(--c) !important } .l { all: initial } "
             ".m { color: var(--missing, orange); & em { font-size: 2em } &:has(em) { margin: 9px } }"
             "p:nth-child(2n of .k) { text-decoration: line-through } :is(.m, .k):not(.l) { top: 0 }"
             "@media print { .m { font-weight: 600 } } @media screen { .m { display: none } }",
             ".k { font-style: italic } p { color: #333 } p.k::after { content: '!' }"),
        ),
        Torture(
            "margin-boxes",
            region("<p>Page of its own</p>"),
            ("@page { margin: 20px; @top-left { content: 'Top ' counter(page) '/' counter(pages) }"
             "@bottom-right-corner { content: 'x'; background: #f0f } @left-middle { color: red } }",),
        ),
        Torture(
            "own-sheet",
            f"{HEAD.format('own')}<style>p {{ color: #090 }} .slide {{ background: #ffe }}</style>"
            + "<body>" + region("<p>A style element of its own</p>") + "</body></html>",
        ),
        Torture(
            "sloppy",
            region("<p>unclosed<p>next &copy; &unknown; <b><i>crossed</b></i><table><td>loose"
                   "</table><IMG SRC=x ALT='missing'><!-- note --><input value=v><p>&#150;&#x1F600;"),
        ),
        Torture(
            "wrong",
            region("<p class='n'>warned of</p>"),
            ("p { colour: red; width: 10furlongs; margin: calc(1px * 1px) } p:unknown { top: 0 } "
             "@nonsense { } .n { background: linear-gradient(red) ; font-size: calc( }",),
        ),
    )  # fmt: skip


def faces(door: Door) -> str:
    """Return the `@font-face` rules of the set's fonts, under private names."""
    return "".join(
        f"@font-face {{ font-family: tp-{name.partition('/')[0]}; font-weight: {name[-4:].strip('/i')};"
        f" font-style: {'italic' if name.endswith('i') else 'normal'};"
        f" src: url({door.url(FONTS / f'{name}.ttf')}) }}"
        for name in FACES
    )


def facts(pdf: bytes) -> dict[str, Any]:
    """Return what a PDF shows and says: pixels and words of each page, and the hash of it all."""
    from pypdfium2 import PdfDocument  # noqa: PLC0415  (seldom needed)

    with PdfDocument(pdf) as document:
        words = [page.get_textpage().get_text_bounded() for page in document]
    drawn = [hashlib.sha256(page.tobytes()).hexdigest() for page in raster.pages(pdf, *SIZE)]
    return {"pixels": drawn, "words": words, "bytes": hashlib.sha256(pdf).hexdigest()}


def all_facts() -> dict[str, Any]:
    """Return what came of every slide, each laid out three times in one process."""
    press = Press(Door([("builtin", ROOT)]))
    slides, sheets = torture(press.door), (faces(press.door) + BASE,)
    about = About("Torture", "en", "You")
    found: dict[str, Any] = {}
    for turn in range(3):  # the second time from what is remembered, the third back to front
        for slide in slides[:: -1 if turn == 2 else 1]:  # noqa: PLR2004  counted from 0
            laid = press.lay_out(slide.html, (*sheets, *slide.css), *SIZE)
            found[f"{slide.name} {turn}"] = _measures(laid) | facts(press.write([laid.page], about))
    return found


def _measures(laid: LaidOut) -> dict[str, Any]:
    return {
        "problems": [problem.message for problem in laid.problems],
        "regions": [repr(region) for region in laid.regions],
        "links": [repr(link[:3]) for link in laid.page.links],
        "bookmarks": [repr(mark) for mark in laid.page.bookmarks],
        "spilled": laid.spilled,
    }


@cache
def found_with(*names: str, stock: bool = False) -> dict[str, Any]:
    """Return all facts from a process that has these seams only (none named: every one)."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder, "facts.json")
        surroundings = os.environ | {
            "SOURCE_DATE_EPOCH": EPOCH,
            "THREADPRESS_STOCK": "1" if stock else "",
            "XDG_CACHE_HOME": folder,
        }
        command = [sys.executable, "-W", "error", "-m", "tests.torture", str(out), *names]
        for _again in range(1 if stock else 2):  # the second finds what the first one cached
            subprocess.run(command, check=True, cwd=ROOT, env=surroundings)
        found: dict[str, Any] = json.loads(out.read_text("utf-8"))
    return found


def differences(*names: str) -> list[str]:
    """Return what these seams change, by slide: nothing, where they are right."""
    stock, ours = found_with(stock=True), found_with(*names)
    keys = [(slide, fact) for slide in stock for fact in stock[slide]]
    return [f"{slide}: {fact}" for slide, fact in keys if stock[slide][fact] != ours[slide][fact]]


def _only(names: Sequence[str]) -> None:
    """Leave only the seams of these names."""
    import importlib  # noqa: PLC0415  (in the child process only)

    loaded = (importlib.import_module(f"generator.paginate.seams.{name}") for name in names)
    chosen = tuple(chain.from_iterable((module.seam,) for module in loaded))
    seams.known = lambda: chosen


if __name__ == "__main__":
    if sys.argv[2:]:
        _only(sys.argv[2:])
    Path(sys.argv[1]).write_text(json.dumps(all_facts(), ensure_ascii=False), "utf-8")
