"""How a program ends that has nothing left to do."""

import os
import sys
from typing import NoReturn


def leave(code: int) -> NoReturn:
    """End this process at once, all that was said being written.

    Python would take its objects apart first, one by one, which takes 20 ms after a build
    (`docs/decisions/0032-near-the-floor.md`).
    """
    for stream in filter(None, (sys.stdout, sys.stderr)):
        stream.flush()
    os._exit(code)
