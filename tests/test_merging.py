"""Importing again keeps what the writer did, takes what the source did, shows where both did."""

import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator import content, intake
from generator.errors import UsageError
from generator.importers import Imported, ImportedPost, Media
from generator.intake import copies, merging
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
    assert merging.merge(BASE, BASE, BASE, "x.md") == merging.Merged(BASE, (), BASE)


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
    assert merging.merge(theirs, once, theirs, "x.md") == merging.Merged(once, (), theirs)


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
    assert (merged.text, merged.problems) == (base, ())


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
    copy = copies.read(path)
    assert copy is not None
    assert copy.text == path.read_text("utf-8")
    assert list(copy.digests) == ["p.svg"]
    assert [each.slug for each in content.discover(tmp_path / "content").found] == ["t"]


SVG = b"<svg xmlns='http://www.w3.org/2000/svg' id='%s'/>"


def test_updating_writes_the_merged_file_and_refuses_to_write_over_it_otherwise(
    tmp_path: Path,
) -> None:
    path = tmp_path / "t" / "index.md"
    intake.write(thread("One"), path)
    path.write_text(path.read_text("utf-8").replace("![P]", "![My words]"), "utf-8")
    with pytest.raises(UsageError):
        intake.write(thread("Two"), path)
    assert intake.write(thread("Two"), path, update=True) == ()
    assert path.read_text("utf-8") == "<!-- id: a -->\nTwo\n\n![My words](p.svg)\n"
    told = intake.write(thread("Two"), path, update=True)
    assert [problem.code for problem in told] == ["file-unchanged"]


@pytest.mark.parametrize(
    ("mine", "came", "stays", "code"),
    [
        (b"old", b"old", b"old", "file-unchanged"),
        (b"old", b"new", b"new", "picture-replaced"),
        (b"mine", b"old", b"mine", "file-unchanged"),
        (b"mine", b"new", b"mine", "picture-kept"),
        (b"new", b"new", b"new", "file-unchanged"),
        (None, b"new", b"new", "file-unchanged"),
    ],
)
def test_a_picture_is_taken_or_kept_by_who_changed_it(
    tmp_path: Path, mine: bytes | None, came: bytes, stays: bytes, code: str
) -> None:
    path = tmp_path / "t" / "index.md"
    intake.write(thread("One", SVG % b"old"), path)
    picture = path.with_name("p.svg")
    picture.unlink() if mine is None else picture.write_bytes(SVG % mine)
    told = intake.write(thread("One", SVG % came), path, update=True)
    assert [problem.code for problem in told] == [code]
    assert picture.read_bytes() == SVG % stays
    again = intake.write(thread("One", SVG % came), path, update=True)
    assert [problem.code for problem in again] == ["file-unchanged"]


def test_a_picture_of_a_post_that_the_writer_removed_stays_away(tmp_path: Path) -> None:
    path = tmp_path / "t" / "index.md"
    intake.write(thread("One"), path)
    path.write_text("<!-- id: mine -->\nMine\n", "utf-8")
    path.with_name("p.svg").unlink()
    intake.write(thread("Two"), path, update=True)
    assert not path.with_name("p.svg").exists()


def test_the_order_that_only_the_source_changed_is_taken() -> None:
    base = file(("a", "One"), ("b", "Two"), ("c", "Three"))
    theirs = file(("c", "Three"), ("n", "New"), ("a", "One"), ("b", "Two"))
    mine = base.replace("One", "One\n\n---\n\nMy own")
    merged = merging.merge(base, mine, theirs, "x.md")
    assert _words(merged) == ["Three", "New", "One", "My own", "Two"]
    assert codes(merged) == ["post-moved", "post-added"]
    moved = file(("b", "Two"), ("a", "One"), ("c", "Three"))
    assert merging.merge(base, moved, base, "x.md").text == moved
    both = merging.merge(base, moved, theirs, "x.md")
    assert _words(both) == ["Two", "One", "Three", "New"]
    assert codes(both) == ["import-conflict", "post-added"]


def test_posts_that_are_only_numbered_are_known_by_what_they_say() -> None:
    base = _numbered("The first post", "The second post", "The third one", "The end")
    mine = base.replace("id: d-3 -->", "id: d-3, layout: quote -->").replace("third", "3rd")
    new = _numbered("A new one", "The first post", "The second post!", "The third one", "The end")
    merged = merging.merge(base, mine, new, "x.md")
    assert merged.text == (
        mine.replace("second post", "second post!").replace(
            "<!-- id: d-1 -->", "<!-- id: d-5 -->\nA new one\n\n---\n\n<!-- id: d-1 -->"
        )
    )
    assert codes(merged) == ["post-added"]
    # What is kept of it is what the next time is compared with.
    again = merging.merge(merged.copy, merged.text, new, "x.md")
    assert (again.text, again.problems, again.copy) == (merged.text, (), merged.copy)
    fewer = _numbered("A new one", "The second post!", "The third one", "The end")
    gone = merging.merge(merged.copy, merged.text, fewer, "x.md")
    assert codes(gone) == ["post-removed"]
    assert "The first" not in gone.text
    assert "id: d-3, layout: quote -->\nThe 3rd one" in gone.text


posts = st.lists(
    st.tuples(st.sampled_from("abcdef"), st.sampled_from(["One", "Two\n\nThree", "- x\n- y"])),
    min_size=1,
    unique_by=lambda post: post[0],
).map(lambda found: file(*found))
sections = st.lists(st.sampled_from(["One", "Two", "Three", "Two more", "End"]), min_size=1).map(
    lambda found: _numbered(*found)
)


@given(posts | sections, posts | sections)
def test_what_only_one_side_changed_is_the_whole_of_the_change(base: str, changed: str) -> None:
    assert merging.merge(base, changed, base, "x.md").text == changed
    taken = merging.merge(base, base, changed, "x.md")
    assert _words(taken) == _words(merging.Merged(changed, (), ""))
    assert merging.merge(taken.copy, taken.text, changed, "x.md").problems == ()


def _numbered(*posts: str) -> str:
    """Return a content file of posts whose ids are their numbers."""
    return file(*((f"d-{number}", words) for number, words in enumerate(posts, 1)))


def _words(merged: merging.Merged) -> list[str]:
    """Return the words of the posts in their order."""
    lines = merged.text.partition("---\n\n")[2].split("\n")
    return [line for line in lines if line and not line.startswith(("<!--", "---"))]
