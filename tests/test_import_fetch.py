"""`threadpress import --fetch` gets pictures, and threads by their address; nothing else does."""

import json
import re
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from urllib.parse import quote

import pytest
from click.testing import CliRunner, Result

from generator.cli import threadpress
from generator.cli._group import Context
from generator.intake.networks.x import token
from generator.web import Web
from tests.hosts import Hosts, Says, played
from tests.imports import PNG, packed, tweet, x_files

Run = Callable[..., Result]
DID = "did:plc:abc123"
BSKY = "public.api.bsky.app/xrpc/"
PICTURE = Says(PNG, "image/png")


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a content repo that is the current folder."""
    (tmp_path / "threadpress.yaml").write_text("", "utf-8")
    (tmp_path / "content").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path


def fetched(hosts: Hosts, *arguments: str) -> Result:
    """Run `threadpress import --fetch` among hosts that are played."""
    web = Web(Path(".threadpress"), stands_in=hosts.stands_in(), waits=lambda _seconds: None,
              resolves=lambda _host: ["10.0.0.1"])  # fmt: skip
    return CliRunner().invoke(threadpress, ["import", "--fetch", *arguments], obj=Context(web=web))


def answer(value: object) -> Says:
    """Return JSON as an answer."""
    return Says(json.dumps(value).encode(), "application/json; charset=utf-8")


def skeet(
    key: str, text: str, parent: str = "", did: str = DID, **more: object
) -> dict[str, object]:
    """Return a post as Bluesky's API has it."""
    record: dict[str, object] = {
        "$type": "app.bsky.feed.post", "text": text, "createdAt": "2026-11-20T10:00:00Z",
    }  # fmt: skip
    if parent:
        record["reply"] = {"parent": {"uri": f"at://{DID}/app.bsky.feed.post/{parent}"}}
    author = {"did": did, "handle": "you.example", "displayName": "Your Name"}
    return {"uri": f"at://{did}/app.bsky.feed.post/{key}", "author": author, "record": record,
            **more}  # fmt: skip


def bluesky(thread: object) -> dict[str, Says | list[Says]]:
    """Return the answers of Bluesky's API about the post 3aa."""
    return {
        f"{BSKY}com.atproto.identity.resolveHandle?handle=you.example": answer({"did": DID}),
        f"{BSKY}app.bsky.feed.getPostThread?uri=at://{DID}/app.bsky.feed.post/3aa"
        "&depth=300&parentHeight=300": answer({"thread": thread}),
    }


def thread() -> dict[str, object]:
    """Return a thread of three with a picture, and what others and the author said to others."""
    shown = {"images": [{"alt": "A plan", "fullsize": "https://cdn.bsky.app/img/plain/x@png"}]}
    other = {
        "post": skeet("9zz", "Nice!", "3aa", did="did:plc:other"),
        "replies": [
            {
                "post": {
                    **skeet("3dd", "Thanks"),
                    "record": {
                        **skeet("3dd", "Thanks")["record"],  # type: ignore[dict-item]
                        "reply": {"parent": {"uri": "at://did:plc:other/app.bsky.feed.post/9zz"}},
                    },
                }
            }
        ],
    }
    third = {"post": skeet("3cc", "Three", "3bb")}
    second = {"post": skeet("3bb", "Two", "3aa", embed=shown), "replies": [third]}
    return {"post": skeet("3aa", "One 🧵"), "replies": [other, second]}


@pytest.mark.parametrize(
    "url",
    ["https://bsky.app/profile/you.example/post/3aa", f"https://bsky.app/profile/{DID}/post/3aa",
     f"at://{DID}/app.bsky.feed.post/3aa", "at://you.example/app.bsky.feed.post/3aa"],
)  # fmt: skip
def test_a_thread_of_bluesky_comes_by_its_address(project: Path, url: str) -> None:
    with played({**bluesky(thread()), "cdn.bsky.app/img/plain/x@png": PICTURE}) as hosts:
        result = fetched(hosts, url, "--slug", "plan")
    assert result.exit_code == 0, result.output
    written = (project / "content/plan/index.md").read_text("utf-8")
    assert re.findall(r"id: bsky-(\w+)", written) == ["3aa", "3bb", "3cc"]
    assert "![A plan](bsky-3bb-1.png)" in written
    assert 'url: "https://bsky.app/profile/you.example/post/3aa"' in written
    assert (project / "content/plan/bsky-3bb-1.png").read_bytes() == PNG
    assert re.search(
        r"<!-- Picture bsky-3bb-1.png from https://cdn\S+ sha256:[0-9a-f]{64} -->", written
    )
    assert "wants" not in written


