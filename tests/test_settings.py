"""The cascade: which of many layers wins, what is locked, and how `explain` tells it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.errors import Location
from generator.model import Document, Value
from generator.settings.cascade import Layer, merge
from tests.project import Project

CASCADE = Path(__file__).parent / "fixtures" / "settings" / "cascade.md"
ORDER = ["canvas", "theme", "threadpress.yaml", "brand", "profile", "preset", "front matter",
         "targets.x", "command line"]  # fmt: skip


def cases() -> Iterator[tuple[str, str, str]]:
    """Yield each case of the fixture: its sentence, its files, what `explain` has to print."""
    name = files = ""
    for part in CASCADE.read_text("utf-8").split("%%%% ")[1:]:
        head, _, rest = part.partition("\n")
        if head == "gives":
            yield name, files, rest.strip()
        else:
            name, files = head, rest


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """Return an empty project."""
    return Project(tmp_path)


@pytest.mark.parametrize(("files", "expected"), [case[1:] for case in cases()],
                         ids=[case[0] for case in cases()])  # fmt: skip
def test_explain_says_what_holds_and_why(project: Project, files: str, expected: str) -> None:
    for part in files.split("== ")[1:]:
        path, _, content = part.partition("\n")
        project.file(path, content)
    ended = project.run("explain", str(project.root / "content" / "talk.md"))
    assert ended.code == 0, ended.err
    told = [" ".join(line.split()) for line in ended.out.splitlines()]
    at = 0
    for line in expected.splitlines():
        if line.startswith("!"):
            assert line[2:] in ended.problems
        elif line.startswith("- "):
            assert not any(each.split(" ")[0] == line[2:] for each in told)
        elif line.startswith("#"):
            at = told.index(line)
        else:
            assert line in told[at:]
    wanted = [line for line in expected.splitlines() if line.startswith("!")]
    assert len(ended.problems) == len(wanted)


def layer(name: str, values: dict[str, Value]) -> Layer:
    """Return a layer whose every value has the layer's name as its place."""
    return Layer(name, Document(values, {(): Location(name, 1)}, name))


def test_each_layer_wins_over_all_that_are_weaker() -> None:
    layers = [layer(name, {"lang": name}) for name in ORDER]
    for end in range(1, len(layers) + 1):
        settled = merge(layers[:end], "x")
        assert settled.get("lang") == ORDER[end - 1]
        assert settled.origins["lang",] == ORDER[end - 1]


KEYS = st.sampled_from(["a", "b", "c"])
LEAVES = st.none() | st.integers(0, 3) | st.lists(st.integers(0, 3), max_size=2)
VALUES = st.recursive(LEAVES, lambda inner: st.dictionaries(KEYS, inner, max_size=3), max_leaves=6)
LAYERS = st.lists(st.dictionaries(KEYS, VALUES, max_size=3), min_size=1, max_size=4)


def merged(one: object, other: object) -> object:
    """Return what the design says of two values, in its plainest form."""
    if other is None:
        return one
    if isinstance(other, dict):
        base = one if isinstance(one, dict) else {}
        return {**base, **{key: merged(base.get(key), value) for key, value in other.items()
                           if value is not None}}  # fmt: skip
    return other


@given(LAYERS)
@settings(max_examples=150)
def test_mappings_merge_by_key_nulls_change_nothing_and_the_rest_replaces(
    given_layers: list[dict[str, Value]],
) -> None:
    expected: object = {}
    for values in given_layers:
        expected = merged(expected, values)
    settled = merge((layer(f"{n}", values) for n, values in enumerate(given_layers)), "x")
    assert dict(settled.document.values) == expected


@given(LAYERS)
@settings(max_examples=60)
def test_every_value_has_the_name_of_the_last_layer_that_set_it(
    given_layers: list[dict[str, Value]],
) -> None:
    settled = merge((layer(f"{n}", values) for n, values in enumerate(given_layers)), "x")
    for keys, origin in settled.origins.items():
        value: object = given_layers[int(origin)]
        for key in keys:
            assert isinstance(value, dict | list)
            value = value[key]  # type: ignore[index]  # both kinds, by their own keys
        assert value is not None


