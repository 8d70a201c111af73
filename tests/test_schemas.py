"""JSON Schemas say of what is written in YAML what the build says, before it is built."""

import json
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft7Validator

from generator import frontmatter
from generator.build import schemas
from generator.build.project import open_project
from generator.content import load
from generator.settings.json_schema import KINDS
from tests.project import Project, run

ROOT = Path(__file__).parents[1]
SAMPLES = [
    (kind, path.relative_to(ROOT).as_posix())
    for kind, one in KINDS.items()
    for glob in (*one.files, *(["layouts/*/sample.md"] if kind == "front-matter" else []))
    for path in sorted(ROOT.glob(glob))
    if path.parent.name != "_presets" or kind == "preset"
]


@cache
def ours() -> Mapping[str, dict[str, Any]]:
    """Return the schemas of this repo."""
    return schemas.made(open_project(ROOT))


def wrong(kind: str, values: object) -> list[str]:
    """Return where a schema finds fault with values, as dotted paths."""
    found = Draft7Validator(ours()[kind]).iter_errors(json.loads(json.dumps(values)))
    return sorted(".".join(map(str, one.absolute_path)) for one in found)


def read(text: str) -> dict[str, Any]:
    """Return YAML as the build reads it."""
    return dict(frontmatter.parse(text, "it.yaml").values)


@pytest.mark.parametrize("kind", KINDS)
def test_a_schema_is_one(kind: str) -> None:
    Draft7Validator.check_schema(ours()[kind])


@pytest.mark.parametrize(("kind", "path"), SAMPLES)
def test_what_we_wrote_ourselves_is_right(kind: str, path: str) -> None:
    file = ROOT / path
    values: object = (
        dict(load(file.read_bytes(), path, str(file), "it").front.values)
        if file.suffix == ".md"
        else read(file.read_text("utf-8"))
    )
    assert not wrong(kind, values)


def cases() -> Iterator[tuple[str, str]]:
    """Yield mistakes, each as a kind of file and what stands in it."""
    for text in FRONT.strip().splitlines():
        yield "front-matter", text
    for text in THEME.strip().splitlines():
        yield "theme", f"{LEAST}\n{text}"
    for kind, text in OTHERS:
        yield kind, text


FRONT = """
titel: A key that nobody knows
looks: [vendor/acme]
title: [a, list]
title: 2026
targets: [linkdin]
targets: {linkdin: {}}
targets: {linkedin: {targets: [story]}}
recipe: threads
reveal: sometimes
theme: papr
theme: paper/lihgt
brand: nobody
brand: [sample, nobody]
brand: sample/third
preset: nothing
pattern: dotz
pattern: {name: dots, scale: 9}
pattern: {name: dots, size: 2}
pattern: {name: dots, color: reddish}
typography: {body: large}
typography: {body: 300}
typography: {fonts: {display: comic}}
typography: {leading: 3}
typography: {case: lower}
seamless: {veil: 0.5}
seamless: {image: wide.jpg, veil: 2}
align: right
layouts: {list: stepz}
layouts: {lists: steps}
author: Your Name
author: {nick: you}
cover: true
cover: {image: {alt: No file}}
cover: {image: {src: a.png, focus: upside}}
cover: {image: {src: a.png, fit: fill}}
cover: {layout: covers}
outro: yes
outro: {lines: Bye}
outro: {lines: [{icon: save}]}
outro: {lines: [{text: Save it, icon: no-such-icon}]}
slides: cover
slides: [{post: 1, layout: no-such-layout}]
slides: [{post: 1, wants: money}]
draft: "true"
files: [pdf, bmp]
"""
LEAST = """colors: {bg: "#fff", fg: "#000", accent: "#123456"}
fonts: {text: {family: inter}}"""
THEME = """
color: red
radius: 999
type: {cover: 5}
type: {huge: 90}
type: {steps: [40]}
space: {gutter: wide}
pattern: dotz
tones: {quote: {bg: pink}}
tones: {quote: {ground: fill}}
extends: nights
settings: {theme: papr}
variants: {dark: {colors: {bg: black}}}
"""
OTHERS = [
    ("theme", 'colors: {bg: "#fff", fg: "#000"}\nfonts: {text: {family: inter}}'),
    ("theme", 'colors: {bg: "#fff", fg: "#000", accent: "#00f"}\nfonts: {mono: {family: inter}}'),
    ("theme", LEAST.replace("inter", "no-such-font")),
    ("theme", LEAST.replace('"#123456"', "blue")),
    ("theme", LEAST.replace("family: inter", "weight: 400")),
    ("theme", LEAST.replace("inter", "inter, weight: 450")),
    ("brand", "nam: Your Name"),
    ("brand", 'colors: {accent: "rgb(1,2,3)"}'),
    ("brand", 'colors: {accents: "#123456"}'),
    ("brand", "tint: half"),
    ("brand", "header: {left: name, centre: page}"),
    ("brand", "header: {left: names}"),
    ("brand", "profiles: {two: {nam: Your Name}}"),
    ("brand", "name: null"),
    ("layout", "slot: [heading]"),
    ("layout", "column: 2"),
    ("layout", "options: [side]"),
    ("canvas", "width: 1080"),
    ("canvas", "width: 10\nheight: 1080"),
    ("canvas", "width: 1080\nheight: 1080\nfiles: []"),
    ("canvas", "width: 1080\nheight: 1080\nsafe: {top: wide}"),
    ("recipe", "slide: [cover]"),
    ("recipe", "parts: {a: {place: middle}}"),
    ("recipe", "parts: {a: {layout: no-such-layout}}"),
    ("preset", "preset: launch"),
    ("threadpress", "title: Not for all"),
    ("comment", "layout: no-such-layout"),
    ("comment", "theme: paper"),
]


