"""What a slide's HTML says about itself is not read: a deck's PDF is told by `About`."""

from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def untold() -> Iterator[None]:
    """Let WeasyPrint look for no titles and authors in documents meanwhile."""
    from weasyprint import document  # noqa: PLC0415

    stock = document.get_html_metadata
    document.get_html_metadata = lambda _html: {}
    try:
        yield
    finally:
        document.get_html_metadata = stock
