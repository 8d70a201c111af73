"""Front matter is read as YAML 1.2 core, with the place of every key, and says what is wrong."""

import pickle
import string

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from generator import frontmatter
from generator.errors import GeneratorError, Location, Problem
from generator.model import Value


def _values(text: str) -> dict[str, Value]:
    return dict(frontmatter.parse(text, "file.md").values)


def _problems(text: str) -> tuple[Problem, ...]:
    with pytest.raises(GeneratorError) as told:
        frontmatter.parse(text, "file.md")
    return told.value.problems


def _told(text: str) -> list[str]:
    return [f"{each.location} {each.code}" for each in _problems(text)]


def test_every_key_and_entry_has_a_place() -> None:
    text = "outro:\n  title: The end\n  lines: [Save it, {text: Send it}]\n"
    found = frontmatter.parse(text, "file.md", line=2)
    assert found.places[("outro",)] == Location("file.md", 2, 1)
    assert found.places[("outro", "lines")] == Location("file.md", 4, 3)
    assert found.places[("outro", "lines", 0)] == Location("file.md", 4, 11)
    assert found.place("outro", "lines", 1, "text", "deeper") == Location("file.md", 4, 21)


@pytest.mark.parametrize(
    "typed", ["4:5", "no", "on", "off", "yes", "012", "2024-01-01", "1_000", "12:30:00", "0b1", "n"]
)
def test_what_yaml_once_changed_stays_text(typed: str) -> None:
    assert _values(f"key: {typed}") == {"key": typed}


def test_the_scalars_of_the_core_are_read() -> None:
    text = "[true, False, null, ~, 1, -2, 0x1F, 0o17, .5, 1e3, 2.50]"
    expected = [True, False, None, None, 1, -2, 31, 15, 0.5, 1000.0, 2.5]
    assert _values(f"key: {text}") == {"key": expected}


def test_a_decimal_prints_as_it_was_typed() -> None:
    value = _values("title: 3.10")["title"]
    assert (str(value), value) == ("3.10", 3.1)
    assert str(pickle.loads(pickle.dumps(value))) == "3.10"  # noqa: S301  our own bytes


def test_an_empty_text_is_an_empty_mapping() -> None:
    assert _values("") == _values("# only a comment\n") == {}


def test_the_settings_of_one_line_need_no_braces() -> None:
    found = frontmatter.inline(" layout: quote, pattern: {name: dots} ", "file.md", 7, 5)
    assert found.values == {"layout": "quote", "pattern": {"name": "dots"}}
    assert found.places[("layout",)] == Location("file.md", 7, 6)
    assert found.places[("pattern", "name")] == Location("file.md", 7, 31)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("a: 1\nb: [x, y\nc: 2\n", "file.md:2:4 yaml-syntax"),
        ('a: "x\nb: 2\n', "file.md:1:4 yaml-syntax"),
        ("a:\n\tb: 1\n", "file.md:2:1 yaml-tab"),
        ("handle: @you", "file.md:1:9 yaml-syntax"),
        ("title: Why: because", "file.md:1:11 yaml-syntax"),
        ("title: 'Why' not", "file.md:1:14 yaml-syntax"),
        ('a: "C:\\new\\x"', "file.md:1:13 yaml-syntax"),
        ("a: 1\n b: 2", "file.md:2:3 yaml-syntax"),
        ("- a\nb: 1", "file.md:2:1 yaml-syntax"),
        ("accent: #7c5cff", "file.md:1:9 hash-unquoted"),
        ("colors: {accent: #7c5cff}", "file.md:1:18 hash-unquoted"),
        ("title: The #1 reason", "file.md:1:12 hash-unquoted"),
        ("a: b\x07", "file.md:1:5 control-character"),
        ("a: b\u2028c", "file.md:1:5 control-character"),
        ("a: {b: 1, b: 2}", "file.md:1:11 key-duplicate"),
        ("a: &x 1", "file.md:1:4 yaml-alias"),
        ("a: *x", "file.md:1:4 yaml-alias"),
        ("a: !x 1", "file.md:1:4 yaml-tag"),
        ("<<: {a: 1}", "file.md:1:1 yaml-merge"),
        ("1: a", "file.md:1:1 key-not-text"),
        ("[a]: b", "file.md:1:1 key-not-text"),
        ("a: 1e999", "file.md:1:4 number-range"),
        ("- a", "file.md:1:1 not-a-mapping"),
        ("a: 1\n---\nb: 2", "file.md:2:1 yaml-syntax"),
        ("a: " + "[" * 900, "file.md:1:23 yaml-depth"),
        ("a: " + "[" * 200_000, "file.md:1:1003 yaml-depth"),
        ("{a: " * 100_000, "file.md:1:81 yaml-depth"),
    ],
    ids=lambda text: text[:20],
)
def test_a_mistake_is_told_where_it_begins(text: str, told: str) -> None:
    assert _told(text) == [told]