@pytest.mark.parametrize(("kind", "text"), list(cases()))
def test_a_mistake_is_seen_in_the_editor(kind: str, text: str) -> None:
    assert wrong(kind, read(text))


@pytest.mark.parametrize("text", FRONT.strip().splitlines())
def test_what_the_schema_refuses_the_build_refuses(text: str, tmp_path: Path) -> None:
    project = Project(tmp_path)
    project.thread(text)
    project.file("content/a.png", (ROOT / "tests" / "golden" / "night-cover-1.png").read_bytes())
    project.file("content/wide.jpg", b"")
    brand = (ROOT / "themes" / "_brands" / "sample" / "brand.yaml").read_text("utf-8")
    project.file("themes/_brands/sample/brand.yaml", brand)

    assert project.prepared().failed or not project.prepared().carousels


@pytest.mark.parametrize(
    "text",
    [
        "theme:\ncover: {subtitle: }\ntypography: {fonts: }",
        "targets: {linkedin: , instagram: {theme: mint, slides: [cover, 1]}}",
        "cover: false\noutro: {lines: [Save it, {text: Bye, icon: save}]}",
        "pattern: {name: dots, color: accent, opacity: 0.4}",
        "layouts: {list: steps, post: tweet-card, cover: cover-portrait}",
        "slides: [cover, 1, aside, {posts: [2, aside], layout: post}, {text: More}, outro]",
        "brand: all",
        "seamless: {image: {src: wide.jpg, focus: 30% center}}",
    ],
)
def test_what_may_be_written_is_right(text: str) -> None:
    assert not wrong("front-matter", read(text))


def test_a_theme_made_of_another_says_only_what_differs() -> None:
    assert not wrong("theme", read("extends: night\nfonts: {text: {weight: 500}}"))


def test_a_target_like_another_needs_no_size() -> None:
    assert not wrong("canvas", read("like: linkedin"))


def test_every_key_of_a_schema_is_described() -> None:
    silent = [
        f"{kind}.{key}"
        for kind, schema in ours().items()
        for key, one in schema["properties"].items()
        if not one.get("description") and key != "description"
    ]
    assert not silent


def test_names_of_ones_own_looks_are_in_the_schemas(tmp_path: Path) -> None:
    project = Project(tmp_path)
    project.file("content/talk.md")
    project.file("themes/meadow/theme.yaml", f"{LEAST}\nvariants: {{dusk: {{radius: 3}}}}")
    project.file("themes/torn/theme.yaml", "colors: [")
    made = run("--project", str(tmp_path), "schema", "front-matter")

    assert made.code == 0, made.err
    names = json.loads(made.out)["definitions"]["theme-name"]["enum"]
    assert {"meadow", "meadow/dusk", "torn", "night"} <= set(names)


def test_schema_lists_what_there_is(tmp_path: Path) -> None:
    listed = run("--project", str(tmp_path), "schema")
    told = run("--project", str(tmp_path), "schema", "--format", "json")

    assert [line.split()[0] for line in listed.out.splitlines()] == list(KINDS)
    assert [json.loads(line)["name"] for line in told.out.splitlines()] == list(KINDS)


def test_a_schema_that_is_none_is_told_with_the_nearest(tmp_path: Path) -> None:
    ended = run("--project", str(tmp_path), "schema", "themes")

    assert ended.code == 2
    assert "did you mean `theme`" in ended.told("error[schema-unknown]")


def test_what_new_makes_points_editors_to_schemas_that_are_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run("new", str(tmp_path / "posts")).code == 0
    monkeypatch.chdir(tmp_path / "posts")
    for part in ("brand", "theme", "layout"):
        assert run("new", part, "dawn").code == 0

    pointing = {
        path: line.partition("$schema=")[2]
        for path in Path().rglob("*.yaml")
        for line in path.read_text("utf-8").splitlines()[:1]
        if line.startswith("# yaml-language-server: ")
    }
    assert {path.name for path in pointing} == {
        "threadpress.yaml", "brand.yaml", "theme.yaml", "layout.yaml",
    }  # fmt: skip
    for path, schema in pointing.items():
        there = json.loads((path.parent / schema).read_text("utf-8"))
        faults = Draft7Validator(there).iter_errors(read(path.read_text("utf-8")))
        assert not list(faults), path
    editor = json.loads(Path(".vscode/settings.json").read_text("utf-8"))["yaml.schemas"]
    assert all(Path(schema).is_file() for schema in editor)
    front = json.loads(Path(".threadpress/schemas/front-matter.json").read_text("utf-8"))
    assert "dawn/dark" in front["definitions"]["theme-name"]["enum"]
