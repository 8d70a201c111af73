"""Posts of Bluesky, Mastodon, Threads and LinkedIn become threads with every word."""

import csv
import io
import json
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator import importers, intake
from generator.errors import GeneratorError
from generator.fetch import LIMIT, LooseFiles, archive
from generator.importers import Imported
from tests.imports import PNG, car, packed, said, shown, thread_of, words

SAMPLES = Path(__file__).parents[2] / "shared" / "samples"
POST = "app.bsky.feed.post"
texts = st.text(st.characters(exclude_categories=["Cc", "Cs", "Cn", "Co"]), max_size=60)
lines = st.lists(texts.filter(str.strip), min_size=1, max_size=4)


def sky(key: str, text: str, parent: str = "", who: str = "you", **record: object) -> object:
    """Return a post as Bluesky's API gives it."""
    made: dict[str, object] = {
        "$type": POST,
        "text": text,
        "createdAt": f"2026-11-20T10:00:0{key}Z",
    }
    if parent:
        made["reply"] = {"parent": {"uri": parent}, "root": {"uri": parent}}
    author = {"did": f"did:plc:{who}", "handle": f"{who}.example.com", "displayName": "Your Name"}
    return {"uri": sky_uri(key, who), "author": author, "record": made | record}


def sky_uri(key: str, who: str = "you") -> str:
    """Return the address of a post of Bluesky."""
    return f"at://did:plc:{who}/{POST}/{key}"


def read_sky(value: object) -> tuple[Imported, ...]:
    """Return what is read of Bluesky's JSON."""
    return importers.read(json.dumps(value).encode(), "sky.json")


def test_a_bluesky_thread_is_its_authors_posts_however_deep() -> None:
    deep = {"post": sky("3", "Three", sky_uri("2"))}
    other = {"post": sky("4", "Nice!", sky_uri("1"), who="bob")}
    second = {"post": sky("2", "Two", sky_uri("1")), "replies": [deep]}
    (imported,) = read_sky({"thread": {"post": sky("1", "One"), "replies": [other, second]}})
    assert words(imported) == [["One"], ["Two"], ["Three"]]
    assert [problem.code for problem in imported.problems] == ["author-other"]
    assert imported.source["url"] == "https://bsky.app/profile/you.example.com/post/1"


@pytest.mark.parametrize("key", ["feed", "posts"])
def test_a_bluesky_feed_gives_each_thread_newest_first(key: str) -> None:
    posts = [sky("5", "Later"), sky("2", "Two", sky_uri("1")), sky("1", "One")]
    wrapped = [{"post": post} for post in posts] if key == "feed" else posts
    found = read_sky({key: wrapped})
    assert [words(imported) for imported in found] == [[["Later"]], [["One"], ["Two"]]]


def facet(start: int, end: int, url: str) -> object:
    """Return a link of Bluesky."""
    feature = {"$type": "app.bsky.richtext.facet#link", "uri": url}
    return {"index": {"byteStart": start, "byteEnd": end}, "features": [feature]}


def test_bluesky_links_stand_where_their_bytes_say() -> None:
    text = "👩‍👩‍👦 read this and that"
    start = len("👩‍👩‍👦 read ".encode())
    facets = [facet(start, start + 4, "https://example.com/this"), facet(2, 5, "https://x.example")]
    (imported,) = read_sky(sky("1", text, facets=facets))
    assert "👩‍👩‍👦 read [this](https://example.com/this) and that" in imported.posts[0].markdown
    assert [problem.code for problem in imported.problems] == ["link-crooked"]


@given(texts, st.lists(st.tuples(st.integers(-2, 90), st.integers(-2, 90)), max_size=5))
def test_no_offset_breaks_the_words_of_bluesky(text: str, places: list[tuple[int, int]]) -> None:
    facets = [facet(start, end, "https://example.com") for start, end in places]
    (imported,) = read_sky(sky("1", f"A {text}", facets=facets))
    plain = "".join(word for post in words(imported) for word in post)
    assert plain == "".join(said(f"A {text}".replace("\ufffc", "")))


