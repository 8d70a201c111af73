"""Importing again keeps what the writer did, takes what the source did, shows where both did."""

import random
from pathlib import Path

import pytest

from generator import content, intake
from generator.errors import UsageError
from generator.importers import Imported, ImportedPost, Media
from generator.intake import merging
from generator.settings.schema import SLIDE_KEYS


def file(*posts: tuple[str, str], front: str = "title: T\n") -> str:
    """Return a content file of posts by id."""
    body = "\n\n---\n\n".join(f"<!-- id: {name} -->\n{words}" for name, words in posts)
    return f"---\n{front}---\n\n{body}\n"


BASE = file(("a", "One"), ("b", "Two\n\nThree\n\nFour"))


def codes(merged: merging.Merged) -> list[str]:
    """Return the codes of what is told."""
    return [problem.code for problem in merged.problems]


def test_nothing_new_changes_nothing() -> None:
    assert merging.merge(BASE, BASE, BASE, "x.md") == merging.Merged(BASE, ())


def test_the_edits_of_the_writer_survive() -> None:
    mine = BASE.replace("One", "One, edited").replace("id: b -->", "id: b, layout: quote -->")
    merged = merging.merge(BASE, mine, BASE.replace("Three", "Three, new"), "x.md")
    assert merged.text == mine.replace("Three", "Three, new")
    assert merged.problems == ()


def test_both_may_change_different_blocks_of_a_post() -> None:
    mine, theirs = BASE.replace("Two", "Mine"), BASE.replace("Four", "Theirs")
    merged = merging.merge(BASE, mine, theirs, "x.md")
    assert merged.text == file(("a", "One"), ("b", "Mine\n\nThree\n\nTheirs"))


def test_where_both_changed_both_are_shown_and_told_with_a_line() -> None:
    mine, theirs = BASE.replace("Three", "Mine"), BASE.replace("Three", "Theirs")
    merged = merging.merge(BASE, mine, theirs, "x.md")
    both = "> [!CAUTION] Yours\n> Mine\n\n> [!CAUTION] Imported again\n> Theirs"
    assert merged.text == file(("a", "One"), ("b", f"Two\n\n{both}\n\nFour"))
    (problem,) = merged.problems
    assert (problem.code, str(problem.location)) == ("import-conflict", "x.md:10")


def test_a_conflict_is_told_once() -> None:
    mine, theirs = BASE.replace("Three", "Mine"), BASE.replace("Three", "Theirs")
    once = merging.merge(BASE, mine, theirs, "x.md").text
    assert merging.merge(theirs, once, theirs, "x.md") == merging.Merged(once, ())


def test_new_posts_stand_behind_the_one_they_follow_and_own_ones_stay() -> None:
    mine = BASE.replace("One", "One\n\n---\n\nMy own")
    theirs = file(("a", "One"), ("n", "New"), ("b", "Two\n\nThree\n\nFour"), ("z", "Last"))
    merged = merging.merge(BASE, mine, theirs, "x.md")
    order = ["One", "New", "My own", "Two", "Last"]
    assert [merged.text.index(each) for each in order] == sorted(
        merged.text.index(each) for each in order
    )
    assert codes(merged) == ["post-added", "post-added"]


def test_what_the_writer_removed_stays_away() -> None:
    mine = file(("a", "One"))
    assert merging.merge(BASE, mine, BASE, "x.md").text == mine
    assert codes(merging.merge(BASE, mine, BASE.replace("Two", "2"), "x.md")) == ["post-removed"]


def test_what_the_source_removed_goes_unless_the_writer_changed_it() -> None:
    theirs = file(("a", "One"))
    merged = merging.merge(BASE, BASE, theirs, "x.md")
    assert (merged.text, codes(merged)) == (theirs, ["post-removed"])
    mine = BASE.replace("Two", "Mine")
    merged = merging.merge(BASE, mine, theirs, "x.md")
    assert (merged.text, codes(merged)) == (mine, ["post-kept"])


def test_front_matter_is_merged_key_by_key_as_it_was_typed() -> None:
    base = file(("a", "One"), front="title: T\nsource: {kind: x}\n")
    mine = file(("a", "One"), front="# my title\ntitle: 'Mine'\nsource: {kind: x}\ntheme: paper\n")
    theirs = file(("a", "One"), front="title: Theirs\nsource: {kind: x, id: y}\n")
    merged = merging.merge(base, mine, theirs, "x.md")
    assert merged.text == mine.replace("{kind: x}", "{kind: x, id: y}")
    (problem,) = merged.problems
    assert "Theirs" in (problem.hint or "")


