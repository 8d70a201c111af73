"""A page without its boxes: painted already, so that another process can put it into its PDF.

A page can't leave its process, as its boxes hold on to Pango. What painting it gave can.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from generator.paginate.fragments.painting import Painted, Sheet


class PlateError(Exception):
    """A page can't be sent, or not be written as it was sent: it has to be laid out here."""


@dataclass(slots=True, eq=False, weakref_slot=True)
class Plate:
    """A painted page: what a document asks a page for, and its content. It has no boxes any more.

    Sizes and places are CSS px; `links` have nothing where a page's have their box.
    """

    sheet: "Sheet"
    painted: "Painted"
    width: float
    height: float
    bleed: Mapping[str, float]
    bookmarks: list[Any]
    links: list[Any]
    anchors: Mapping[str, Any]
    forms: Mapping[Any, Any] = field(default_factory=lambda: {None: []})
