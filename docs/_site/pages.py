"""Pages of the site that are made of the code, and how pages meant for GitHub too become its own.

A hook of MkDocs (`mkdocs.yml`): `on_files` adds pages, `on_page_markdown` mends links and tables.
"""

import inspect
import os
import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import click
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from PIL import Image

from generator.build import schemas
from generator.build.project import open_project
from generator.cli import threadpress
from generator.settings.json_schema import KINDS

ROOT = Path(__file__).resolve().parents[2]
GALLERY = Path(os.environ.get("THREADPRESS_GALLERY") or ROOT / "build" / "gallery")
"""Where `./dev docs` has our own gallery hang its pictures."""
OUTSIDE = {"CONTRIBUTING.md": "contributing.md", "CHANGELOG.md": "changelog.md"}
"""Pages above docs/ that the site has as well."""
WIDE = 1600
"""Pixels of a contact sheet on a page."""
MADE = "Made of the schemas that editors complete by; [settings](../settings.md) says what wins."
SHOWN = "Made by `threadpress gallery` when this site was built; it shows your looks the same way."
CODE = re.compile(r"`[^`]*`")


def on_files(files: Files, *, config: MkDocsConfig) -> Files:
    """Add what is made of the code, of our looks, and of pages that lie above docs/."""
    made: dict[str, str | bytes] = {
        "reference/options.md": _options(),
        "reference/settings.md": _settings(),
    }
    for name, page in OUTSIDE.items():
        made[page] = (ROOT / name).read_text("utf-8").replace("](docs/", "](")
    made |= _gallery()
    for path, content in made.items():
        files.append(File.generated(config, path, content=content))
    return files


def on_page_markdown(markdown: str, **_: Any) -> str:  # noqa: ANN401 (MkDocs' own signature)
    """Return a page with links that lead to the site's pages, and `|` in tables as it is meant."""
    for name, page in OUTSIDE.items():
        markdown = markdown.replace(f"](../{name}", f"]({page}").replace(f"]({name}", f"]({page}")
    lines = markdown.split("\n")
    return "\n".join(_row(line) if line.startswith("|") else line for line in lines)


def _row(line: str) -> str:
    return CODE.sub(lambda code: code[0].replace("\\|", "|"), line)


def _options() -> str:
    """Return every command with its options, as click has them."""
    context = click.Context(threadpress, info_name="threadpress")
    parts = ["# Every option", "Made of the program itself; [commands](../commands.md) says more."]
    for name in threadpress.list_commands(context):
        command = threadpress.get_command(context, name)
        assert command is not None
        parts += _command(command, click.Context(command, info_name=name, parent=context))
    return "\n\n".join(parts) + "\n"


def _command(command: click.Command, context: click.Context, deep: str = "##") -> Iterator[str]:
    path = context.command_path
    yield f"{deep} {path.removeprefix('threadpress ')}"
    yield inspect.cleandoc(command.help or "")
    yield f"```text\n{path} {' '.join(command.collect_usage_pieces(context))}\n```"
    rows = [record for one in command.params if (record := one.get_help_record(context))]
    told = [f"| `{_cell(names)}` | {_cell(text)} |" for names, text in rows if text]
    if told:
        yield "\n".join(["| option | is |", "|---|---|", *told])
    if isinstance(command, click.Group):
        for name in command.list_commands(context):
            inner = command.get_command(context, name)
            assert inner is not None
            yield from _command(inner, click.Context(inner, info_name=name, parent=context), "###")


def _settings() -> str:
    """Return every key of every kind of file, as the schemas have them."""
    made = schemas.made(open_project(ROOT))
    parts = ["# Every setting", MADE]
    for name, schema in made.items():
        where = ", ".join(f"`{file}`" for file in KINDS[name].files)
        parts += [f"## {KINDS[name].title}", where] if where else [f"## {KINDS[name].title}"]
        known = schema.get("definitions", {})
        rows = [f"| `{key}` | {_cell(_meaning(one, known))} | {_cell(_values(one, known))} |"
                for key, one in schema.get("properties", {}).items()]  # fmt: skip
        if rows:
            parts.append("\n".join(["| key | is | takes |", "|---|---|---|", *rows]))
    return "\n\n".join(parts) + "\n"


def _meaning(node: dict[str, Any], known: dict[str, Any]) -> str:
    """Return what a key is, in words."""
    return str(node.get("description") or _target(node, known).get("description", ""))


def _values(node: dict[str, Any], known: dict[str, Any], deep: int = 3) -> str:
    """Return which values a key takes, in words."""
    if "enum" in node or "const" in node:
        values = node.get("enum", [node.get("const")])
        return ", ".join(f"`{one}`" for one in values if one is not None)
    if "$ref" in node:
        named = node["$ref"].rpartition("/")[2]
        target = known.get(named, {})
        return _values(target, known, deep - 1) if deep and "properties" not in target else named
    for several in ("anyOf", "oneOf", "allOf"):
        if several in node:
            found = [_values(one, known, deep) for one in node[several]]
            return " or ".join(dict.fromkeys(one for one in found if one and one != "null"))
    kind = node.get("type", "")
    return kind if isinstance(kind, str) else " or ".join(kind)


def _target(node: dict[str, Any], known: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = known.get(str(node.get("$ref", "")).rpartition("/")[2], {})
    return found


def _gallery() -> dict[str, str | bytes]:
    """Return a page of our looks and its pictures."""
    sheets = sorted(GALLERY.glob("*/*.png"))
    parts = ["# Gallery", SHOWN]
    if not sheets:
        parts.append("The pictures are made by `./dev docs`.")
    made: dict[str, str | bytes] = {}
    for sheet in sheets:
        kind, _, name = sheet.stem.partition("-")
        title = f"Every layout, in {name}" if sheet.parent.name == "layouts" else name.capitalize()
        if sheet.parent.name == "themes" and kind != "layouts":
            continue
        if sheet.parent.name == "layouts" and kind != "layouts":
            title = f"{kind.capitalize()}, in {name}"
        path = f"gallery/{sheet.parent.name}-{sheet.stem}.webp"
        made[path] = _shrunk(sheet)
        parts += [f"## {title}", f"![{title}: slides on a contact sheet]({path}){{ loading=lazy }}"]
    made["gallery.md"] = "\n\n".join(parts) + "\n"
    return made


def _shrunk(sheet: Path) -> bytes:
    stream = BytesIO()
    with Image.open(sheet) as picture:
        share = min(1, WIDE / picture.width)
        size = round(picture.width * share), round(picture.height * share)
        picture.convert("RGB").resize(size).save(stream, "WEBP", quality=82)
    return stream.getvalue()


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")