def test_an_account_or_post_that_is_not_there_is_told(project: Path) -> None:
    nobody = {f"{BSKY}com.atproto.identity.resolveHandle?handle=you.example": answer({})}
    with played(nobody) as hosts:
        result = fetched(hosts, "https://bsky.app/profile/you.example/post/3aa")
    assert (result.exit_code, "there is no account `you.example`" in result.stderr) == (1, True)
    with played(bluesky({"$type": "app.bsky.feed.defs#notFoundPost"})) as hosts:
        result = fetched(hosts, "https://bsky.app/profile/you.example/post/3aa")
    assert (result.exit_code, "error[import-empty]" in result.stderr) == (1, True)
    assert list((project / "content").iterdir()) == []


def toot(number: int, parent: int | None = None, owner: str = "1") -> dict[str, object]:
    """Return a status of Mastodon."""
    account = {"id": owner, "acct": "you", "display_name": "Your Name"}
    return {
        "id": str(number), "in_reply_to_id": parent and str(parent), "account": account,
        "content": f"<p>Toot {number}</p>", "created_at": f"2026-11-20T10:{number:02}:00.000Z",
        "url": f"https://toots.example/@you/{number}", "media_attachments": [],
    }  # fmt: skip


def mastodon(length: int, asked: int) -> dict[str, Says | list[Says]]:
    """Return what a server says of a thread: of each post 20 below it, 40 above, and an answer."""
    posts = [toot(n, n - 1 if n > 1 else None) for n in range(1, length + 1)]
    api = "toots.example/api/v1/statuses/"
    answers: dict[str, Says | list[Says]] = {f"{api}{asked}": answer(posts[asked - 1])}
    for n in range(1, length + 1):
        below = [*posts[n : n + 20], toot(900 + n, n, "2")]
        context = {"ancestors": posts[max(0, n - 41) : n - 1], "descendants": below}
        answers[f"{api}{n}/context"] = answer(context)
    return answers


@pytest.mark.parametrize(("length", "asked", "questions"), [(3, 1, 2), (30, 2, 4), (50, 49, 4)])
def test_a_thread_of_mastodon_comes_whole(
    project: Path, length: int, asked: int, questions: int
) -> None:
    with played(mastodon(length, asked)) as hosts:
        result = fetched(hosts, f"https://toots.example/@you/{asked}", "--slug", "toots")
    assert result.exit_code == 0, result.output
    written = (project / "content/toots.md").read_text("utf-8")
    assert re.findall(r"Toot (\d+)", written) == [str(n) for n in range(1, length + 1)]
    assert len(hosts.asked) <= questions


@pytest.mark.parametrize("path", ["@you@far.example/7", "users/you/statuses/7", "web/statuses/7"])
def test_other_addresses_of_a_status_are_known(project: Path, path: str) -> None:
    with played(mastodon(7, 7)) as hosts:
        assert fetched(hosts, f"https://toots.example/{path}").exit_code == 0
    assert len(list((project / "content").glob("[!.]*.md"))) == 1


def test_a_server_that_is_not_mastodon_is_told(project: Path) -> None:
    with played({"blog.example/api/v1/statuses/7": Says(b"<html>", "text/html")}) as hosts:
        result = fetched(hosts, "https://blog.example/@you/7")
    assert (result.exit_code, "error[web-type]" in result.stderr) == (1, True)
    with played({"blog.example/api/v1/statuses/7": answer({"id": 7})}) as hosts:
        result = fetched(hosts, "https://blog.example/@you/7")
    assert (result.exit_code, "no post of Mastodon" in result.stderr) == (1, True)
    assert list((project / "content").iterdir()) == []


def embedded(number: int, text: str, parent: int | None = None, **more: object) -> Says:
    """Return a post as X gives it to embeds."""
    said: dict[str, object] = {
        "__typename": "Tweet", "id_str": str(number), "text": text, "entities": {"urls": []},
        "created_at": f"2026-11-20T10:00:{number:02}.000Z", "display_text_range": [0, len(text)],
        "user": {"id_str": "7", "name": "Your Name", "screen_name": "you"},
    }  # fmt: skip
    if parent:
        said |= {"in_reply_to_status_id_str": str(parent), "in_reply_to_screen_name": "you"}
    return answer(said | more)


def x_hosts(posts: Mapping[int, Says], **spare: Says) -> dict[str, Says | list[Says]]:
    """Return the answers of X: of its embeds' JSON, and of oEmbed."""
    page = quote("https://x.com/i/status/", safe="")
    found: dict[str, Says | list[Says]] = {
        f"cdn.syndication.twimg.com/tweet-result?id={n}&token={token(n)}&lang=en": said
        for n, said in posts.items()
    }
    for name, said in spare.items():
        found[f"publish.twitter.com/oembed?url={page}{name[1:]}&omit_script=1&dnt=true"] = said
    return found


