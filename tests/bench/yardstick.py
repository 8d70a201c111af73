"""The least that a tool of this kind does: Jinja, markdown-it and WeasyPrint, one page layout.

`yardstick.py SOURCE.md OUTPUT.pdf [--watch]`, or a folder of sources and a folder for the PDFs: no
checks, no fit, no cache, no themes. It reads our content file, so that both race with the same
words. What we do beyond it has to be paid for elsewhere.
"""

import re
import sys
import time
from pathlib import Path

POLL = 0.002
"""Seconds between two looks at the source: quicker than any editor, so waiting costs nothing."""

PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{{ title }}</title>
<style>{{ css }}</style></head><body>
{%- for slide in slides %}<section class="{{ slide.kind }}"><header><b>{{ author.name }}</b>
{{ author.handle }}</header><main><div class="words">{{ slide.html }}</div></main>
<footer>{{ author.handle }} · {{ loop.index }} / {{ slides|length }}</footer></section>
{%- endfor %}</body></html>"""

# Centred by an inline block: the cheapest layout that was measured; flex takes twice as long.
CSS = """
@page { size: 1080px 1350px; margin: 0 }
* { box-sizing: border-box; margin: 0; padding: 0 }
body { font-family: sans-serif; color: #eee }
section { position: relative; width: 1080px; height: 1350px; background: #123; overflow: hidden;
  break-after: page; font-size: 40px; line-height: 1.42 }
section:last-child { break-after: auto }
header { position: absolute; top: 72px; left: 84px; width: 912px; font-size: 28px }
footer { position: absolute; bottom: 72px; left: 84px; width: 912px; font-size: 28px }
main { position: absolute; top: 160px; left: 84px; width: 912px; height: 1030px;
  line-height: 1030px }
main p, main li { margin-bottom: 22px }
main ul, main ol { padding-left: 44px }
h1 { font-size: 96px; line-height: 1.1 }
.words { display: inline-block; vertical-align: middle; line-height: 1.42; width: 912px }
.cover, .outro { background: linear-gradient(160deg, #123, #246) }
"""


def page(source: str) -> str:
    """Return a content file as one HTML document, a section a slide."""
    import jinja2  # noqa: PLC0415  what a start costs is part of what is measured
    import yaml  # noqa: PLC0415
    from markdown_it import MarkdownIt  # noqa: PLC0415

    head, body = source[4:].split("\n---\n", 1)
    front = yaml.safe_load(head)
    parser = MarkdownIt("commonmark", {"html": False})
    posts = [parser.render(re.sub(r"<!--.*?-->", "", post)) for post in body.split("\n---\n")]
    asks = "".join(f"<p>{line}</p>" for line in front["outro"]["lines"])
    slides = [{"kind": "cover", "html": f"<h1>{front['title']}</h1>"}]
    slides += [{"kind": "post", "html": post} for post in posts]
    slides += [{"kind": "outro", "html": f"<h1>{front['outro']['title']}</h1>{asks}"}]
    template = jinja2.Environment(autoescape=False).from_string(PAGE)  # noqa: S701  our own words
    return template.render(title=front["title"], author=front["author"], css=CSS, slides=slides)


def main() -> None:
    """Build the content file that the command line names, or all of a folder."""
    source, output = map(Path, sys.argv[1:3])
    if source.is_dir():
        output.mkdir(exist_ok=True)
        for path in sorted(source.glob("*.md")):
            _build(path, output / f"{path.stem}.pdf")
        return
    _build(source, output)
    while "--watch" in sys.argv:
        built = source.stat().st_mtime_ns
        while source.stat().st_mtime_ns == built:
            time.sleep(POLL)
        _build(source, output)


def _build(source: Path, output: Path) -> None:
    html = page(source.read_text("utf-8"))
    from weasyprint import HTML  # noqa: PLC0415

    output.write_bytes(HTML(string=html).write_pdf())


if __name__ == "__main__":
    main()
