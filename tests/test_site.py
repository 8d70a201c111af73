"""The documentation site: strict, made of the code, and it asks no other host for anything."""

import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

import pytest
import yaml

from generator.cli import threadpress
from generator.settings.schema import Settings

ROOT = Path(__file__).parents[1]
LOADS = {"script": "src", "img": "src", "link": "href", "iframe": "src", "source": "src"}


class Loaded(HTMLParser):
    """Collects what a page loads by itself."""

    def __init__(self) -> None:
        """Begin with nothing."""
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note what a tag loads."""
        given = dict(attrs)
        if tag in LOADS and given.get("rel") != "canonical":
            self.found.append(given.get(LOADS[tag]) or "")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the site, built as `./dev docs` does, without pictures of looks."""
    folder = tmp_path_factory.mktemp("site")
    built = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "-q", "--strict", "-d", folder],
        cwd=ROOT,
        env={
            "PATH": "/usr/bin:/bin",
            "NO_MKDOCS_2_WARNING": "1",
            "THREADPRESS_GALLERY": str(folder),
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert built.returncode == 0, built.stderr
    return folder


def test_no_page_asks_another_host_for_anything(site: Path) -> None:
    for page in site.rglob("*.html"):
        loaded = Loaded()
        loaded.feed(page.read_text("utf-8"))
        assert not [one for one in loaded.found if re.match(r"(https?:)?//", one)], page.name
    for sheet in site.rglob("*.css"):
        assert not re.search(r"(@import|url\()\s*[\"']?(https?:)?//", sheet.read_text("utf-8"))


def test_the_reference_has_every_command_and_setting(site: Path) -> None:
    options = (site / "reference/options.html").read_text("utf-8")
    for name in threadpress.list_commands(threadpress.make_context("threadpress", ["list"])):
        assert f'<h2 id="{name}">' in options
    assert "<pre><code>" not in options, "help is text, not code because it is indented"
    settings = (site / "reference/settings.html").read_text("utf-8")
    for name, field in Settings.model_fields.items():
        assert f"<code>{field.alias or name}</code>" in settings


def test_every_page_of_the_guide_is_in_the_navigation() -> None:
    nav = str(yaml.safe_load((ROOT / "mkdocs.yml").read_text("utf-8"))["nav"])
    for page in (ROOT / "docs").glob("*.md"):
        assert page.name in nav
