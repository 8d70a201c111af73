"""What the preview answers, and whom."""

import asyncio
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from generator.serve.decks import Reel
from generator.serve.shelf import Shelf
from tests.processes import comes
from tests.project import Project
from tests.serving import OURS, Preview, preview

DECK = """\
---
title: Write the ==first line== last
author: {name: Your Name, handle: "@you"}
targets: [linkedin, instagram]
---
The thing itself comes first.

---

Then why it is so.
"""
ONE_TARGET = DECK.replace("[linkedin, instagram]", "[linkedin]")


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Preview]:
    """Yield a preview of one deck on two targets; it is only looked at."""
    project = Project(tmp_path_factory.mktemp("shown"))
    project.file("content/talk.md", DECK)
    with preview(project) as one:
        yield one


# --- what is shown --------------------------------------------------------------------------------


def test_every_carousel_is_listed_with_title_and_targets(shown: Preview) -> None:
    (deck,) = shown.decks()

    assert deck["title"] == "Write the first line last"
    assert deck["path"] == "content/talk.md"
    assert deck["state"] == "ready"
    assert [(reel["key"], reel["count"]) for reel in deck["reels"]] == [
        ("talk/linkedin", 3),
        ("talk/instagram", 3),
    ]


def test_a_slide_is_shown_with_its_words_and_where_they_stand(shown: Preview) -> None:
    cover, first, second = shown.reel()["slides"]

    assert cover["kind"] == "cover"
    assert first["words"] == "The thing itself comes first."
    assert (first["place"], second["place"]) == ("content/talk.md:6", "content/talk.md:10")


@pytest.mark.parametrize("key", ["talk/linkedin", "talk/instagram"])
def test_a_slide_is_a_picture_at_half_size_and_one_at_full(shown: Preview, key: str) -> None:
    slide = shown.reel(key)["slides"][1]
    sizes = []
    for address in (slide["small"], slide["full"]):
        answer = shown.client.get(address)
        assert answer.headers["content-type"] == "image/jpeg"
        assert "immutable" in answer.headers["cache-control"]
        sizes.append(Image.open(BytesIO(answer.content)).size)

    assert sizes == [(540, 675), (1080, 1350)]


@pytest.mark.parametrize("key", ["talk/linkedin", "talk/instagram"])
def test_slides_are_known_from_files_before_anybody_draws_them(shown: Preview, key: str) -> None:
    deck, reel = next(iter(shown.serving.shelf.decks.values())), Reel(key)
    reel.files = deck.reels[key].files
    asyncio.run(shown.serving.answers.survey(reel))

    assert [bool(frame.digest) for frame in reel.frames] == [True] * 3


def test_a_canvas_brings_its_safe_area_and_what_the_grid_cuts(shown: Preview) -> None:
    reel = shown.reel("talk/instagram")

    assert reel["page"] == [1080, 1350]
    assert reel["safe"]["left"] == 84
    assert reel["crop"] == {"top": 0, "right": 34, "bottom": 0, "left": 34}


def test_what_was_built_can_be_kept(shown: Preview) -> None:
    files = {file["name"]: file for file in shown.reel()["files"]}
    folder = shown.project.root / "output" / "talk" / "linkedin"

    assert {"talk.pdf", "talk-linkedin.zip"} <= files.keys()
    for name, file in files.items():
        answer = shown.client.get(file["url"])
        assert answer.content == (folder / name).read_bytes()
        assert len(answer.content) == file["bytes"]
        assert answer.headers["content-disposition"].startswith("attachment")


def test_the_page_and_all_that_it_needs_weigh_less_than_100_kb(shown: Preview) -> None:
    page = shown.client.get("/").text
    parts = [shown.client.get(name) for name in ("/preview.css", "/preview.js", "/icon.svg")]

    assert all(part.status_code == 200 for part in parts)
    assert len(page.encode()) + sum(len(part.content) for part in parts) <= 100_000
    assert "http:" not in page.replace("http://www.w3.org/2000/svg", "")
    assert "https:" not in page


# --- changes --------------------------------------------------------------------------------------