@given(LAYERS, st.sampled_from(["a", "b", "a.b", "b.c"]))
@settings(max_examples=100)
def test_no_layer_behind_the_brand_changes_what_is_locked(
    given_layers: list[dict[str, Value]], lock: str
) -> None:
    brand, *later = given_layers
    before = merge([layer("brand", brand)], "x")
    layers = [layer("brand", brand), *(layer("front matter", values) for values in later)]
    after = merge(layers, "x", [lock])
    assert after.get(*lock.split(".")) == before.get(*lock.split("."))
    tried = [values for values in later if touches(values, lock.split("."))]
    assert bool(after.problems) == bool(tried)


def touches(values: object, keys: list[str]) -> bool:
    """Return whether values set something at the keys, or put something else in their way."""
    if not keys:
        return values is not None
    if isinstance(values, dict):
        return touches(values.get(keys[0]), keys[1:])
    return values is not None


def test_a_locked_setting_cannot_be_changed_by_the_command_line(project: Project) -> None:
    project.file("themes/_brands/acme/brand.yaml", "theme: paper\nlocked: [theme]")
    project.thread("brand: acme")
    prepared = project.prepared(theme="night")
    assert prepared.carousels[0].theme.name == "paper"
    assert [(str(p.location), p.code) for p in prepared.problems] == [("command line", "locked")]


def test_a_locked_setting_cannot_be_changed_for_one_slide(project: Project) -> None:
    project.file(
        "themes/_brands/acme/brand.yaml",
        "pattern: grid\ntypography: {body: 18}\nlocked: [pattern, typography.body]",
    )
    project.thread(
        "brand: acme\nslides: [{post: 1, pattern: dots}]",
        "<!--\npattern: glow\ntypography: {body: 30, title: 40}\n-->\nWords.",
    )
    prepared = project.prepared()
    (slide,) = prepared.carousels[0].slides
    assert slide.pattern
    assert slide.pattern.name == "grid"
    assert slide.sizes == {"body": 18, "title": 40}
    assert [str(problem.location) for problem in prepared.problems] == [
        "content/talk.md:6:1", "content/talk.md:7:14", "content/talk.md:3:20",
    ]  # fmt: skip
    assert {problem.code for problem in prepared.problems} == {"locked"}


def test_a_locked_author_is_not_taken_from_the_front_matter(project: Project) -> None:
    project.file("themes/_brands/acme/brand.yaml", "name: Acme\nlocked: [author]")
    project.thread("brand: acme\nauthor: {name: Somebody Else}")
    assert project.carousel().speaker == "Acme"


@pytest.mark.parametrize(
    ("typography", "role", "size"),
    [
        ("{title: 36}", "title", 97.2),
        ("{body: 18}", "body", 48.6),
        ("{meta: 12}", "meta", 32.4),
        ("{meta: 4}", "meta", 24),
        ("{body: 4}", "body", 28),
        ("{}", "body", 41),
    ],
)
def test_typography_counts_in_px_of_a_canvas_400_wide_and_keeps_the_floor(
    project: Project, typography: str, role: str, size: float
) -> None:
    from generator.compose.tokens import scale  # noqa: PLC0415

    project.thread(f"typography: {typography}")
    carousel = project.carousel()
    assert scale(carousel.theme, carousel.slides[1].sizes)[role] == pytest.approx(size)


def test_settings_of_the_command_line_reach_into_mappings(project: Project) -> None:
    project.thread("typography: {title: 30}")
    ended = project.run(
        "explain", str(project.root / "content/talk.md"), "--set", "typography.body=20",
        "--set", "cover.kicker=New", "--files", "pdf,png", "--target", "story",
    )  # fmt: skip
    told = [" ".join(line.split()) for line in ended.out.splitlines()]
    assert told[0] == "# content/talk.md for story"
    assert "typography.body 20 (command line, command line)" in told
    assert "typography.title 30 (front matter, content/talk.md:2:14)" in told
    assert "cover.kicker New (command line, command line)" in told
    assert "files.1 png (command line, command line)" in told


def test_a_brand_may_differ_by_target(project: Project) -> None:
    project.file("themes/_brands/acme/brand.yaml", "name: Acme\nprofiles: {two: {name: Two}}")
    project.thread("brand: acme\ntargets:\n  linkedin:\n  story: {brand: acme/two}")
    carousels = project.prepared().carousels
    assert [(one.canvas.name, one.speaker) for one in carousels] == [
        ("linkedin", "Acme"), ("story", "Two"),
    ]  # fmt: skip
