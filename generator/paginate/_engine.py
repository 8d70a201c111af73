"""WeasyPrint, imported once, with the seams that fit its version."""

import gc
import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from generator.paginate import seams


@cache
def engine_version() -> str:
    """Return the version of the WeasyPrint that would be imported, without importing it."""
    spec = find_spec("weasyprint")
    if spec is None or spec.origin is None:
        return ""
    site = Path(spec.origin).parent.parent
    names = [entry.name for entry in site.glob("weasyprint-*.dist-info")]
    return names[0].removeprefix("weasyprint-").removesuffix(".dist-info") if names else ""


@cache
def start() -> None:
    """Import WeasyPrint; the first call in a process does it, later ones cost nothing."""
    fitting = [seam for seam in seams.known() if seam.version == engine_version()]
    used = fitting if seams.wanted() else []
    # fonts that pass through fontTools would bear the time of writing: the same input, other bytes
    os.environ.setdefault("SOURCE_DATE_EPOCH", "0")
    with _uncollected():
        for seam in used:
            seam.before()
        import weasyprint  # noqa: F401, PLC0415  0.4 s: only when something is laid out

        for seam in used:
            seam.after()


@contextmanager
def _uncollected() -> Iterator[None]:
    """Look for no garbage meanwhile: an import makes none, and looking takes a tenth of its time.

    What was imported is looked at no more afterwards either: it stays as long as the process does.
    """
    looked = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        if looked:
            gc.enable()
