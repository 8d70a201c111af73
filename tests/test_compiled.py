"""Templates are compiled once, and what is kept of them is not trusted blindly."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from jinja2.sandbox import ImmutableSandboxedEnvironment

from generator.compose import _compiled
from generator.compose._compiled import Compiled, code, compiled

TEXT = "{{ 1 + 1 }}"


@pytest.fixture(autouse=True)
def _a_process_of_its_own() -> Iterator[None]:
    compiled.cache_clear()
    yield
    compiled.cache_clear()


class Counting(ImmutableSandboxedEnvironment):
    """A sandbox that counts what it compiles."""

    count = 0

    def compile(self, *arguments: object, **named: object) -> object:  # type: ignore[override]
        """Count, and compile."""
        self.count += 1
        return super().compile(*arguments, **named)  # type: ignore[call-overload]


def _shown(room: Counting, text: str = TEXT, name: str = "x.jinja") -> str:
    made = room.template_class.from_code(room, code(room, text, name), room.make_globals(None))
    return made.render()


def _kept(tmp_path: Path) -> list[Path]:
    return sorted((tmp_path / ".cache" / "threadpress" / "templates").iterdir())


def test_a_template_is_compiled_once_a_process() -> None:
    room = Counting()
    assert [_shown(room), _shown(room)] == ["2", "2"]
    assert room.count == 1


def test_a_later_process_does_not_compile_it_again() -> None:
    _shown(Counting())
    compiled.cache_clear()
    room = Counting()
    assert _shown(room) == "2"
    assert room.count == 0


def test_a_template_whose_text_changed_is_compiled_anew() -> None:
    room = Counting()
    _shown(room)
    assert _shown(room, "{{ 2 + 2 }}") == "4"


def test_templates_of_the_same_text_are_told_apart_by_name() -> None:
    room = Counting()
    for name in ("one.jinja", "two.jinja"):
        assert code(room, TEXT, name).co_filename == name


@pytest.mark.parametrize("spoilt", [b"", b"x", b"x" * 500])
def test_what_is_spoilt_is_compiled_anew(tmp_path: Path, spoilt: bytes) -> None:
    _shown(Counting())
    (kept,) = _kept(tmp_path)
    kept.write_bytes(spoilt)
    compiled.cache_clear()
    room = Counting()
    assert _shown(room) == "2"
    assert room.count == 1


def test_one_flipped_bit_is_noticed(tmp_path: Path) -> None:
    _shown(Counting())
    (kept,) = _kept(tmp_path)
    content = bytearray(kept.read_bytes())
    content[-5] ^= 1
    kept.write_bytes(content)
    compiled.cache_clear()
    room = Counting()
    assert _shown(room) == "2"
    assert room.count == 1


def test_the_oldest_go_when_there_are_too_many(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(_compiled, "MOST", 3)
    for number in range(6):
        _shown(Counting(), TEXT, f"{number}.jinja")
    assert len(_kept(tmp_path)) == 3


def test_without_a_folder_all_goes_on() -> None:
    keeper = Compiled(None)
    room = Counting(bytecode_cache=keeper)
    bucket = keeper.get_bucket(room, "x", "x", TEXT)
    bucket.code = room.compile(TEXT, "x", "x")  # type: ignore[assignment]
    keeper.set_bucket(bucket)
    assert keeper.get_bucket(room, "x", "x", TEXT).code == bucket.code


def test_a_folder_that_is_a_link_is_not_used(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    cache = tmp_path / ".cache" / "threadpress"
    cache.mkdir(parents=True)
    (cache / "templates").symlink_to(tmp_path / "elsewhere")
    assert _shown(Counting()) == "2"
    assert not list((tmp_path / "elsewhere").iterdir())