@pytest.fixture
def edited(tmp_path: Path) -> Iterator[Preview]:
    """Yield a preview whose deck is changed."""
    project = Project(tmp_path / "project")
    project.file("content/talk.md", ONE_TARGET)
    with preview(project) as one:
        yield one


def ids(preview: Preview) -> list[str]:
    """Return the names of a carousel's pictures."""
    return [slide["id"] for slide in preview.reel()["slides"]]


def test_a_save_gives_only_the_changed_slide_a_new_picture(edited: Preview) -> None:
    assert edited.comes(lambda reel: reel["proved"])
    before = ids(edited)
    edited.project.file("content/talk.md", ONE_TARGET.replace("why it is so", "why it was so"))

    assert edited.comes(lambda reel: reel["changed"] == [3] and reel["sharp"])
    after = ids(edited)
    assert after[:2] == before[:2]
    assert after[2] != before[2]


def test_a_broken_file_shows_its_problem_beside_the_last_good_slides(edited: Preview) -> None:
    before = ids(edited)
    edited.project.file("content/talk.md", ONE_TARGET.replace("Then", "<!-- layout: x -->\nThen"))

    assert edited.comes(lambda reel: reel["state"] == "failed")
    reel = edited.reel()
    assert len(reel["slides"]) == len(before)
    (problem,) = [one for one in reel["problems"] if one["severity"] == "error"]
    assert problem["code"] == "layout-unknown"
    assert problem["place"].startswith("content/talk.md:10")
    assert problem["slide"] == 3
    for slide in reel["slides"]:
        assert edited.client.get(slide["small"]).status_code == 200

    edited.project.file("content/talk.md", ONE_TARGET)
    assert edited.comes(lambda reel: reel["state"] == "ready" and reel["problems"] == [])


def test_what_was_built_before_is_shown_until_it_is_built_again(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path, lambda *_: None)
    Project(tmp_path).file("talk/linkedin/talk.pdf", b"")
    shelf.listed({"talk": "content/talk.md"})
    shelf.recall("talk", {"talk/linkedin/talk.pdf": [7], "talk/linkedin/01.jpg": [9]})

    (deck,) = shelf.as_told()["decks"]
    assert deck["state"] == "waiting"
    assert [reel["key"] for reel in deck["reels"]] == ["talk/linkedin"]
    assert deck["cover"].startswith("/slides/")
    assert shelf.file("talk/linkedin/talk.pdf")
    (tmp_path / "talk/linkedin/talk.pdf").unlink()
    assert shelf.as_told()["decks"][0]["cover"] == ""


def test_a_carousel_that_was_never_built_has_its_title(edited: Preview) -> None:
    edited.project.file("content/new.md", "---\ntitle: A ==new== one\nlayuot: x\n---\nX\n")
    assert edited.lists("new", "talk")
    assert comes(lambda: "A new one" in [deck["title"] for deck in edited.decks()])


def test_a_new_carousel_appears_and_a_removed_one_goes(edited: Preview) -> None:
    edited.project.file("content/2026/new.md", "---\ncover: false\n---\nNew.\n")
    assert edited.lists("2026/new", "talk")

    (edited.project.root / "content" / "talk.md").unlink()
    assert edited.lists("2026/new")
    assert edited.client.get("/reels/talk/linkedin").status_code == 404


def test_a_carousel_that_is_renamed_at_once_leaves_no_ghost(edited: Preview) -> None:
    (edited.project.root / "content" / "talk.md").unlink()
    new = edited.project.file("content/new.md", "---\ncover: false\n---\nNew.\n")
    assert edited.lists("new")
    new.rename(new.with_name("newer.md"))
    assert edited.lists("newer")

    assert comes(lambda: not edited.serving.watching.unsaved)  # what was put off is done
    assert edited.lists("newer")


def test_a_draft_is_not_shown(edited: Preview) -> None:
    edited.project.file("content/talk.md", ONE_TARGET.replace("targets", "draft: true\ntargets"))

    assert edited.lists()


