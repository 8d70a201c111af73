"""What an HTML comment says: settings for its post's slide, or a note that nobody sees."""

import difflib
import re

from generator import frontmatter
from generator.content._blocks import Comment
from generator.errors import GeneratorError, Problem, choices, error
from generator.model import Document

_KEY = re.compile(r"\s*([a-z][\w-]*)\s*:(?:\s|$)")
_NAME = re.compile(r"[a-z][\w-]*")
_NOTES = frozenset({"note", "notes", "todo", "fixme", "idea", "speaker", "source"})
_ALIKE = 0.75


def settings(comment: Comment, keys: frozenset[str], path: str) -> Document | None:
    """Return the settings that a comment holds, None if it is a note.

    It holds settings if it parses as a mapping whose every key is one of `keys`. Raises
    GeneratorError if it is plainly meant to and does not.
    """
    first = _KEY.match(comment.text)
    try:
        found = _read(comment, path)
    except GeneratorError:
        if first and first[1] in keys:
            raise
        return None
    unknown = [key for key in found.values if key not in keys]
    if not found.values or not unknown:
        return found if found.values else None
    if len(unknown) == len(found.values) and not all(_meant(key, keys) for key in unknown):
        return None
    raise GeneratorError(*(_unknown(key, found, keys) for key in unknown))


def _read(comment: Comment, path: str) -> Document:
    """Return the mapping in a comment: on one line without braces, on several as YAML blocks."""
    text, line, column = comment.text, comment.line, comment.column
    if "\n" not in text.strip():
        above = len(text) - len(text.lstrip("\n"))
        shift = column if not above else 1
        return frontmatter.inline(text.strip("\n"), path, line + above, shift)
    try:
        # Keys below each other: the first one stands behind `<!--`, so it is moved there.
        return frontmatter.parse(" " * (column - 1) + text, path, line)
    except GeneratorError:
        begun, newline, rest = text.partition("\n")
        if not begun.strip():
            raise
        spaces = len(begun) - len(begun.lstrip())
        return frontmatter.parse(begun.lstrip() + newline + rest, path, line, column + spaces)


def _meant(key: str, keys: frozenset[str]) -> bool:
    """Return whether a key is a known one with a slip of the finger."""
    if key in _NOTES or not _NAME.fullmatch(key):
        return False
    return bool(difflib.get_close_matches(key, keys, n=1, cutoff=_ALIKE))


def _unknown(key: str, found: Document, keys: frozenset[str]) -> Problem:
    hint = choices(key, keys)
    if found.values[key] is None and not _NAME.fullmatch(key):
        hint = "quote text that holds a comma; begin a note with other words than a setting's name"
    return error("key-unknown", f"there is no setting `{key}`", found.place(key), hint)
