"""Tables that lost their columns get them back by the names of these, and not a word changes."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from generator.cli import threadpress
from generator.importers import Imported, ImportedPost, columns

SEED = Path(__file__).parents[2] / "shared" / "seeds" / "002_a730a20a9ebcdecf.txt"
NAMES = ("Way", "Fast one", "Slow (but sure)")
LINES = (
    "Way Fast one Slow (but sure)",
    "Memory Use Low (About 2 GB) High",
    "Known Trouble Words get lost None known",
    "Start-up ~5 seconds 20 minutes",
)
TABLE = """\
| Way | Fast one | Slow (but sure) |
|---|---|---|
| Memory Use | Low (About 2 GB) | High |
| Known Trouble | Words get lost | None known |
| Start-up | ~5 seconds | 20 minutes |"""


def tabled(markdown: str, *wanted: tuple[str, ...]) -> tuple[str, list[str]]:
    """Return a post's Markdown with its tables, and the codes of what is told."""
    imported = Imported((ImportedPost("1", markdown),))
    made, told = columns.tabled(imported, wanted, "page.txt", set())
    return made.posts[0].markdown, [problem.code for problem in told]


@pytest.mark.parametrize("end", ["\\\n", "\n"])
def test_lines_become_a_table_by_the_names_of_its_columns(end: str) -> None:
    text = f"Before.\n\n{end.join(LINES)}\n\nBehind."
    assert tabled(text, ("Other", "Columns"), NAMES) == (f"Before.\n\n{TABLE}\n\nBehind.", [])


def test_a_row_with_too_few_cells_leaves_all_as_it_was() -> None:
    text = "\\\n".join([*LINES, "nothing that could begin a cell"])
    assert tabled(text, NAMES) == (text, ["columns-unfit"])


def test_a_table_is_known_as_the_lines_that_it_came_from() -> None:
    assert columns.flattened("\\\n".join(LINES), TABLE)
    assert not columns.flattened("\\\n".join(LINES[:-1]), TABLE)
    assert not columns.flattened(TABLE, TABLE)


def test_names_are_typed_between_bars() -> None:
    assert columns.names("| Way | Fast one|Slow (but sure) |") == NAMES
    assert columns.names(" | ") == ()


WORDS = st.lists(st.text("aB1(|)~\\-é", min_size=1, max_size=4), min_size=1, max_size=12)


@given(st.lists(WORDS, min_size=1, max_size=4))
def test_no_word_is_lost_whatever_the_lines_hold(rows: list[list[str]]) -> None:
    lines = ["One Two", *(" ".join(row) for row in rows)]
    made, _ = tabled("\\\n".join(lines), ("One", "Two"))
    bare = made.replace("|---|---|", "").replace("\\\n", "\n").replace("\\|", "|")
    assert "".join(bare.replace("|", "").split()) == "".join(
        " ".join(lines).replace("\\|", "|").replace("|", "").split()
    )


def run(*arguments: str) -> Result:
    """Run `threadpress import`."""
    return CliRunner().invoke(threadpress, ["import", *arguments])


def test_columns_are_shown_before_they_are_written_and_survive_an_update(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not SEED.is_file():
        pytest.skip("the seeds are not here")
    monkeypatch.chdir(tmp_path)
    names = "Dimension | Naive RTN W8A8 | LLM.int8() | SmoothQuant"
    result = run(str(SEED), "--thread", "15", "--slug", "ptq", "--columns", names)
    assert result.exit_code == 0, result.output
    row = "| Data Requirements | None | None | ~512 text sequences for calibration |"
    assert f"+{row}" in result.stderr
    written = (tmp_path / "ptq.md").read_text("utf-8")
    assert row in written
    assert "table-flattened" not in result.stderr
    assert "file-unchanged" in run(str(SEED), "--thread", "15", "--slug", "ptq", "--update").stderr
    assert (tmp_path / "ptq.md").read_text("utf-8") == written


def test_columns_of_no_table_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.md").write_text("# One\n\nTwo.\n", "utf-8")
    result = run("a.md", "--slug", "b", "--columns", "One | Three")
    assert result.exit_code == 0, result.output
    assert "warning[columns-unknown]: no line reads `One Three`" in result.stderr