def test_a_thread_of_x_comes_by_its_last_post(project: Path) -> None:
    photo = {"type": "photo", "url": "https://t.co/p", "ext_alt_text": "A plan",
             "media_url_https": "https://pbs.twimg.com/media/Plan.jpg"}  # fmt: skip
    link = {
        "url": "https://t.co/l",
        "expanded_url": "https://e.example/x",
        "display_url": "e.example/x",
    }
    posts = {
        13: embedded(13, "@you Three &amp; out https://t.co/p", 12, mediaDetails=[photo],
                     display_text_range=[5, 20]),
        12: embedded(12, "@you Two, see https://t.co/l", 11, entities={"urls": [link]},
                     display_text_range=[5, 28]),
        11: embedded(11, "One 🧵"),
    }  # fmt: skip
    picture = {"pbs.twimg.com/media/Plan.jpg?name=orig": PICTURE}
    with played({**x_hosts(posts), **picture}) as hosts:
        result = fetched(hosts, "https://x.com/you/status/13?s=20", "--slug", "x")
    assert result.exit_code == 0, result.output
    written = (project / "content/x/index.md").read_text("utf-8")
    posts_of = [part.strip().split("-->\n")[-1] for part in written.split("\n---\n")[1:]]
    assert posts_of == ["One 🧵", "Two, see [e.example/x](https://e.example/x)",
                        "Three & out\n\n![A plan](Plan.png)"]  # fmt: skip
    assert 'handle: "@you"' in written
    assert "thread-end-unknown" in result.stderr


@pytest.mark.parametrize(
    "first",
    [Says(status=404), answer({}), answer({"__typename": "TweetTombstone", "tombstone": {}})],
    ids=["404", "nothing", "a tombstone"],
)
def test_oembed_stands_in_for_one_post_of_x(project: Path, first: Says) -> None:
    html = ('<blockquote class="twitter-tweet"><p lang="en" dir="ltr">One &amp; only<br>for '
            '<a href="https://x.com/all?x">@all</a>: <a href="https://t.co/l">e.example/x</a> '
            '<a href="https://t.co/p">pic.twitter.com/abc</a></p>&mdash; Your Name (@you) '
            '<a href="https://twitter.com/you/status/11">May 1</a></blockquote>')  # fmt: skip
    spare = answer({"url": "https://twitter.com/you/status/11", "author_name": "Your Name",
                    "html": html, "provider_name": "Twitter"})  # fmt: skip
    with played(x_hosts({11: first}, n11=spare)) as hosts:
        result = fetched(hosts, "https://twitter.com/you/status/11", "--slug", "x")
    assert result.exit_code == 0, result.output
    written = (project / "content/x.md").read_text("utf-8")
    assert written.endswith("One & only\\\nfor @all: [e.example/x](https://t.co/l)\n")
    assert "post-bare" in result.stderr


def test_a_post_of_x_that_nobody_is_shown_is_told(project: Path) -> None:
    with played(x_hosts({11: Says(status=404)}, n11=Says(status=404))) as hosts:
        result = fetched(hosts, "https://x.com/you/status/11")
    assert (result.exit_code, "error[web-status]" in result.stderr) == (1, True)
    assert list((project / "content").iterdir()) == []


def test_a_long_post_of_x_and_one_that_is_gone_are_told(project: Path) -> None:
    posts = {12: embedded(12, "Two …", 11, note_tweet={"id": "x"}), 11: Says(status=404)}
    with played(x_hosts(posts)) as hosts:
        result = fetched(hosts, "https://x.com/you/status/12")
    assert result.exit_code == 0, result.output
    assert "warning[post-cut]" in result.stderr
    assert "warning[post-missing]: post 11, which the thread goes on from" in result.stderr
    assert len(list((project / "content").glob("[!.]*.md"))) == 1


def archived(project: Path) -> None:
    """Write an archive of X whose pictures are not in it."""
    media = [{"url": "https://t.co/m", "type": kind, "ext_alt_text": "A plan",
              "media_url_https": f"http://pbs.example/media/{name}"}
             for kind, name in (("photo", "A.png"), ("video", "B.jpg"))]  # fmt: skip
    first = tweet(20, "Hook https://t.co/m", extended_entities={"media": media})
    packed(project / "x.zip", x_files(first, tweet(21, "End", 20)))


def test_pictures_of_an_archive_and_posters_of_videos_come(project: Path) -> None:
    archived(project)
    answers = {"pbs.example/media/A.png": PICTURE, "pbs.example/media/B.jpg": PICTURE}
    with played(answers) as hosts:
        result = fetched(hosts, "x.zip", "--slug", "x")
    assert result.exit_code == 0, result.output
    written = (project / "content/x/index.md").read_text("utf-8")
    assert "Hook\n\n![A plan](A.png)\n\n![A plan](B.png)" in written
    assert "wants" not in written
    assert "media-" not in result.stderr


