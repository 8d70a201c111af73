"""One page's share of the structure tree, and its links: WeasyPrint's own, with open numbers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pydyf  # type: ignore[import-untyped]
from weasyprint.pdf.anchors import add_links
from weasyprint.pdf.tags import _build_box_tree as build_box_tree

from generator.paginate.fragments.blanks import Blank, Local, Open, UnlikeError, blank

PAGE, DOCUMENT, ANNOTATIONS = 1, 2, 3
"""The slots of a page, of the document's element, and of the page's first annotation."""
BETWEEN = b"\xff"
"""Parts objects; no byte above 127 is in a structure element: other text is written as hex."""


@dataclass(frozen=True, slots=True)
class Standing:
    """The numbers that a page's structure depends on."""

    page: int
    document: int
    parents: int
    first: int


@dataclass(slots=True)
class Structure:
    """A page's annotations and structure elements; the last rendering is kept."""

    annotations: Blank
    count: int
    elements: Blank
    parents: int
    """How many entries the annotations take in the parent tree."""
    size: int
    """How many structure elements there are."""
    _at: Standing | None = None
    _done: tuple[list[bytes], list[bytes]] = ((), ())  # type: ignore[assignment]

    def rendered(self, at: Standing) -> tuple[list[bytes], list[bytes]]:
        """Return annotations and elements as they stand in a file.

        After the elements come the page's array in the parent tree, one reference for each
        annotation there, and the array of the roots.
        """
        if self._at != at:
            annotations = range(at.page + 1, at.page + 1 + self.count)
            parents = range(at.parents, at.parents + self.count)
            elements = range(at.first, at.first + self.size)
            numbers = [0, at.page, at.document, *annotations, *parents, *elements]
            self._done = (
                self.annotations.filled(numbers).split(BETWEEN)[: self.count],
                self.elements.filled(numbers).split(BETWEEN),
            )
            self._at = at
        return self._done


def annotated(links: Sequence[Any], matrix: Any) -> tuple[Local, Any]:  # noqa: ANN401
    """Return a page's link annotations, and the page that has them; its boxes know them now."""
    local = Local(ANNOTATIONS)
    page = pydyf.Dictionary()
    page.number = -PAGE
    add_links((links, ()), matrix, local, page, [], {})
    return local, page


def structure(page_box: Any, links: Local, tags: Mapping[Any, Any]) -> Structure:  # noqa: ANN401
    """Return the structure of a page that was painted with `tags`."""
    count = len(links.objects)
    document = pydyf.Dictionary({"S": "/Document"})
    document.number = -DOCUMENT
    nums: dict[int, Any] = {}
    annotations: list[tuple[bytes, Any]] = []
    tags = dict(tags)
    # Every annotation that the tree has takes a number in the parent tree: at most all of them.
    local = Local(ANNOTATIONS + 2 * count)
    elements = build_box_tree(page_box, document, local, 0, nums, annotations, tags)
    roots = [element.reference for element in elements]
    known = {id(annotation) for annotation in links.objects}
    if tags or any(id(annotation) not in known for _, annotation in annotations):
        message = "structure and content do not match"
        raise UnlikeError(message)
    for index, (_, annotation) in enumerate(annotations):
        annotation["StructParent"] = Open(ANNOTATIONS + count + index, reference=False)
    marked = pydyf.Array(reference for _, reference in sorted(nums.items()))
    parents = [reference for reference, _ in annotations]
    written = [*local.objects, marked, *parents, pydyf.Array(roots)]
    return Structure(
        blank(links.objects, BETWEEN),
        count,
        blank(written, BETWEEN),
        len(annotations),
        len(local.objects),
    )