def test_bluesky_pictures_pages_and_quotes_are_not_lost() -> None:
    image = {"alt": "A map", "fullsize": "https://p/1"}
    images = {"$type": "app.bsky.embed.images#view", "images": [image]}
    page = {"external": {"uri": "https://example.com/page", "title": "The page"}}
    quote = {"record": {"uri": sky_uri("9", "bob")}}
    (imported,) = read_sky({"posts": [
        {**sky("1", "One"), "embed": images},  # type: ignore[dict-item]
        {**sky("2", "Two", sky_uri("1")), "embed": page},  # type: ignore[dict-item]
        {**sky("3", "Three", sky_uri("2")), "embed": quote},  # type: ignore[dict-item]
    ]})  # fmt: skip
    assert "Picture to add https://p/1 (A map)" in imported.posts[0].notes
    assert imported.posts[1].markdown == "Two\n\n[The page](https://example.com/page)"
    assert "quotes https://bsky.app/profile/did:plc:bob/post/9" in imported.posts[2].notes


BLOB = b"\x01\x55\x12\x20" + bytes(range(32))


def repository(**more: object) -> bytes:
    """Return the export of an account of Bluesky with a thread of two and a single post."""
    deep: object = "nobody may decode this"
    for _ in range(100):
        deep = [deep]
    image = {"alt": "A plan", "image": {"$type": "blob", "ref": BLOB, "size": 1}}
    second: dict[str, object] = {
        "reply": {"parent": {"uri": sky_uri("1")}, "root": {"uri": sky_uri("1")}},
        "embed": {"$type": "app.bsky.embed.images", "images": [image]},
    }
    posts: dict[str, dict[str, object]] = {
        "1": {"text": "One 🧵"}, "2": {"text": "Two", **second}, "3": {"text": "Alone"},
    }  # fmt: skip
    made = {
        f"{POST}/{key}": {"$type": POST, "createdAt": f"2026-11-20T10:00:0{key}Z", **post}
        for key, post in posts.items()
    }
    profile = {"app.bsky.actor.profile/self": {"displayName": "Your Name"}}
    private = {"app.bsky.graph.block/1": deep, "chat.bsky.convo/1": deep}
    return car({**made, **profile, **private, **more})


def test_the_export_of_a_bluesky_account_gives_threads_and_nothing_private_is_decoded() -> None:
    content = repository()
    assert importers.recognise(content, "repo.car") == "bluesky"
    found = importers.offers(content, "repo.car")
    assert [(one.id, one.count, one.lone) for one in found] == [("1", 2, False), ("3", 1, True)]
    imported = found[0].opens()
    assert words(imported) == [["One", "🧵"], ["Two"]]
    assert imported.author is not None
    assert imported.author.name == "Your Name"
    assert imported.source["url"] == "https://bsky.app/profile/did:plc:you/post/1"
    note = imported.posts[1].notes[-1]
    assert note.startswith("Picture to add https://cdn.bsky.app/img/feed_fullsize/plain/did:plc:")
    assert note.endswith("@jpeg (A plan)")


def test_an_export_of_bluesky_that_is_cut_off_is_told() -> None:
    with pytest.raises(GeneratorError) as caught:
        importers.read(repository()[:-9], "repo.car")
    assert caught.value.problems[0].code == "import-broken"


@given(st.integers(0, 1200), st.binary(max_size=3))
def test_a_broken_export_of_bluesky_ends_in_no_crash(at: int, noise: bytes) -> None:
    content = repository()
    for damaged in (content[: at % len(content)], content[:at] + noise + content[at + 1 :]):
        try:
            found = importers.read(damaged, "repo.car", "bluesky")
        except GeneratorError:
            continue
        assert all(one.posts for one in found)


