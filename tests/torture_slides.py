"""Slides of everything that layout can do: a seam must not change a pixel of them."""

# ruff: noqa: E501, RUF001  markup and CSS as one writes them; signs that look alike are meant

from dataclasses import dataclass

from generator.fetch import Door
from tests.torture_pictures import PATTERN, jpeg, png

SIZE = (540, 675)
"""The canvas in CSS px."""
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


def region(body: str, label: str = "A slide", more: str = "") -> str:
    """Return a slide's markup as layouts have it: a region, and in it a flow."""
    start = f'<section class="slide {more}" aria-label="{label}"><main class="region">'
    return f'{start}<div class="flow">{body}</div></main></section>'


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
                (
                    ".a::first-letter { font-size: 3em; color: #b00 } .a::first-line { color: #00b }"
                    ".b { letter-spacing: .1em; word-spacing: 4px; text-transform: uppercase;"
                    " text-decoration: underline wavy; font-variant-numeric: tabular-nums }"
                    "pre { font: 500 14px/1.3 tp-jetbrains-mono; tab-size: 2 } mark { color: inherit }"
                ),
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
            (("table { border-collapse: collapse; width: 80% } td { border: 1px solid #99a; "
             "padding: .2em } .w { width: 60% } .sep { border-collapse: separate; margin: 9px }"),),
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
                (".f { display: flex; gap: 8px; align-items: center } .f i { flex: 1 1 0; "
                "border: 2px solid; padding: 4px } .g { display: grid; gap: 6px; margin-top: 1em;"
                "grid-template-columns: 2fr 1fr } .g b { background: #dde; padding: 1em }"),
            ),
        ),
        Torture(
            "footnotes",
            region('<p>Noted<span class="note">the <b>note</b> itself</span> and again'
                   '<span class="note">another</span>.</p>'),
            ((".note { float: footnote; font-size: 12px } .slide { height: auto; overflow: visible }"
             ".region { position: static; display: block; height: auto }"),),
        ),
        Torture(
            "columns",
            region(f"<div class='c'><p>{'words in columns ' * 30}</p><hr><p>end</p></div>"
                   "<div class='l'>floated</div><p>beside the float, text runs on and on.</p>"),
            ((".c { columns: 2; column-gap: 20px; column-rule: 1px solid #888; font-size: 14px }"
             ".l { float: left; width: 90px; background: #ffd; margin: 4px 8px 0 0 }"),),
        ),
        Torture(
            "links",
            region(
                '<p id="here">See <a href="https://example.org/a?b=1&amp;c=2">there</a>, '
                '<a href="#below">below</a>, <a name="anchor" href="#here">here</a>, '
                '<a href="mailto:you@example.org" rel="nofollow">mail</a>.</p><h2 id="below">Below'
                '</h2><p><a class="page" href="#below">page </a></p>'
            ),
            (('.page::after { content: target-counter(attr(href), page) " " '
             "target-text(attr(href)) } a { color: #06c; text-decoration: none }"),),
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
                (
                    ".p { width: 120px; height: 80px; object-fit: contain; border-radius: 12px }"
                    ".cover { object-fit: cover; object-position: 20% 80% }"
                    "img.emoji { width: 1.2em; height: 1.2em; vertical-align: -.22em }"
                ),
            ),
        ),
        Torture(
            "placed",
            region(
                f'<img class="a" src="{photo}" alt="a"><div class="b"><img src="{opaque}" alt="">'
                f'<i>fixed</i></div><p>beside <img class="c" src="{soft}" alt="c"> it</p>'
            ),
            (
                (
                    ".a { position: absolute; right: 5%; top: 10px; width: 40%; display: block }"
                    ".b { position: relative; left: 12px; padding: 3% } .b img { display: block;"
                    "border-radius: 50%; max-width: 30%; float: right } .b i { position: fixed; "
                    "bottom: 5px; left: 50%; z-index: 2 } .c { position: absolute; height: 2em }"
                ),
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
                (
                    ".a { opacity: .4; background: rgb(255 0 0 / 50%); border-radius: 50% 10px }"
                    ".b { transform: rotate(8deg) translate(10px, 5%) scale(1.1); outline: 3px dashed }"
                    ".c { background: linear-gradient(45deg, #fff 1em, #08f, #000 90%), "
                    "radial-gradient(circle at 30% 40%, #ff0, #0f0); height: 3em; margin: 1em 0 }"
                    ".d { box-shadow: 4px 6px 8px 2px rgb(0 0 0 / 40%), inset 0 0 4px #f00; "
                    "border: 4px double #333; padding: 5% }"
                ),
            ),
        ),
        Torture(
            "backgrounds",
            region("<p>On a pattern</p>"),
            (
                (
                    f".slide {{ background: url({drawing}) 10px 20px / 80px 80px, #eef }}"
                    f".flow {{ background: url({soft}) no-repeat right bottom; padding: 3em;"
                    f" border: 12px solid; border-image: url({opaque}) 4 round }}"
                    f"p {{ list-style-image: url({drawing}); display: list-item; margin-left: 2em }}"
                ),
            ),
        ),
    )


