"""Plain values as the YAML that a person would have typed: small mappings on one line."""

import json
import re
from collections.abc import Iterator, Mapping

from generator.model import Value

_PLAIN = re.compile(r"[^\W\d_](?:[\w .'\u2019()/&+-]*[\w.'\u2019()/&+-])?")
_UNPRINTED = re.compile(r"[\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")
_RESERVED = frozenset(["true", "false", "null", "yes", "no", "on", "off", "y", "n", "nan", "inf"])
"""Words that one YAML reader or another takes for something else than the word."""


def block(values: Mapping[str, Value]) -> str:
    """Return one line a key, as front matter has it."""
    return "".join(f"{scalar(key)}: {flow(value)}\n" for key, value in values.items())


WIDE = 88
"""Letters of a line from which a mapping stands with a line a key."""


def tree(values: Mapping[str, Value], indent: str = "") -> Iterator[str]:
    """Yield the lines of a file of settings: large mappings indented, small ones on one line."""
    for key, value in values.items():
        line = f"{indent}{scalar(key)}: {flow(value)}\n"
        if isinstance(value, dict) and value and len(line) > WIDE:
            yield f"{indent}{scalar(key)}:\n"
            yield from tree(value, f"{indent}  ")
        else:
            yield line


def inline(values: Mapping[str, Value]) -> str:
    """Return the values as a comment's one line has them: a flow mapping without its braces."""
    return ", ".join(f"{scalar(key)}: {flow(value)}" for key, value in values.items())


def flow(value: Value) -> str:
    """Return a value on one line."""
    if isinstance(value, dict):
        return f"{{{inline(value)}}}"
    if isinstance(value, list):
        return f"[{', '.join(flow(entry) for entry in value)}]"
    return scalar(value) if isinstance(value, str) else json.dumps(value)


def scalar(text: str) -> str:
    """Return a text as it is where YAML reads it so, else quoted; it can't end a comment."""
    if _PLAIN.fullmatch(text) and text.lower() not in _RESERVED and "--" not in text:
        return text
    quoted = _UNPRINTED.sub(
        lambda sign: f"\\u{ord(sign[0]):04x}", json.dumps(text, ensure_ascii=False)
    )
    return quoted.replace("--", "-\\x2d")