def toot(key: str, html: str, parent: str | None = None, who: str = "43", **more: object) -> object:
    """Return a status as Mastodon's API gives it."""
    account = {"id": who, "acct": "you", "display_name": "Your Name"}
    made = {
        "id": key,
        "in_reply_to_id": parent,
        "account": account,
        "content": html,
        "created_at": f"2026-11-20T10:00:0{key}Z",
        "url": f"https://example.social/@you/{key}",
    }
    return made | more


def test_a_status_and_its_context_are_one_thread() -> None:
    context = {
        "ancestors": [toot("1", "<p>One</p>")],
        "descendants": [toot("3", "<p>Three</p>", "2"), toot("4", "<p>Bob</p>", "2", who="8")],
    }
    files = {"status.json": toot("2", "<p>Two</p>", "1"), "context.json": context}
    made = LooseFiles({name: json.dumps(value).encode() for name, value in files.items()}, "both")
    (offer,) = importers.offers(made, "both")
    imported = offer.opens()
    assert words(imported) == [["One"], ["Two"], ["Three"]]
    assert [problem.code for problem in imported.problems] == ["author-other"]


def test_a_context_by_itself_says_what_it_leaves_out() -> None:
    context = {"ancestors": [toot("1", "<p>One</p>")], "descendants": [toot("3", "Three", "2")]}
    (imported,) = importers.read(json.dumps(context).encode(), "context.json")
    assert words(imported) == [["One"], ["Three"]]
    assert [problem.code for problem in imported.problems] == ["post-missing"]
    assert "status.json context.json" in (imported.problems[0].hint or "")


def test_the_html_of_mastodon_becomes_words_links_and_lists() -> None:
    html = (
        "<p>Hi <span class='h-card'><a href='https://m.example/@bob' class='u-url mention'>"
        "@<span>bob</span></a></span> &amp; all &lt;3<br>see "
        "<a href='https://example.com/a/long/way'><span class='invisible'>https://</span>"
        "<span class='ellipsis'>example.com/a</span><span class='invisible'>/long/way</span></a>"
        "</p><ul><li>one</li><li>two</li></ul><script>no()</script><p>*end* # 1.</p>"
    )
    poll = {"options": [{"title": "Yes"}, {"title": "No"}]}
    (imported,) = importers.read(
        json.dumps(toot("1", html, spoiler_text="Careful", poll=poll)).encode(), "m.json"
    )
    markdown = imported.posts[0].markdown
    assert "[example.com/a…](https://example.com/a/long/way)" in markdown
    assert "- one\n- two" in markdown
    assert "- Yes\n- No" in markdown
    plain = " ".join(words(imported)[0])
    assert plain.startswith("Careful Hi @bob & all <3 see example.com/a…")
    assert "*end* # 1." in plain


def test_an_export_of_mastodon_has_its_pictures(tmp_path: Path) -> None:
    def note(key: str, html: str, parent: str | None = None, **more: object) -> object:
        made = {
            "id": f"https://m.example/users/you/statuses/{key}",
            "content": html,
            "inReplyTo": parent and f"https://m.example/users/you/statuses/{parent}",
            "published": f"2026-11-20T10:00:0{key}Z",
            "cc": ["https://m.example/you/followers"],
        }
        return {"type": "Create", "object": made | more}

    picture = {"url": "/media_attachments/files/1/a.png", "name": "A map", "mediaType": "image/png"}
    secret = note("3", "<p>for your eyes only</p>", cc=[], to=["https://m.example/users/bob"])
    items = [note("1", "<p>One</p>", attachment=[picture]), note("2", "<p>Two</p>", "1"), secret]
    files: dict[str, bytes | str] = {
        "outbox.json": json.dumps({"@context": "activitystreams", "orderedItems": items}),
        "actor.json": json.dumps({"preferredUsername": "you", "name": "Your Name"}),
        "media_attachments/files/1/a.png": PNG,
        "bookmarks.json": "nobody may read this",
    }
    made = archive(packed(tmp_path / "export.zip", files), "export.zip")
    assert made is not None
    (offer,) = importers.offers(made, "export.zip")
    imported = offer.opens()
    assert intake.write(imported, tmp_path / "m" / "index.md") == ()
    assert shown(tmp_path / "m") == ["a.png", "index.md"]
    assert [post.plain() for post in thread_of(imported).posts][1] == "Two"
    assert "![A map](a.png)" in imported.posts[0].markdown