def _styles() -> tuple[Torture, ...]:
    twice = region('<p class="x">one</p><p class="x y">two</p><p id="z">three</p>')
    return (
        Torture("twice-red", twice, (".x { color: red } .y { font-size: 2em } #z { margin: 1em }",)),
        Torture("twice-blue", twice, ((".x { color: blue } p { font-size: 30px } .y + * { --v: 9px }"
                                      "#z { padding-left: var(--v); width: 50% }"),)),
        Torture("twice-again", twice, (".x { color: red } .y { font-size: 2em } #z { margin: 1em }",)),
        Torture(
            "units",
            region('<p class="v">viewport</p><p class="e">ex</p><p class="r">rem <i>lh</i></p>'
                   '<p style="width:33.3%;margin:calc(1em + 2px) auto">styled</p>'
                   '<p style="width:33.3%;color:nonsense">twice <b style="color:#00f">b</b></p>'),
            ((".v { width: 30vw; padding: 1vh } .e { width: 20ch; margin-left: 3ex; text-indent: 1em }"
             ".r { font-size: 1.5rem; line-height: 1lh } .r i { vertical-align: middle } "
             ".v { inline-size: 40%; margin-inline-start: 1em; border-block-end: 2px solid }"
             ".e { width: clamp(100px, 50%, 300px); border: .1em solid currentcolor }"),),
        ),
        Torture(
            "cascade",
            region('<p class="k">a</p><p class="k l">b</p><p class="m">c <em>d</em></p>'),
            (("@layer low, high; @layer high { p { color: green } } @layer low { .k { color: red } }"
             ".k { --c: #808; color: var(--c) !important } .l { all: initial } "
             ".m { color: var(--missing, orange); & em { font-size: 2em } &:has(em) { margin: 9px } }"
             "p:nth-child(2n of .k) { text-decoration: line-through } :is(.m, .k):not(.l) { top: 0 }"
             "@media print { .m { font-weight: 600 } } @media screen { .m { display: none } }"),
             ".k { font-style: italic } p { color: #333 } p.k::after { content: '!' }"),
        ),
        Torture(
            "mistaken-kin",  # the second gets what is meant for the first
            region('<p class="s">first</p><p class="t">second</p><p>third</p>'),
            ("p.s, .t::after { color: #a0a; font-size: 30px; content: 'x' }",),
        ),
        Torture(
            "margin-boxes",
            region("<p>Page of its own</p>"),
            (("@page { margin: 20px; @top-left { content: 'Top ' counter(page) '/' counter(pages) }"
             "@bottom-right-corner { content: 'x'; background: #f0f } @left-middle { color: red } }"),),
        ),
        Torture(
            "own-sheet",
            f"{HEAD.format('own')}<style>p {{ color: #090 }} .slide {{ background: #ffe }}</style>"
             "<body>" + region("<p>A style element of its own</p>") + "</body></html>",
        ),
        Torture(
            "sloppy",
            region("<p>unclosed<p>next &copy; &unknown; <b><i>crossed</b></i><table><td>loose"
                   "</table><IMG SRC=x ALT='missing'><!-- note --><input value=v><p>&#150;&#x1F600;"),
        ),
        Torture(
            "wrong",
            region("<p class='n'>warned of</p>"),
            (("p { colour: red; width: 10furlongs; margin: calc(1px * 1px) } p:unknown { top: 0 } "
             "@nonsense { } .n { background: linear-gradient(red) ; font-size: calc( }"),),
        ),
    )  # fmt: skip
