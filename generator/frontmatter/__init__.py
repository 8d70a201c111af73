"""Front matter: YAML as YAML 1.2 core reads it, with the place of every key and list entry.

`read_text` turns a file's bytes into text, `split` parts front matter from body, `parse` reads a
YAML text, `inline` the settings of a one-line comment.
"""

from generator.frontmatter._text import LIMIT_BYTES, read_text, split
from generator.frontmatter._yaml import LIMIT_DEPTH, inline, parse

__all__ = ["LIMIT_BYTES", "LIMIT_DEPTH", "inline", "parse", "read_text", "split"]
