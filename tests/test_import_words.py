"""Text in, text out: every reader gives the words that it was given, in their order."""

import json
from collections.abc import Callable, Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator import importers
from tests.imports import assigned, said, thread_of, tweet

PLAIN = (
    "a", "Two", "words,", "3.5", "24/7", "(so", "said)", "snake_case", "5%", "@you", "#tag", "$5",
    "é",
    "ñandú", "слово", "語", "👇", "—", "\u201cquoted\u201d", "it's", "C++", "x-y", "e.g.", "A/B",
)  # fmt: skip
"""What means nothing but itself in every format, Markdown among them."""

Posts = Sequence[str]
"""Each begins with a word and ends with one, and says something else than the others."""

PAGE = "0123456789abcdef0123456789abcdef"
FRONT = "---\nmarp: true\n---\n"


def _json(value: object) -> bytes:
    return json.dumps(value).encode()


def _skeets(posts: Posts) -> bytes:
    root = "at://did:plc:a/app.bsky.feed.post/"
    return _json([
        {"uri": f"{root}{n}", "author": {"did": "did:plc:a"}, "record": {
            "$type": "app.bsky.feed.post", "text": text, "createdAt": f"2026-01-01T00:00:{n:02}Z",
            **({"reply": {"parent": {"uri": f"{root}{n - 1}"}}} if n else {})}}
        for n, text in enumerate(posts)
    ])  # fmt: skip


def _toots(posts: Posts) -> bytes:
    found = [
        {"id": str(n + 1), "in_reply_to_id": str(n) if n else None, "account": {"id": "1"},
         "content": f"<p>{text}</p>", "created_at": f"2026-01-01T00:00:{n:02}Z"}
        for n, text in enumerate(posts)
    ]  # fmt: skip
    return _json(found)


def _embeds(posts: Posts) -> bytes:
    user = {"name": "Your Name", "screen_name": "you"}
    return _json([
        {"__typename": "Tweet", "id_str": str(n + 1), "text": text, "user": user,
         **({"in_reply_to_status_id_str": str(n)} if n else {})}
        for n, text in enumerate(posts)
    ])  # fmt: skip


def _answer(posts: Posts) -> bytes:
    return _json({"data": [
        {"id": str(n + 1), "author_id": "1", "conversation_id": "1", "text": text,
         "edit_history_tweet_ids": [str(n + 1)],
         "referenced_tweets": [{"type": "replied_to", "id": str(n)}] if n else []}
        for n, text in enumerate(posts)
    ]})  # fmt: skip


def _threads(posts: Posts) -> bytes:
    return _json({"text_post_app_text_posts": [
        {"media": [{"title": text.encode().decode("latin-1"), "text_app_post": {"is_reply": n > 0},
                    "creation_timestamp": 1_700_000_000 + n}]}
        for n, text in enumerate(posts)
    ]})  # fmt: skip


def _shares(posts: Posts) -> bytes:
    rows = (
        f'2026-01-01 00:00:{n:02},https://l.example/{n},"{text}"' for n, text in enumerate(posts)
    )
    return "\n".join(["Date,ShareLink,ShareCommentary", *rows]).encode()


def _archive(posts: Posts) -> bytes:
    tweets = [tweet(n + 1, text, n or None) for n, text in enumerate(posts)]
    return assigned("tweets", tweets).encode()


def _studio(posts: Posts) -> bytes:
    cards = (f"Drag Post #{n}\nYour Name\n@you\n\n{text}" for n, text in enumerate(posts, 1))
    return "\n".join(cards).encode()


def _quiz(shape: str) -> Callable[[Posts], bytes]:
    """Return what writes each post as a question."""
    return lambda posts: "\n\n".join(shape.format(text) for text in posts).encode()


def _gift(posts: Posts) -> bytes:
    signs = str.maketrans({sign: f"\\{sign}" for sign in "~=#{}:"})
    return "\n\n".join(f"{text.translate(signs)}? {{}}" for text in posts).encode()


def _parted(rule: str, head: str = "") -> Callable[[Posts], bytes]:
    """Return what writes the posts as paragraphs between rules."""
    return lambda posts: (head + f"\n\n{rule}\n\n".join(posts) + "\n").encode()


def _notion(posts: Posts) -> bytes:
    body = "".join(f"<p>{text}</p><hr/>" for text in posts)
    return f'<article class="page sans"><div class="page-body">{body}</div></article>'.encode()


WRITERS: dict[str, Callable[[Posts], bytes]] = {
    "aiken": _quiz("{}?\nA. yes\nB. no\nANSWER: A"),
    "anki": lambda posts: "\n".join(["#separator:tab", *(f"{one}?\tso" for one in posts)]).encode(),
    "article": _parted("---"),
    "bluesky": _skeets,
    "carousel-studio": _studio,
    "gift": _gift,
    "html": lambda posts: f"<!doctype html><p>{'</p><hr><p>'.join(posts)}".encode(),
    "lesson": lambda posts: "\n".join(
        ["Loading lesson…", posts[0], f"{len(posts) - 1} questions · take it at q.example",
         *(f"{one}?" for one in posts[1:])]).encode(),
    "linkedin": _shares,
    "marp": _parted("---", FRONT),
    "mastodon": _toots,
    "notion": _notion,
    "notion-page": lambda posts: "\n\n".join(["<aside> 📌", *posts, "</aside>"]).encode(),
    "paste": lambda posts: "\n\n".join(f"{n}/ {one}" for n, one in enumerate(posts, 1)).encode(),
    "posts-json": lambda posts: _json({"threadpress": 1, "posts": [{"text": t} for t in posts]}),
    "reveal": _parted("---"),
    "slidev": _parted("---", "---\ntheme: seriph\n---\n\n"),
    "tasks": _quiz("{}?\n\n- [x] yes\n- [ ] no"),
    "threads": _threads,
    "x-api": _answer,
    "x-archive": _archive,
    "x-post": _embeds,
}  # fmt: skip
"""Writes posts as each kind has them."""

posts = st.lists(
    st.lists(st.sampled_from(PLAIN), min_size=1, max_size=8).map(" ".join), min_size=2, max_size=4
).map(lambda texts: [f"Post {text} number {n} ends" for n, text in enumerate(texts)])


def test_there_is_one_for_every_reader() -> None:
    assert set(WRITERS) == set(importers.importers())


@pytest.mark.parametrize("kind", WRITERS)
@settings(max_examples=12)
@given(posts)
def test_every_word_comes_out_in_its_order(kind: str, texts: list[str]) -> None:
    raw = WRITERS[kind](texts)
    name = f"Page {PAGE}.html" if kind == "notion" else "file"
    found = [offer.opens() for offer in importers.offers(raw, name, kind)]
    shown = " ".join(
        " ".join([thread.title, *(post.plain() for post in thread_of(thread).posts)])
        for thread in (reversed(found) if kind == "linkedin" else found)
    )
    for text in texts:
        want = " ".join(said(text))
        assert want in " ".join(shown.replace("\\", "").split()), shown
    places = [shown.find(f"number {n} ends") for n in range(len(texts))]
    assert places == sorted(places)
