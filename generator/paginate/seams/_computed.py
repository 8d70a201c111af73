"""Computed styles that start from what was computed for the same place before."""

import logging
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from weasyprint.css import AnonymousStyle, ComputedStyle

from generator.paginate.seams._nodes import Template

SPECIFIED = ("position", "float", "display")
"""Properties whose specified values WeasyPrint keeps beside the computed ones."""
HARMLESS = frozenset({"overflow", "counter_set", "counter_reset", "counter_increment"})
"""What layout writes into styles of every document, and nothing is computed from."""


class _Notice(logging.Filter):
    """Counts what happens that makes a value one document's own."""

    def __init__(self) -> None:
        """Start with nothing noticed."""
        super().__init__()
        self.said = 0
        self.sized = 0

    def filter(self, record: logging.LogRecord) -> bool:  # noqa: ARG002  its interface
        """Count a line of WeasyPrint's log, and let it pass."""
        self.said += 1
        return True


notice = _Notice()


@dataclass(slots=True)
class Document:
    """Whether layout has written into a style of a document, and whether any is spoiled."""

    written: bool = False
    spoiled: bool = False


class Computed(ComputedStyle):  # type: ignore[misc]  # WeasyPrint is untyped
    """A style that takes values from a template, and gives it those that it computes.

    Layout writes into styles: what is computed after that is kept out of the template, here and
    below.
    """

    def __init__(self, document: Document, template: Template, *stock: Any) -> None:  # noqa: ANN401
        """Take over what is known."""
        self.document = document
        document.spoiled |= template.spoiled
        self.template: Template | None = template
        self.busy = 0
        super().__init__(*stock)
        self.update(template.values)
        self.specified.update(template.specified)

    @property
    def initial_page_sizes(self) -> Any:  # noqa: ANN401
        """Return the sizes of the first page; who asks computes something of this document only."""
        notice.sized += 1
        return self.sizes

    @initial_page_sizes.setter
    def initial_page_sizes(self, sizes: Any) -> None:  # noqa: ANN401
        self.sizes = sizes

    @cached_property
    def anonymous_style(self) -> AnonymousStyle:
        """Return the style of anonymous boxes in this one's box."""
        if self.template is None:
            return AnonymousStyle(self)
        return Anonymous(self, self.template.below())

    def copy(self) -> ComputedStyle:
        """Return a style of its own."""
        return _copied(self, self.sizes, self)

    def __setitem__(self, key: str, value: Any) -> None:  # noqa: ANN401
        """Write a value; from outside it cuts the style off from its template."""
        if not self.busy and key not in HARMLESS:
            self.template, self.document.written = None, True
        dict.__setitem__(self, key, value)

    def __missing__(self, key: str) -> Any:  # noqa: ANN401
        """Return a value that was computed for another document meanwhile, or compute it."""
        template = self.template
        if template is not None and key in template.values and key not in SPECIFIED:
            value = template.values[key]
            dict.__setitem__(self, key, value)
            return value
        said, sized = notice.said, notice.sized
        self.busy += 1
        try:
            value = super().__missing__(key)
        finally:
            self.busy -= 1
        if template is not None and not template.spoiled:
            if (notice.said, notice.sized) != (said, sized):
                template.spoil()
                self.document.spoiled = True
            elif _pure(self) and not (key in HARMLESS and key in self.cascaded):
                template.values[key] = value
                template.specified.update(self.specified)
        return value


class Copied(ComputedStyle):  # type: ignore[misc]  # WeasyPrint is untyped
    """A copy, as tables and grids write into: what it lacks is computed by its original."""

    original: Computed

    def __missing__(self, key: str) -> Any:  # noqa: ANN401
        """Return the value that the original has."""
        original = self.original
        if key in SPECIFIED or original.template is None:
            return super().__missing__(key)
        value = original[key]
        dict.__setitem__(self, key, value)
        return value

    def copy(self) -> ComputedStyle:
        """Return a style of its own, of the same original."""
        return _copied(self, self.initial_page_sizes, self.original)


def _copied(style: ComputedStyle, sizes: Any, original: Computed) -> Copied:  # noqa: ANN401
    """Return a copy of a style, which asks `original` for what it lacks."""
    made = Copied(
        style.parent_style,
        style.cascaded,
        style.pseudo_type,
        style.root_style,
        style.base_url,
        style.font_config,
        sizes,
    )
    made.update(style)
    made.specified = style.specified.copy()
    made.original = original
    return made


class Anonymous(AnonymousStyle):  # type: ignore[misc]  # WeasyPrint is untyped
    """A style of anonymous boxes that takes values from a template, as `Computed` does."""

    def __init__(self, parent_style: Any, template: Template) -> None:  # noqa: ANN401
        """Take over what is known."""
        self.document = parent_style.document
        self.template: Template | None = template
        self.busy = 0
        super().__init__(parent_style)
        if not (template.spoiled or template.values):
            template.values.update(self)  # what WeasyPrint starts with: no borders
        self.update(template.values)

    @cached_property
    def anonymous_style(self) -> AnonymousStyle:
        """Return the style of anonymous boxes in this one's box."""
        if self.template is None:
            return AnonymousStyle(self)
        return Anonymous(self, self.template.below())

    def __setitem__(self, key: str, value: Any) -> None:  # noqa: ANN401
        """Write a value; from outside it cuts the style off from its template."""
        if not self.busy and key not in HARMLESS:
            self.template, self.document.written = None, True
        dict.__setitem__(self, key, value)

    def __missing__(self, key: str) -> Any:  # noqa: ANN401
        """Compute a value, for other documents too."""
        template = self.template
        said, sized = notice.said, notice.sized
        self.busy += 1
        try:
            value = super().__missing__(key)
        finally:
            self.busy -= 1
        if template is not None and not template.spoiled:
            if (notice.said, notice.sized) != (said, sized):
                template.spoil()
                self.document.spoiled = True
            elif _pure(self):
                template.values[key] = value
        return value


def _pure(style: Any) -> bool:  # noqa: ANN401
    """Return whether a style and all above it are as they were computed, in any document."""
    if not (style.document.written or style.document.spoiled):
        return True
    while style is not None:
        template = style.template
        if template is None or template.spoiled:
            return False
        style = style.parent_style
    return True