def test_posts_of_threads_are_repaired_and_grouped_by_time() -> None:
    def sent(second: int, text: str, *, answers: bool = False) -> object:
        post = {"is_reply": answers}
        title = text.encode().decode("latin-1")
        medium = {"uri": "", "creation_timestamp": second, "title": title, "text_app_post": post}
        return {"media": [{**medium, "text_post_app_post": post}]}

    posts = [
        sent(100, "One — 👍"),
        sent(105, "Two", answers=True),
        sent(900, "Thanks", answers=True),
    ]
    content = json.dumps({"text_post_app_text_posts": posts}).encode()
    (imported,) = importers.read(content, "threads_and_replies.json")
    assert words(imported) == [["One", "—", "👍"], ["Two"]]
    assert [problem.code for problem in imported.problems] == ["thread-by-time"]


def test_pictures_of_a_threads_export_come_along(tmp_path: Path) -> None:
    medium = {"uri": "media/posts/p.png", "creation_timestamp": 5, "title": "Look"}
    folder = "your_instagram_activity/threads/"
    posts = json.dumps({"text_post_app_text_posts": [{"media": [medium]}]})
    files: dict[str, bytes | str] = {}
    files |= {f"{folder}threads_and_replies.json": posts, "media/posts/p.png": PNG}
    made = archive(packed(tmp_path / "t.zip", files), "t.zip")
    assert made is not None
    (offer,) = importers.offers(made, "t.zip")
    assert offer.opens().posts[0].markdown == "Look\n\n![](p.png)"


def shares(*posts: str) -> bytes:
    """Return LinkedIn's table of posts."""
    table = io.StringIO()
    writer = csv.writer(table)
    writer.writerow(["Date", "ShareLink", "ShareCommentary", "SharedUrl", "MediaUrl", "Visibility"])
    for number, text in enumerate(posts):
        link = f"https://www.linkedin.com/feed/update/urn%3Ali%3Ashare%3A{number}"
        writer.writerow([f"2026-11-{10 + number} 10:00:00", link, text, "", "", "MEMBER_NETWORK"])
    return table.getvalue().encode()


def test_each_linkedin_post_is_a_thread_newest_first() -> None:
    text = 'First line.\n"\n"Second, see https://example.com/a/.'
    old, new = reversed(importers.read(shares(text, 'He said "yes"\nand went.'), "Shares.csv"))
    assert thread_of(new).posts[0].plain() == 'He said "yes"\nand went.'
    assert old.posts[0].markdown == (
        "First line.\n\nSecond, see [example.com/a](https://example.com/a/)."
    )
    assert old.id == "0"


@given(lines)
def test_the_words_of_each_network_are_those_that_were_posted(posts: list[str]) -> None:
    plain = [text.replace("\ufffc", "") for text in posts]
    (_, *_), found = plain, importers.read(shares(*posts), "Shares.csv")
    kept = [text for text in plain if text.strip()]
    if "http" in "".join(posts) or any(one.problems for one in found):
        return
    assert [word for one in reversed(found) for word in words(one)[0]] == [
        word for text in kept for word in said(text)
    ]


