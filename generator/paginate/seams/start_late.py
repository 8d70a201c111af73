"""What WeasyPrint imports for decks of another kind than ours is imported when one comes.

Fonts are subset by HarfBuzz and addresses opened by our own door, so that fontTools (woff2, emoji
and variable fonts) and urllib with its TLS are imported only when first used. Pillow is not among
them: WeasyPrint writes settings into it that our own rooms should find in any order.
"""

import sys

from generator.paginate.seams import Seam
from generator.paginate.seams._late import Postponed


class _Opener:
    """What WeasyPrint's own fetcher is built on: it opens nothing, as all comes by our door.

    The real one makes a TLS context each time, and WeasyPrint one for each of its own sheets: on
    Python 3.12 and later that takes 40 ms.
    """

    def add_handler(self, handler: object) -> None:
        """Take no handler: nothing is ever opened."""

    def open(self, address: object, data: object = None, timeout: object = None) -> None:  # noqa: ARG002  urllib's
        """Refuse to open an address."""
        message = "only the project's door opens files"
        raise PermissionError(message)


def _no_handler(**_options: object) -> None:
    """Return nothing: there is nothing to handle."""


_HANDLERS = (
    "ProxyHandler", "UnknownHandler", "HTTPHandler", "HTTPDefaultErrorHandler", "FTPHandler",
    "FileHandler", "HTTPErrorProcessor", "DataHandler", "HTTPSHandler", "HTTPRedirectHandler",
)  # fmt: skip

POSTPONED = (
    Postponed(
        {
            "fontTools": {"subset": "fontTools.subset"},
            "fontTools.ttLib": {
                "TTFont": "fontTools.ttLib:TTFont",
                "TTLibError": "fontTools.ttLib:TTLibError",
                "ttFont": "fontTools.ttLib.ttFont",
                "woff2": "fontTools.ttLib.woff2",
            },
            "fontTools.varLib.instancer": {
                "instantiateVariableFont": "fontTools.varLib.instancer:instantiateVariableFont"
            },
        }
    ),
    Postponed(
        {
            "urllib.request": {
                "OpenerDirector": _Opener,
                **dict.fromkeys(_HANDLERS, _no_handler),
            }
        }
    ),
    Postponed({"email.message": {"EmailMessage": "email.message:EmailMessage"}}),
    Postponed({"uuid": {"uuid4": "uuid:uuid4"}}),
)
"""What comes together; in the order of what it saves (`docs/decisions`)."""


def _before() -> None:
    if "weasyprint" not in sys.modules:
        for postponed in POSTPONED:
            postponed.stand_in()


def _after() -> None:
    for postponed in POSTPONED:
        postponed.step_back()


seam = Seam(version="70.0", before=_before, after=_after)