def test_settings_are_merged_key_by_key() -> None:
    mine = BASE.replace("id: a -->", "id: a, layout: quote -->")
    theirs = BASE.replace("id: a -->", "id: a, wants: picture -->")
    merged = merging.merge(BASE, mine, theirs, "x.md")
    assert "<!-- id: a, layout: quote, wants: picture -->\nOne" in merged.text
    assert merged.problems == ()


def test_without_a_copy_of_what_was_imported_each_difference_is_shown() -> None:
    merged = merging.merge(None, BASE.replace("One", "Mine"), BASE, "x.md")
    assert "> [!CAUTION] Yours\n> Mine" in merged.text
    assert codes(merged) == ["import-conflict"]


def test_line_breaks_that_were_given_back_are_no_change() -> None:
    flat = "Words: - one thing - other thing"
    base = file(("a", "Words:\n\n- one thing\n- other thing"))
    merged = merging.merge(base, base, file(("a", flat)), "x.md")
    assert merged == merging.Merged(base, ())


def test_rules_in_code_and_in_notes_part_no_posts() -> None:
    text = file(("a", "```\n\n---\n\n```\n\n<!--\n\n---\n\n-->"), ("b", "***bold*** words"))
    assert merging.merge(text, text, text, "x.md").text == text


def test_random_edits_are_never_lost() -> None:
    for seed in range(300):
        chance = random.Random(seed)  # noqa: S311 (the same in each run)
        posts = [(f"p{n}", "\n\n".join(f"{n}{at}" for at in range(3))) for n in range(4)]
        sides = []
        for side in "mt":
            changed = [
                (
                    name,
                    words.replace("1", f"1{side}{chance.randrange(9)}", 1)
                    if chance.random() < 0.4
                    else words,
                )
                for name, words in posts
            ]
            extra = [(f"new{side}", f"new{side}")] if chance.random() < 0.4 else []
            at = chance.randrange(5)
            sides.append(changed[:at] + extra + changed[at:])
        ours, incoming = sides
        merged = merging.merge(file(*posts), file(*ours), file(*incoming), "x.md")
        words = set(merged.text.replace("> ", "").split())
        old = dict(posts)
        for posted in sides:
            for name, said in posted:
                assert not set(said.split()) - set(old.get(name, "").split()) - words, (seed, name)
        found = content.read(content.load(merged.text.encode(), "x", "/x", "x"), SLIDE_KEYS)
        assert not [one for one in found.problems if one.severity == "error"]


def thread(words: str, picture: bytes = b"<svg xmlns='http://www.w3.org/2000/svg'/>") -> Imported:
    """Return a thread with one post and one picture."""
    post = ImportedPost("a", f"{words}\n\n![P](p.svg)")
    return Imported((post,), media=(Media("p.svg", lambda: picture),))


def test_the_copy_lies_hidden_beside_the_file_and_is_no_source(tmp_path: Path) -> None:
    path = tmp_path / "content" / "t" / "index.md"
    intake.write(thread("One"), path)
    assert merging.base_of(path).read_text("utf-8") == path.read_text("utf-8")
    assert [each.slug for each in content.discover(tmp_path / "content").found] == ["t"]


def test_updating_writes_the_merged_file_and_keeps_the_pictures_of_the_writer(
    tmp_path: Path,
) -> None:
    path = tmp_path / "t" / "index.md"
    intake.write(thread("One"), path)
    path.write_text(path.read_text("utf-8").replace("![P]", "![My words]"), "utf-8")
    (tmp_path / "t" / "p.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg' id='m'/>")
    with pytest.raises(UsageError):
        intake.write(thread("Two"), path)
    told = intake.write(thread("Two"), path, update=True)
    assert [problem.code for problem in told] == ["picture-kept"]
    assert path.read_text("utf-8") == "<!-- id: a -->\nTwo\n\n![My words](p.svg)\n"
    assert "id='m'" in (tmp_path / "t" / "p.svg").read_text()
    assert [
        one.code
        for one in intake.write(
            thread("Two", b"<svg xmlns='http://www.w3.org/2000/svg' id='m'/>"), path, update=True
        )
    ] == ["file-unchanged"]
