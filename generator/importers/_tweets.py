"""What an archive of X holds of a post; of one that was edited its last version, as one post."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from generator.importers import _json, _x


@dataclass(frozen=True, slots=True)
class Tweet:
    """What is kept of a post while the archive is read: a few hundred bytes.

    `id` is that of its last version, by which its pictures are called; `key` that of its first,
    which stays whatever is edited. `parent` is the key of the post that it answers, or -1.
    """

    id: int
    key: int
    parent: int
    to: str
    created: str
    text: str
    urls: tuple[tuple[str, tuple[str, str]], ...]
    shots: tuple[tuple[str, str, bool], ...]
    start: int


def gathered(records: Iterable[Mapping[str, object]]) -> dict[int, Tweet]:
    """Return the posts by their keys; nothing of a repost or of what has no id."""
    found: dict[int, Tweet] = {}
    first: dict[int, int] = {}
    for record in records:
        said = _json.mapping(record, "tweet") or record
        versions = _versions(said)
        first |= dict.fromkeys(versions, min(versions, default=0))
        one = _tweet(said, first)
        if one and (one.key not in found or found[one.key].id <= one.id):
            found[one.key] = one
    moved = {
        key: replace(one, parent=first[one.parent])
        for key, one in found.items()
        if one.parent in first
    }
    return found | moved


def _versions(said: Mapping[str, object]) -> list[int]:
    """Return the ids of all versions of a post that was edited; none of any other.

    The first version says them in `initial`, a later one in `edit`.
    """
    for path in (("initial",), ("edit", "editControlInitial")):
        ids = _json.array(said, "edit_info", *path, "editTweetIds")
        numbers = [_json.number({"id": one}, "id") for one in ids]
        if len(numbers) > 1 and min(numbers) >= 0:
            return numbers
    return []


def _tweet(said: Mapping[str, object], first: Mapping[int, int]) -> Tweet | None:
    """Return what is kept of a post; `first` is the first version of each that was edited."""
    number = _json.number(said, "id_str")
    text = _json.text(said, "full_text") or _json.text(said, "text")
    if number < 0 or text.startswith("RT @"):
        return None
    shown = _json.array(said, "entities", "media")
    shots = _json.array(said, "extended_entities", "media") or shown
    urls = _x.links(_json.array(said, "entities", "urls"), shots)
    start = _json.array(said, "display_text_range")
    return Tweet(
        number,
        first.get(number, number),
        _json.number(said, "in_reply_to_status_id_str"),
        _json.text(said, "in_reply_to_screen_name"),
        _json.text(said, "created_at"),
        text,
        tuple(urls.items()),
        tuple(_shot(shot) for shot in shots),
        _json.number({"start": start[0]} if start else {}, "start"),
    )


def _shot(shot: object) -> tuple[str, str, bool]:
    """Return the address, the alternative text and whether a medium moves."""
    url = _json.text(shot, "media_url_https") or _json.text(shot, "media_url")
    return url, _json.text(shot, "ext_alt_text"), _json.text(shot, "type") not in {"photo", ""}
