"""YAML text to a Document, event by event: nothing is built before its depth and kind are known."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from generator.errors import GeneratorError, Location, Problem, error
from generator.frontmatter import _faults
from generator.frontmatter._scalars import scalar
from generator.model import Document, KeyPath, Value

LIMIT_DEPTH = 20
"""Levels of nesting. libyaml's composer breaks the process at 200,000 (reliability.md)."""

# What YAML refuses, and three line breaks that YAML knows and an editor does not: places would be
# wrong from there on.
# Named by what is refused: the same set by what is allowed takes 3 ms to compile.
_ODD = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]")

# Events of PyYAML, which has no types for them.
_Event = Any
_Events = Iterator[_Event]


def parse(text: str, path: str, line: int = 1, column: int = 1) -> Document:
    """Return the mapping that a YAML text writes, with the place of each key and list entry.

    `line` and `column` say where in the file the text begins. Raises GeneratorError with all
    problems that were found: yaml-syntax, key-duplicate, yaml-alias, yaml-depth …
    """
    return _Reader(text, path, line, column).document()


def inline(text: str, path: str, line: int, column: int) -> Document:
    """Return the settings of a one-line comment: a flow mapping without its braces."""
    return _Reader("{" + text + "\n}", path, line, column - 1).document()


@dataclass(slots=True)
class _Reader:
    """Reads one YAML text; `problems` are gathered, a syntax error ends it."""

    text: str
    path: str
    line: int
    column: int
    places: dict[KeyPath, Location] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)

    def document(self) -> Document:
        """Return the whole text as a Document."""
        import yaml  # noqa: PLC0415  a build with nothing to do never loads it

        self.lines = self.text.split("\n")
        self._refuse_odd_characters()
        events = yaml.parse(self.text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
        values: dict[str, Value] = {}
        try:
            values = self._root(iter(events))
        except yaml.MarkedYAMLError as fault:
            self.problems.append(_faults.syntax(self._fault(fault)))
        if self.problems:
            raise GeneratorError(*self.problems)
        return Document(values, self.places, self.path)

    def _fault(self, told: Any) -> _faults.Fault:  # noqa: ANN401  PyYAML has no types
        """Return a syntax error in plain values."""
        opened, met = told.context_mark, told.problem_mark
        return _faults.Fault(
            self.lines,
            self._at,
            told.context or "",
            (opened.line, opened.column) if opened else None,
            told.problem or "",
            (met.line, met.column),
        )

    def _refuse_odd_characters(self) -> None:
        if odd := _ODD.search(self.text):
            line = self.text.count("\n", 0, odd.start())
            place = self._at(line, odd.start() - self.text.rfind("\n", 0, odd.start()) - 1)
            message = f"there is an invisible control character here, U+{ord(odd[0]):04X}"
            raise GeneratorError(error("control-character", message, place, "delete it"))

    def _root(self, events: _Events) -> dict[str, Value]:
        """Return the one mapping that the text may hold; nothing at all is an empty one."""
        next(events)
        if _kind(next(events)) == "StreamEnd":
            return {}
        first = next(events)
        place = self._place(first)
        value = self._value(first, events, ())
        next(events)
        if _kind(then := next(events)) != "StreamEnd":
            self._say("yaml-syntax", "a second YAML document begins here", self._place(then))
        if isinstance(value, dict):
            self.places[()] = place
            return value
        if value is not None:
            self._say(
                "not-a-mapping",
                "these are no settings: every line has to be `key: value`",
                place,
                "put a space after the colon" if _colon_without_space(value) else None,
            )
        return {}

    def _value(self, event: _Event, events: _Events, path: KeyPath) -> Value:
        """Return the value that begins with an event; the rest of it is taken from `events`."""
        kind = _kind(event)
        self._refuse_extras(event, kind)
        if kind == "Alias":
            return None
        if kind == "Scalar":
            return self._scalar(event)
        if len(path) >= LIMIT_DEPTH:
            message = f"more than {LIMIT_DEPTH} levels of nesting"
            raise GeneratorError(*self.problems, error("yaml-depth", message, self._place(event)))
        if kind == "SequenceStart":
            return self._list(events, path)
        return self._mapping(events, path)

    def _list(self, events: _Events, path: KeyPath) -> list[Value]:
        entries: list[Value] = []
        while _kind(event := next(events)) != "SequenceEnd":
            here = (*path, len(entries))
            self.places[here] = self._place(event)
            entries.append(self._value(event, events, here))
        return entries

    def _mapping(self, events: _Events, path: KeyPath) -> dict[str, Value]:
        values: dict[str, Value] = {}
        while _kind(event := next(events)) != "MappingEnd":
            key = self._key(event, events, path)
            here, place = (*path, key), self._place(event)
            if first := self.places.get(here):
                self._say(
                    "key-duplicate",
                    f"`{key}` stands here again: line {first.line} has it already",
                    place,
                    "keep one of the two",
                )
            else:
                self.places[here] = place
            value = self._value(next(events), events, here if first is None else (*path, ""))
            values.setdefault(key, value)
        return values

    def _key(self, event: _Event, events: _Events, path: KeyPath) -> str:
        """Return a key; one that is no text is a problem."""
        value = self._value(event, events, (*path, ""))
        if isinstance(value, str) and value != "<<":
            return value
        code, message = "key-not-text", "a key has to be text"
        if value == "<<":
            code, message = "yaml-merge", "merge keys (`<<`) are not read"
        typed = event.value if _kind(event) == "Scalar" else ""
        hint = f'quote it: `"{typed}":`' if typed and value != "<<" else "write the keys out"
        self._say(code, message, self._place(event), hint)
        return typed

    def _scalar(self, event: _Event) -> Value:
        text: str = event.value
        if event.style:
            return text
        mark = event.end_mark
        rest = self.lines[mark.line][mark.column :] if mark.line < len(self.lines) else ""
        if lost := _faults.lost_to_comment(text, rest):
            column, problem = lost
            self.problems.append(problem.at(self._at(mark.line, mark.column + column)))
        try:
            return scalar(text)
        except ValueError as fault:
            self._say("number-range", str(fault), self._place(event))
            return None

    def _refuse_extras(self, event: _Event, kind: str) -> None:
        """Refuse what makes YAML more than data: aliases, anchors, tags."""
        if kind == "Alias" or event.anchor:
            sign = "*" if kind == "Alias" else "&"
            message = f"`{sign}{event.anchor}` is a YAML alias, which is not read"
            hint = f"quote the text if it begins with `{sign}`; else write the value out"
            self._say("yaml-alias", message, self._place(event), hint)
        elif event.tag:
            message, hint = f"`{event.tag}` is a YAML tag, which is not read", "quote the text"
            self._say("yaml-tag", message, self._place(event), hint)

    def _say(self, code: str, message: str, place: Location, hint: str | None = None) -> None:
        self.problems.append(error(code, message, place, hint))

    def _place(self, event: _Event) -> Location:
        return self._at(event.start_mark.line, event.start_mark.column)

    def _at(self, line: int, column: int) -> Location:
        """Return the place in the file of a line and column of this text, both from 0."""
        shift = self.column if line == 0 else 1
        return Location(self.path, self.line + line, column + shift)


def _kind(event: _Event) -> str:
    return type(event).__name__.removesuffix("Event")


def _colon_without_space(value: Value) -> bool:
    return isinstance(value, str) and re.match(r"[\w-]+:\S", value) is not None
