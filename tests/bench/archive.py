"""Listing the threads of an X archive of fifty thousand posts, read from its zip."""

import json
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from tests.bench._race import Case, Run, Runner, figure, threadpress

POSTS = 50_000
THREAD = 8
"""Posts of a thread; between two threads stand as many single posts and answers to others."""

PICTURES = 5_000
MOST_SECONDS, MOST_MIB = 3.0, 300
_MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()  # noqa: SIM905 (twelve literals read worse)
_WORDS = (
    "A carousel is read with the thumb 👇 so each slide says one thing &amp; says it early. "
    "Slide %d of this made-up archive has a link https://t.co/a%d, an emoji 🧵 and enough "
    "words to be about as long as what people post."
)


def posts(count: int) -> Iterator[dict[str, object]]:
    """Yield posts as an archive has them, of about 1.5 kB each: threads, lone posts, answers."""
    for number in range(count):
        place = number % (2 * THREAD)
        tweet: dict[str, object] = {
            "edit_info": {"initial": {"editTweetIds": [str(number)], "editsRemaining": "5"}},
            "retweeted": False,
            "source": '<a href="https://mobile.x.com" rel="nofollow">Web App</a>',
            "entities": {
                "hashtags": [],
                "symbols": [],
                "user_mentions": [],
                "urls": [
                    {
                        "url": f"https://t.co/a{number}",
                        "expanded_url": f"https://example.com/made-up/{number}",
                        "display_url": f"example.com/made-up/{number}",
                        "indices": ["120", "143"],
                    }
                ],
            },
            "display_text_range": ["0", "240"],
            "favorite_count": "0",
            "id_str": str(10**18 + number),
            "id": str(10**18 + number),
            "truncated": False,
            "retweet_count": "0",
            "created_at": _created(number),
            "favorited": False,
            "full_text": _WORDS % (number, number),
            "lang": "en",
        }
        if number % 10 == 0:
            photo = {
                "url": f"https://t.co/m{number}",
                "type": "photo",
                "media_url_https": f"https://pbs.example.com/media/P{number}.jpg",
                "sizes": {size: {"w": "1200", "h": "675", "resize": "fit"} for size in "abcd"},
            }
            tweet["extended_entities"] = {"media": [photo]}
        if 0 < place < THREAD:
            tweet["in_reply_to_status_id_str"] = str(10**18 + number - 1)
        elif place > THREAD and place % 2:
            tweet["in_reply_to_status_id_str"] = str(5 * 10**17 + number)
        yield {"tweet": tweet}


def archive(path: Path, count: int = POSTS, pictures: int = PICTURES) -> Path:
    """Write an archive of an X account and return its path."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as made:
        account = [{"account": {"username": "you", "accountId": "7", "accountDisplayName": "You"}}]
        made.writestr("data/account.js", f"window.YTD.account.part0 = {json.dumps(account)}")
        with made.open("data/tweets.js", "w") as file:
            file.write(b"window.YTD.tweets.part0 = [\n")
            for number, post in enumerate(posts(count)):
                comma = "," if number else ""
                text = json.dumps(post, ensure_ascii=False, indent=1)
                file.write(f"{comma}{text}\n".encode())
            file.write(b"]\n")
        for number in range(0, 10 * pictures, 10):
            made.writestr(f"data/tweets_media/{10**18 + number}-P{number}.jpg", b"\xff\xd8\xff\xd9")
    return path


def _created(number: int) -> str:
    """Return the moment of a post as X writes it: one every ten minutes."""
    minutes = number * 10
    day, year = minutes // 1440, 2015 + minutes // (1440 * 336)
    month = _MONTHS[day // 28 % 12]
    clock = f"{minutes // 60 % 24:02}:{minutes % 60:02}:00"
    return f"Mon {month} {day % 28 + 1:02} {clock} +0000 {year}"


def _runners(folder: Path) -> Sequence[Runner]:
    made = archive(folder / "archive.zip")
    return (Runner("threadpress import --list", threadpress("import", made, "--list")),)


def _figures(medians: dict[str, Run]) -> Sequence[str]:
    ours = medians["threadpress import --list"]
    return (
        figure("wall clock", ours.wall, MOST_SECONDS, "s"),
        figure("memory", ours.memory, MOST_MIB, "MiB"),
    )


case = Case(f"The threads of an X archive of {POSTS:,} posts", _runners, _figures)