@pytest.mark.parametrize(
    ("content", "kind", "code", "place"),
    [
        (b'{"thread": {"post": {', "bluesky", "import-broken", "x:1:22"),
        (b'{"thread": 1}', "bluesky", "import-empty", "x"),
        (b"[" * 100_000, "bluesky", "import-broken", "x"),
        (b'{"a": "\xff"}', "bluesky", "encoding", "x:1:8"),
        (b"[]", "mastodon", "import-empty", "x"),
        (b"{}", "threads", "import-empty", "x"),
        (b'Date,ShareLink,ShareCommentary\n"a', "linkedin", "import-broken", "x:2"),
        (b"Date,Other\n", "linkedin", "import-broken", "x:1"),
        (b"Date,ShareLink,ShareCommentary\n1,2,\n", "linkedin", "import-empty", "x"),
    ],
)
def test_a_file_that_is_broken_or_empty_is_told(
    content: bytes, kind: str, code: str, place: str
) -> None:
    with pytest.raises(GeneratorError) as caught:
        importers.read(content, "x", kind)
    (problem,) = caught.value.problems
    assert (problem.code, str(problem.location)) == (code, place)


@pytest.mark.skipif(not SAMPLES.is_dir(), reason="the samples are not here")
@pytest.mark.parametrize(
    ("sample", "kind"),
    [
        ("bluesky/note.bsky.json", "bluesky"),
        ("bluesky/note_with_article_tag_indices.bsky.json", "bluesky"),
        ("bluesky/note_with_mention_linked_text.bsky.json", "bluesky"),
        ("bluesky/quote_with_image.bsky.json", "bluesky"),
        ("mastodon/context.trimmed.json", "mastodon"),
        ("threads/threads_and_replies.json", "threads"),
        ("linkedin/Shares.csv", "linkedin"),
        ("xapi/search_recent.json", "x-api"),
        ("paste/numbered.txt", "paste"),
        ("paste/ruled.txt", "paste"),
        ("typefully/four-newlines.txt", "paste"),
        ("x/data/tweets.js", "x-archive"),
    ],
)
def test_each_sample_is_recognised_and_survives_mutation(sample: str, kind: str) -> None:
    content = (SAMPLES / sample).read_bytes()
    assert importers.recognise(content, sample) == kind
    assert all(words(imported) for imported in importers.read(content, sample))
    for at in range(0, len(content), max(1, len(content) // 60)):
        for noise in (b"", b"\xf0", b'"', b"]", b"9" * 40):
            try:
                found = importers.read(content[:at] + noise + content[at + 1 :], sample, kind)
            except GeneratorError:
                continue
            assert all(intake.render(imported) for imported in found)


class _Watched(LooseFiles):
    """Files that remember which of them were opened."""

    def __init__(self, files: Mapping[str, bytes]) -> None:
        super().__init__(files, "export.zip")
        self.opened: set[str] = set()

    def read(self, name: str, limit: int = LIMIT) -> bytes:
        """Return a file, and note it."""
        self.opened.add(name)
        return super().read(name, limit)


PRIVATE = (
    "messages.csv", "Connections.csv", "bookmarks.json", "likes.json", "direct_messages.json",
    "personal_information/account_information.json", "your_activity/messages/inbox/a.json",
    "logged_information/link_history.json", "security/ip_addresses.json", "Ad_Targeting.csv",
)  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "files", "opened"),
    [
        ("linkedin", {"Shares.csv": b"Date,ShareLink,ShareCommentary\n2026-01-01,https://a/b,Hi"},
         {"Shares.csv"}),
        ("mastodon", {"outbox.json": json.dumps({"orderedItems": [
            {"type": "Create", "object": {"id": "https://e/1", "content": "<p>Hi</p>",
             "published": "2026-01-01T00:00:00Z"}}]}).encode(), "actor.json": b"{}"},
         {"outbox.json", "actor.json"}),
        ("threads", {"your_activity/threads/threads_and_replies.json": json.dumps(
            {"text_post_app_text_posts": [{"media": [{"title": "Hi"}]}]}).encode()},
         {"your_activity/threads/threads_and_replies.json"}),
    ],
)  # fmt: skip
def test_of_an_export_nothing_private_is_opened(
    kind: str, files: dict[str, bytes], opened: set[str]
) -> None:
    export = _Watched(files | dict.fromkeys(PRIVATE, b"nobody may read this"))
    (offer,) = importers.offers(export, "export.zip", kind)
    assert offer.opens().posts[0].markdown == "Hi"
    assert export.opened == opened