# --- whom it answers ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Host": "127.0.0.1:4321"}, 200),
        ({"Host": "localhost:4321"}, 200),
        ({"Host": "[::1]:4321"}, 200),
        ({"Host": "LOCALHOST:4321"}, 200),
        ({"Host": "evil.example"}, 403),
        ({"Host": "evil.example:4321"}, 403),
        ({"Host": "127.0.0.1:4321.evil.example"}, 403),
        ({"Host": "127.0.0.1"}, 403),
        ({"Host": "127.0.0.1:4322"}, 403),
        ({"Host": ""}, 403),
        ({"Host": "a b\t"}, 403),
        ({"Origin": f"http://{OURS}"}, 200),
        ({"Origin": "http://evil.example"}, 403),
        ({"Origin": f"https://{OURS}"}, 403),
        ({"Origin": "null"}, 403),
        ({"Sec-Fetch-Site": "same-origin"}, 200),
        ({"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors"}, 403),
        ({"Sec-Fetch-Site": "same-site", "Sec-Fetch-Mode": "navigate"}, 403),
    ],
)
def test_only_its_own_page_is_answered(
    shown: Preview, headers: dict[str, str], status: int
) -> None:
    answer = shown.client.get("/decks", headers=headers)

    assert answer.status_code == status
    assert "access-control-allow-origin" not in answer.headers


def test_another_site_may_lead_people_to_the_page(shown: Preview) -> None:
    headers = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"}

    assert shown.client.get("/", headers=headers).status_code == 200


def test_two_hosts_are_no_host(shown: Preview) -> None:
    twice = [("Host", OURS), ("Host", OURS)]

    assert shown.client.get("/decks", headers=twice).status_code == 400


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE"])
def test_nothing_can_be_changed_from_outside(shown: Preview, method: str) -> None:
    answer = shown.client.request(method, "/decks")

    assert answer.status_code == 405
    assert answer.headers["allow"] == "GET, HEAD"


def test_a_head_has_no_body(shown: Preview) -> None:
    for address in ("/", "/decks", "/events", shown.reel()["slides"][0]["small"]):
        answer = shown.client.head(address)
        assert (answer.status_code, answer.content) == (200, b"")


@pytest.mark.parametrize(
    "path",
    [
        "/files/..%2f..%2fetc/passwd",
        "/files/%2e%2e/%2e%2e/etc/passwd",
        "/files/talk/linkedin\\talk.pdf",
        "/files/talk%5c..%5ctalk.pdf",
        "/files//etc/passwd",
        "/files/talk%00.pdf",
        "/reels/..%2f",
        "/slides/..%5cx.jpg",
        "/" + "a" * 3000,
    ],
)
def test_a_crooked_address_is_refused(shown: Preview, path: str) -> None:
    assert shown.client.get(path).status_code == 400


@pytest.mark.parametrize(
    "path",
    [
        "/files/etc/passwd",
        "/files/talk/linkedin/other.pdf",
        "/files/.threadpress/manifest.json",
        "/reels/nobody",
        "/slides/0123.jpg",
        "/slides/x-huge.jpg",
        "/content/talk.md",
        "/threadpress.yaml",
        "/nowhere",
    ],
)
def test_what_was_not_built_is_not_there(shown: Preview, path: str) -> None:
    assert shown.client.get(path).status_code == 404


def test_a_link_in_output_leads_nowhere(edited: Preview) -> None:
    secret = edited.project.root.parent / "secret.pdf"
    secret.write_bytes(b"the one word that nobody may read")
    pdf = edited.project.root / "output" / "talk" / "linkedin" / "talk.pdf"
    pdf.unlink()
    pdf.symlink_to(secret)

    assert edited.client.get("/files/talk/linkedin/talk.pdf").status_code == 404


def test_every_answer_forbids_what_a_page_of_ours_never_does(shown: Preview) -> None:
    for path in ("/", "/decks", "/nowhere", "/files//x"):
        headers = shown.client.get(path).headers
        assert "default-src 'none'" in headers["content-security-policy"]
        assert "unsafe" not in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["cross-origin-resource-policy"] == "same-origin"
        assert headers["referrer-policy"] == "no-referrer"
