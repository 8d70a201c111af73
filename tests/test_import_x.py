"""The archive of an X account and the answers of its API become threads with every word."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator import importers, intake
from generator.errors import GeneratorError, Severity
from generator.fetch import Archive, Folder, LooseFiles, archive
from generator.importers import Imported, Offer, _chains
from generator.intake import elsewhere
from tests.imports import (
    PNG,
    assigned,
    packed,
    said,
    shown,
    thread_of,
    tweet,
    unpacked,
    words,
    x_files,
)

SAMPLES = Path(__file__).parents[2] / "shared" / "samples"
LONG = "A long post begins like this and goes on for more than two hundred and eighty letters. " * 5
THREAD = (tweet(1000, "One 🧵"), tweet(1002, "Three", 1001), tweet(1001, "Two &amp; a half", 1000))
needs_samples = pytest.mark.skipif(not SAMPLES.is_dir(), reason="the samples are not here")
texts = st.text(st.characters(exclude_categories=["Cc", "Cs", "Cn", "Co"]), max_size=60)


class Spy(Folder):
    """A folder that notes what is opened in it."""

    def __init__(self, folder: Path) -> None:
        """Take the folder."""
        super().__init__(folder, "archive")
        self.opened: list[str] = []

    def _place(self, name: str) -> Path:
        self.opened.append(name)
        return super()._place(name)


def offers(tmp_path: Path, *tweets: dict[str, object], **more: bytes | str) -> tuple[Offer, ...]:
    """Return what an archive of these posts offers."""
    made = archive(packed(tmp_path / "x.zip", x_files(*tweets, **more)), "x.zip")
    assert made is not None
    return importers.offers(made, "x.zip")


def opened(tmp_path: Path, *tweets: dict[str, object], **more: bytes | str) -> Imported:
    """Return the first thread of an archive of these posts."""
    return offers(tmp_path, *tweets, **more)[0].opens()


@pytest.mark.parametrize("zipped", [True, False])
def test_answers_to_oneself_are_a_thread(tmp_path: Path, *, zipped: bool) -> None:
    files = x_files(*THREAD)
    path = packed(tmp_path / "x.zip", files) if zipped else unpacked(tmp_path / "x", files)
    found = archive(path, "x")
    assert found is not None
    (offer,) = importers.offers(found, "x")
    assert (offer.id, offer.count, offer.date) == ("1000", 3, "2026-11-20")
    thread = thread_of(offer.opens())
    assert [post.id for post in thread.posts] == ["x-1000", "x-1001", "x-1002"]
    assert [post.plain() for post in thread.posts] == ["One 🧵", "Two & a half", "Three"]
    assert thread.author is not None
    assert (thread.author.name, thread.author.handle) == ("Your Name", "@you")
    assert thread.source["url"] == "https://x.com/you/status/1000"
    assert thread.posts[0].notes == ("2026-11-20T10:16:40Z https://x.com/you/status/1000",)


def test_of_an_archive_only_posts_the_account_and_pictures_are_opened(tmp_path: Path) -> None:
    photo = {"url": "https://t.co/m", "type": "photo", "media_url_https": "https://p/media/A.png"}
    private = ("direct-messages", "ip-audit", "phone-number", "profile", "like", "deleted-tweets")
    files = x_files(
        tweet(1000, "One https://t.co/m", extended_entities={"media": [photo]}),
        tweet(1001, "Two", 1000),
        **{f"data/{name}.js": "this is no JSON, so nobody may read it" for name in private},
        **{"data/tweets_media/1000-A.png": PNG, "data/tweets_media/999-B.png": PNG},
    )
    spy = Spy(unpacked(tmp_path / "x", files))
    (offer,) = importers.offers(spy, "archive")
    assert set(spy.opened) == {"data/account.js", "data/tweets.js"}
    intake.write(offer.opens(), tmp_path / "x.md")
    assert set(spy.opened) == {
        "data/account.js",
        "data/tweets.js",
        "data/tweets_media/1000-A.png",
    }


def test_pictures_come_along_with_what_they_show(tmp_path: Path) -> None:
    media = [
        {"url": "https://t.co/m", "type": "photo", "media_url_https": f"https://p/media/{name}"}
        for name in ("A.png", "B.png")
    ]
    media[0]["ext_alt_text"] = "A [chart] *of*\nthings"
    imported = opened(
        tmp_path,
        tweet(1000, "Look https://t.co/m", extended_entities={"media": media}),
        tweet(1001, "Two", 1000),
        **{f"data/tweets_media/1000-{name}": PNG for name in ("A.png", "B.png")},
    )
    path = tmp_path / "content" / "look.md"
    place = intake.bundled(imported, path)
    assert place == tmp_path / "content" / "look" / "index.md"
    assert intake.write(imported, place) == ()
    assert shown(place.parent) == ["1000-A.png", "1000-B.png", "index.md"]
    assert (place.parent / "1000-A.png").read_bytes() == PNG
    text = place.read_text("utf-8")
    assert "![A \\[chart\\] \\*of\\* things](1000-A.png)" in text
    assert "t.co" not in text


@pytest.mark.parametrize("content", [b"<html>", b"\x89PNG\r\n\x1a\n", b""])
def test_a_picture_that_is_none_is_left_out_and_wanted(tmp_path: Path, content: bytes) -> None:
    photo = {"url": "https://t.co/m", "type": "photo", "media_url_https": "https://p/media/A.png"}
    imported = opened(
        tmp_path,
        tweet(1000, "Look https://t.co/m", extended_entities={"media": [photo]}),
        **{"data/tweets_media/1000-A.png": content},
    )
    (problem,) = intake.write(imported, tmp_path / "new" / "index.md")
    assert (problem.severity, problem.code) == (Severity.WARNING, "media-missing")
    text = (tmp_path / "new" / "index.md").read_text("utf-8")
    assert "wants: picture" in text
    assert shown(tmp_path / "new") == ["index.md"]


def test_a_missing_picture_and_a_video_are_told(tmp_path: Path) -> None:
    kinds = {"photo": "A.png", "video": "B.jpg"}
    media = [
        {"url": "https://t.co/m", "type": kind, "media_url_https": f"https://p/media/{name}"}
        for kind, name in kinds.items()
    ]
    imported = opened(tmp_path, tweet(1000, "Look", extended_entities={"media": media}))
    told = [problem.code for problem in elsewhere.told(imported, "x.zip")]
    assert told == ["media-missing", "media-moving"]
    assert imported.posts[0].settings == {"wants": "picture"}
    assert "Video to add https://p/media/B.jpg" in imported.posts[0].notes


def test_links_are_those_that_were_meant(tmp_path: Path) -> None:
    urls = [
        {"url": "https://t.co/a", "expanded_url": "https://example.com/a_(b)?x=1&amp;y",
         "display_url": "example.com/a_(b)…"},
        {"url": "https://t.co/js", "expanded_url": "javascript:alert(1)", "display_url": "js"},
    ]  # fmt: skip
    text = "See https://t.co/a and https://t.co/js, not https://t.co/other &lt;3"
    imported = opened(tmp_path, tweet(1, text, entities={"urls": urls}))
    (post,) = thread_of(imported).posts
    assert post.plain() == "See example.com/a_(b)… and js, not https://t.co/other <3"
    assert "javascript" not in imported.posts[0].markdown


def test_a_long_post_has_its_long_text(tmp_path: Path) -> None:
    note = {"createdAt": "2026-11-20T10:16:41.000Z", "core": {"text": LONG.strip(), "urls": []}}
    other = {"createdAt": "2026-11-20T10:16:40.000Z", "core": {"text": "Another", "urls": []}}
    notes = assigned("note_tweet", [{"noteTweet": other}, {"noteTweet": note}])
    cut = LONG[:270].strip() + "… https://t.co/x"
    imported = opened(tmp_path, tweet(1000, cut), **{"data/note-tweet.js": notes})
    assert words(imported) == [LONG.split()]
    without = opened(tmp_path, tweet(1000, cut))
    assert [problem.code for problem in without.problems] == ["post-cut"]


def test_of_an_edited_post_the_last_version_is_taken_under_the_id_of_the_first(
    tmp_path: Path,
) -> None:
    photo = {"url": "https://t.co/m", "type": "photo", "media_url_https": "https://p/media/A.png"}
    first = {"initial": {"editTweetIds": ["1000", "1003"]}}
    later = {"edit": {"initialTweetId": "1000", "editControlInitial": first["initial"]}}
    (offer,) = offers(
        tmp_path,
        tweet(1003, "One, mended", edit_info=later, extended_entities={"media": [photo]}),
        tweet(1000, "One", edit_info=first),
        tweet(1004, "Two", 1003, edit_info={"initial": {"editTweetIds": ["1004"]}}),
        **{"data/tweets_media/1003-A.png": PNG},
    )
    imported = offer.opens()
    assert [post.id for post in imported.posts] == ["x-1000", "x-1004"]
    assert words(imported) == [["One,", "mended"], ["Two"]]
    assert [medium.name for medium in imported.media] == ["1003-A.png"]


def test_posts_in_communities_and_other_parts_belong_to_threads_and_deleted_ones_do_not(
    tmp_path: Path,
) -> None:
    photo = {"url": "https://t.co/m", "type": "photo", "media_url_https": "https://p/media/A.png"}
    last = tweet(1002, "Three", 1001, extended_entities={"media": [photo]})
    more: dict[str, bytes | str] = {
        "data/tweets-part1.js": assigned("tweets", [tweet(1001, "Two", 1000)]),
        "data/community-tweet.js": assigned("community_tweet", [last]),
        "data/community_tweet_media/1002-A.png": PNG,
        "data/deleted-tweets.js": assigned("deleted_tweets", [tweet(1003, "Gone", 1002)]),
    }
    (offer,) = offers(tmp_path, tweet(1000, "One"), **more)
    imported = offer.opens()
    assert words(imported) == [["One"], ["Two"], ["Three"]]
    assert [medium.name for medium in imported.media] == ["1002-A.png"]


def test_the_name_of_whom_one_answers_is_not_in_the_post(tmp_path: Path) -> None:
    imported = opened(
        tmp_path,
        tweet(1, "One"),
        tweet(2, "@you Two @bob", 1, display_text_range=["5", "13"]),
        tweet(3, "@you Three", 2),
    )
    assert words(imported) == [["One"], ["Two", "@bob"], ["Three"]]


def test_lone_posts_are_offered_after_threads_and_reposts_never(tmp_path: Path) -> None:
    found = offers(
        tmp_path,
        *THREAD,
        tweet(2000, "Alone"),
        tweet(2001, "RT @x: hi"),
        tweet(2002, "@bob thanks", 5),
    )
    assert [(offer.id, offer.lone) for offer in found] == [("1000", False), ("2000", True)]


def test_an_archive_of_answers_to_others_has_nothing_for_a_carousel(tmp_path: Path) -> None:
    with pytest.raises(GeneratorError) as caught:
        offers(tmp_path, tweet(1, "@bob thanks", 5), tweet(2, "RT @x: hi"))
    assert caught.value.problems[0].code == "import-empty"


def test_a_branch_is_told_and_offered_by_itself(tmp_path: Path) -> None:
    found = offers(tmp_path, *THREAD, tweet(1005, "Aside", 1000), tweet(1006, "More", 1005))
    main = next(offer for offer in found if offer.id == "1000").opens()
    aside = next(offer for offer in found if offer.id == "1005")
    assert [problem.code for problem in main.problems] == ["thread-branched"]
    assert (aside.count, words(aside.opens())) == (2, [["Aside"], ["More"]])


def test_posts_that_answer_each_other_in_a_circle_are_a_thread_all_the_same(
    tmp_path: Path,
) -> None:
    imported = opened(tmp_path, tweet(1, "One", 3), tweet(2, "Two", 1), tweet(3, "Three", 2))
    assert words(imported) == [["One"], ["Two"], ["Three"]]
    assert [problem.code for problem in imported.problems] == ["reply-loop"]


@given(st.dictionaries(st.integers(0, 12), st.none() | st.integers(0, 14), max_size=12))
def test_every_post_is_in_one_chain_whatever_answers_what(parents: dict[int, int | None]) -> None:
    found = _chains.chains(parents)
    assert sorted(key for chain in found for key in chain.keys) == sorted(parents)
    for chain in found:
        for parent, child in zip(chain.keys, chain.keys[1:], strict=False):
            assert parents[child] == parent


@given(st.lists(texts.filter(lambda text: text.strip() and "t.co" not in text), min_size=1))
def test_the_words_of_posts_are_those_that_were_posted(posts: list[str]) -> None:
    kept = [text for text in posts if not text.startswith(("RT @", "@"))]
    tweets = [
        tweet(number, text.replace("&", "&amp;"), number - 1 if number else None)
        for number, text in enumerate(kept)
    ]
    content = assigned("tweets", tweets).encode()
    if not kept:
        return
    (imported,) = importers.read(content, "tweets.js")
    if any(problem.code == "mojibake-repaired" for problem in imported.problems):
        return
    assert [word for post in words(imported) for word in post] == [
        word for text in kept for word in said(text.replace("\ufffc", ""))
    ]


@pytest.mark.parametrize(
    ("text", "code", "place"),
    [
        ('window.YTD.tweets.part0 = [\n {"tweet": {"id_str": "1"', "import-broken", "x.js:2:26"),
        ("window.YTD.tweets.part0 = alert(1)", "import-broken", "x.js:1:27"),
        ("window.YTD.tweets.part0 = [{id: 1}]", "import-broken", "x.js:1:29"),
        ("window.YTD.tweets.part0 = [1, 2]", "import-broken", "x.js:1:28"),
        ('window.YTD.tweets.part0 = [{"a": 1} {"b": 2}]', "import-broken", "x.js:1:37"),
        ("window.YTD.tweets.part0 = []", "import-empty", "x.js"),
        (f"window.YTD.tweets.part0 = [{'[' * 100000}]", "import-broken", "x.js:1:28"),
        ('window.YTD.tweets.part0 = [{"a":' + "[" * 100000, "import-broken", "x.js:1:28"),
        ('window.YTD.tweets.part0 = [{"a":' + "9" * 5000 + "}]", "import-broken", "x.js:1:28"),
    ],
)
def test_a_file_that_is_no_list_of_posts_is_told_with_its_place(
    text: str, code: str, place: str
) -> None:
    with pytest.raises(GeneratorError) as caught:
        importers.read(text.encode(), "x.js")
    (problem,) = caught.value.problems
    assert (problem.code, str(problem.location)) == (code, place)


def test_a_wrong_encoding_is_told_with_its_line() -> None:
    text = 'window.YTD.tweets.part0 = [\n{"tweet": {"id_str": "1", "full_text": "Caf\xe9"}}]'
    with pytest.raises(GeneratorError) as caught:
        importers.read(text.encode("latin-1"), "x.js")
    assert caught.value.problems[0].code == "encoding"


@given(st.integers(0, 400), st.binary(max_size=3))
def test_damaged_archives_end_in_no_crash(at: int, noise: bytes) -> None:
    content = assigned("tweets", list(THREAD)).encode()
    damaged = content[:at] + noise + content[at + 1 :]
    try:
        found = importers.read(damaged, "x.js", "x-archive")
    except GeneratorError:
        return
    assert all(imported.posts for imported in found)


def test_records_are_read_in_pieces_of_any_size() -> None:
    class Crumbs(LooseFiles):
        def pieces(self, name: str) -> Iterator[bytes]:
            content = self.read(name)
            yield from (content[at : at + 7] for at in range(0, len(content), 7))

    made: Archive = Crumbs({"data/tweets.js": assigned("tweets", list(THREAD)).encode()}, "x")
    (offer,) = importers.offers(made, "x", "x-archive")
    assert offer.count == len(THREAD)


@needs_samples
def test_the_sample_of_an_archive_is_a_thread_of_three() -> None:
    found = archive(SAMPLES / "x", "x")
    assert found is not None
    (offer,) = importers.offers(found, "x")
    assert words(offer.opens())[1] == ["second,", "x", "<", "y"]
    assert words(offer.opens())[2][-2:] == ["and", "on."]


def answer(*posts: dict[str, object], **includes: object) -> bytes:
    """Return an answer of the API."""
    data = [{"author_id": "7", "edit_history_tweet_ids": ["1"], **post} for post in posts]
    users = [{"id": "7", "name": "Your Name", "username": "you"}]
    return json.dumps({"data": data, "includes": {"users": users, **includes}}).encode()


def test_the_api_gives_a_thread_of_its_author_only() -> None:
    def replying(number: str) -> list[dict[str, str]]:
        return [{"type": "replied_to", "id": number}]

    content = answer(
        {"id": "12", "text": "Other", "author_id": "8", "referenced_tweets": replying("11")},
        {"id": "11", "text": "Two", "conversation_id": "10", "referenced_tweets": replying("10")},
        {"id": "10", "text": "One https://t.co/m", "note_tweet": {"text": "One &amp; only"},
         "conversation_id": "10", "attachments": {"media_keys": ["3_1"]}},
        media=[{"media_key": "3_1", "type": "photo", "url": "https://p/A.png", "alt_text": "map"}],
    )  # fmt: skip
    found = {one.id: one for one in importers.read(content, "x.json")}
    imported = found["10"]
    assert words(imported) == [["One", "&", "only"], ["Two"]]
    assert "Picture to add https://p/A.png (map)" in imported.posts[0].notes
    assert imported.author is not None
    assert imported.author.handle == "@you"


def test_the_api_gives_of_an_edited_post_the_last_version() -> None:
    versions = ["10", "12"]
    content = answer(
        {"id": "13", "text": "Two", "edit_history_tweet_ids": ["13"],
         "referenced_tweets": [{"type": "replied_to", "id": "10"}]},
        {"id": "12", "text": "One, mended", "edit_history_tweet_ids": versions},
        {"id": "10", "text": "One", "edit_history_tweet_ids": versions},
    )  # fmt: skip
    (imported,) = importers.read(content, "x.json")
    assert words(imported) == [["One,", "mended"], ["Two"]]


@pytest.mark.parametrize("content", [answer(), b'{"data": [], "edit_history_tweet_ids": 1}'])
def test_an_answer_without_posts_says_so(content: bytes) -> None:
    with pytest.raises(GeneratorError) as caught:
        importers.read(content, "x.json", "x-api")
    assert caught.value.problems[0].code == "import-empty"
