"""Files that people have and nothing here takes as they are: what each is, and the way in."""

from collections.abc import Sequence

_UNPACK = "unpack it, and import the folder"
_PICTURE = "a picture is no text: write the words, and name the picture in them"
_SIGNS: Sequence[tuple[bytes, str, str]] = (
    (b"\x1f\x8b", "a packed archive (gzip)", _UNPACK),
    (b"BZh", "a packed archive (bzip2)", _UNPACK),
    (b"\xfd7zXZ\0", "a packed archive (xz)", _UNPACK),
    (b"(\xb5/\xfd", "a packed archive (zstd)", _UNPACK),
    (b"7z\xbc\xaf'\x1c", "a packed archive (7z)", _UNPACK),
    (b"Rar!\x1a", "a packed archive (RAR)", _UNPACK),
    (b"%PDF-", "a PDF", "copy its text, and give that: threadpress import -"),
    (b"{\\rtf", "an RTF document", "save it as plain text or as a web page, and import that"),
    (b"\xd0\xcf\x11\xe0", "an Office document", "save it as a web page, and import that"),
    (b"SQLite format 3\0", "a database", "export what is in it as text, and import that"),
    (b"\x89PNG", "a picture (PNG)", _PICTURE),
    (b"\xff\xd8\xff", "a picture (JPEG)", _PICTURE),
    (b"GIF8", "a picture (GIF)", _PICTURE),
)
"""How such files begin (https://en.wikipedia.org/wiki/List_of_file_signatures)."""
_PACKED: Sequence[tuple[bytes, str, str]] = (
    (b"word/document.xml", "a Word document", "save it as a web page, and import that"),
    (b"ppt/presentation.xml", "a presentation", "copy its text, and give that: import -"),
    (b"mimetypeapplication/epub", "a book (EPUB)", "unpack it, and import a page of it"),
    (b"mimetypeapplication/vnd.oasis", "an OpenDocument", "save it as a web page, import that"),
)
"""What names the kinds of documents that are zips."""


def known(content: bytes) -> tuple[str, str]:
    """Return what a file is and what to do about it; nothing of one that nobody knows."""
    for sign, what, way in _SIGNS:
        if content.startswith(sign):
            return what, way
    if content.startswith(b"PK\x03\x04"):
        for sign, what, way in _PACKED:
            if sign in content:
                return what, way
        return "a zip of files that nobody knows", "unpack it, and import a file of it"
    return "", ""