def test_a_key_that_stands_twice_names_both_lines() -> None:
    (problem,) = _problems("theme: night\ntitle: T\ntheme: mint\n")
    assert problem.location == Location("file.md", 3, 1)
    assert "line 1" in problem.message


def test_several_mistakes_are_told_together() -> None:
    assert _told("a: *x\na: 1\nb: &y 2\n") == [
        "file.md:1:4 yaml-alias",
        "file.md:2:1 key-duplicate",
        "file.md:3:4 yaml-alias",
    ]


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("handle: @you", 'write "@you"'),
        ("a: [@you, b]", 'write "@you"'),
        ("title: Why: because", 'write `title: "Why: because"`'),
        ("title:Why\na: 1", "put a space after the colon"),
        ("accent: #7c5cff", 'quote the text: "#7c5cff"; if it is a comment, '),
        ("theme", None),
    ],
)
def test_a_hint_says_what_to_write(text: str, hint: str | None) -> None:
    found = _problems(text)[0].hint
    assert found == hint if hint is None else str(found).startswith(hint)


def test_front_matter_is_parted_from_the_body() -> None:
    front, body, line = frontmatter.split("---\ntitle: T\n---\n\nWords.\n", "file.md")
    assert (front.values, body, line) == ({"title": "T"}, "\nWords.\n", 4)
    assert front.places[("title",)] == Location("file.md", 2, 1)


def test_a_file_may_have_no_front_matter() -> None:
    front, body, line = frontmatter.split("Words.\n\n---\n\nMore.\n", "file.md")
    assert (front.values, body, line) == ({}, "Words.\n\n---\n\nMore.\n", 1)


def test_a_file_is_read_with_any_line_ends_and_a_byte_order_mark() -> None:
    assert frontmatter.read_text("\ufeffa\r\nb\rc\n".encode(), "file.md") == "a\nb\nc\n"


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"abc\xff", "file.md:1:4 encoding"),
        ("é\n aé".encode() + b"\xe9", "file.md:2:4 encoding"),
        (b"\xef\xbb\xbfa\nb\xff", "file.md:2:2 encoding"),
        ("title".encode("utf-16"), "file.md:1:1 encoding"),
        (b"a\n\x00", "file.md:2:1 control-character"),
        (b"x" * (frontmatter.LIMIT_BYTES + 1), "file.md file-too-large"),
    ],
    ids=["byte", "later", "mark", "utf-16", "nul", "large"],
)
def test_what_is_no_text_is_refused_with_its_place(content: bytes, told: str) -> None:
    with pytest.raises(GeneratorError) as raised:
        frontmatter.read_text(content, "file.md")
    assert [f"{each.location} {each.code}" for each in raised.value.problems] == [told]


_TEXT = st.text(st.characters(blacklist_categories=("Cc", "Cs", "Cn", "Zl", "Zp")), max_size=20)
_KEYS = st.text(string.ascii_lowercase, min_size=1, max_size=8)
_DATA = st.recursive(
    st.none() | st.booleans() | st.integers(-1000, 1000) | _TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_KEYS, inner, max_size=3),
    max_leaves=8,
)


@given(st.dictionaries(_KEYS, _DATA, max_size=4), st.booleans())
def test_quoted_data_is_read_back_with_a_place_for_everything(
    data: dict[str, Value],
    flow: bool,  # noqa: FBT001  hypothesis gives it
) -> None:
    text = yaml.safe_dump(data, allow_unicode=True, default_flow_style=flow, default_style='"')
    text = text.replace('!!int "', '"').replace('!!bool "', '"').replace('!!null "', '"')
    found = frontmatter.parse(text, "file.md")
    assert _as_text(dict(found.values)) == _as_text(data)
    assert all((key,) in found.places for key in data)


def _as_text(value: Value) -> object:
    """Return data with its scalars as text, as quotes make them."""
    if isinstance(value, dict):
        return {key: _as_text(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_as_text(each) for each in value]
    return (
        "null" if value is None else str(value).lower() if isinstance(value, bool) else str(value)
    )


@given(st.text(max_size=60))
def test_any_text_is_read_or_refused_with_a_place(text: str) -> None:
    try:
        read = frontmatter.read_text(text.encode("utf-8", "surrogatepass"), "file.md")
        frontmatter.split(read, "file.md")
        frontmatter.parse(read, "file.md")
    except GeneratorError as told:
        assert all(each.location and each.location.line for each in told.problems)  # noqa: PT017


@given(st.text("ab:-#[]{}\"'@&*!|>%`,? \n\t", max_size=40))
def test_any_signs_are_read_or_refused_with_a_place(text: str) -> None:
    for read in (frontmatter.parse, lambda given, path: frontmatter.inline(given, path, 1, 1)):
        try:
            read(text, "file.md")
        except GeneratorError as told:
            assert all(each.location and each.location.line for each in told.problems)  # noqa: PT017