def test_a_picture_that_cannot_be_fetched_is_wanted_and_the_rest_comes(project: Path) -> None:
    archived(project)
    answers = {"pbs.example/media/A.png": Says(status=404), "pbs.example/media/B.jpg": PICTURE}
    with played(answers) as hosts:
        result = fetched(hosts, "x.zip", "--slug", "x")
    assert result.exit_code == 0, result.output
    assert (
        "warning[web-status]: a picture was not fetched: `pbs.example` answers 404" in result.stderr
    )
    written = (project / "content/x/index.md").read_text("utf-8")
    assert "<!-- id: x-20, wants: picture -->" in written
    assert "Picture to add http://pbs.example/media/A.png (A plan)" in written
    assert "Hook\n\n![A plan](B.png)" in written


def test_an_address_in_an_archive_never_leads_into_the_local_network(project: Path) -> None:
    archived(project)
    with played({}) as hosts:
        result = fetched(hosts, "x.zip", "--slug", "x")
    assert result.exit_code == 0, result.output
    assert result.stderr.count("warning[web-refused]") == 2
    assert "leads into the network that you sit in" in result.stderr


def test_pictures_of_an_article_come_where_they_stood(project: Path) -> None:
    text = "# Plans\n\nAbove.\n\n![One](https://pics.example/one.png)\n\nBelow ![two](https://pics.example/2)."
    (project / "plans.md").write_text(text, "utf-8")
    answers = {"pics.example/one.png": PICTURE, "pics.example/2": PICTURE}
    with played(answers) as hosts:
        result = fetched(hosts, "plans.md")
    assert result.exit_code == 0, result.output
    written = (project / "content/plans/index.md").read_text("utf-8")
    assert "Above.\n\n![One](one.png)\n\nBelow ![two](article-1-2.png)." in written


def test_importing_again_with_pictures_keeps_what_the_writer_changed(project: Path) -> None:
    archived(project)
    assert CliRunner().invoke(threadpress, ["import", "x.zip", "--slug", "x"]).exit_code == 0
    path = project / "content/x.md"
    path.write_text(path.read_text("utf-8").replace("End", "The end"), "utf-8")
    answers = {"pbs.example/media/A.png": PICTURE, "pbs.example/media/B.jpg": PICTURE}
    with played(answers) as hosts:
        result = fetched(hosts, "x.zip", "--slug", "x", "--update")
        again = fetched(hosts, "x.zip", "--slug", "x", "--update")
    assert result.exit_code == 0, result.output
    written = path.read_text("utf-8")
    assert "The end" in written
    assert "![A plan](A.png)" in written
    assert "wants" not in written
    assert "file-unchanged" in again.stderr
    assert len(hosts.asked) == 2


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("https://blog.example/a-post", "no address of a post that can be fetched"),
        ("https://medium.example/@you/a-title-12ab", "no address of a post"),
        ("https://x.com/you", "there are: Bluesky, Mastodon, X"),
    ],
)
def test_an_address_of_something_else_is_told(project: Path, url: str, told: str) -> None:
    with played({}) as hosts:
        result = fetched(hosts, url)
    assert (result.exit_code, told in result.stderr) == (2, True), result.stderr
    assert project.is_dir()


def test_from_names_the_network(project: Path) -> None:
    with played(mastodon(1, 1)) as hosts:
        result = fetched(hosts, "https://toots.example/@you/1", "--from", "bluesky")
        assert result.exit_code == 2
        result = fetched(hosts, "https://toots.example/@you/1", "--from", "gift")
        assert "there are: bluesky, mastodon, x" in result.stderr
        assert fetched(hosts, "https://toots.example/@you/1", "--from", "mastodon").exit_code == 0
    assert project.is_dir()


def test_without_the_flag_an_address_is_not_asked(project: Path) -> None:
    result = CliRunner().invoke(threadpress, ["import", "https://x.com/you/status/1"])
    assert result.exit_code == 2
    assert "error[fetch-unasked]: an address is only asked with --fetch" in result.stderr
    assert project.is_dir()


def test_without_the_flag_nothing_that_knows_the_network_is_even_loaded(project: Path) -> None:
    archived(project)
    code = (
        "import sys; from generator.__main__ import main\ntry: main()\nfinally: print(*sys.modules)"
    )
    ended = subprocess.run(
        [sys.executable, "-c", code, "import", "x.zip", "--slug", "x"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    loaded = set(ended.stdout.split())
    assert (project / "content/x.md").is_file(), ended.stderr
    assert not loaded & {"generator.web", "urllib3", "ssl", "http.client"}
    assert "get them with --fetch" in ended.stderr or "get it with --fetch" in ended.stderr
