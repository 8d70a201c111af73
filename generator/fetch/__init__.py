"""The one door to what a user named: regular files inside the roots, no network, no surprises."""

from generator.fetch.archives import Archive, Folder, LooseFiles, Zip, archive, is_zip
from generator.fetch.door import Door, Fetched
from generator.fetch.pictures import MAX_PIXELS, check_picture
from generator.fetch.regular import LIMIT, FetchError
from generator.fetch.washing import Washed, washed

__all__ = [
    "LIMIT",
    "MAX_PIXELS",
    "Archive",
    "Door",
    "FetchError",
    "Fetched",
    "Folder",
    "LooseFiles",
    "Washed",
    "Zip",
    "archive",
    "check_picture",
    "is_zip",
    "washed",
]
