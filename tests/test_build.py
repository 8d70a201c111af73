"""What a build writes where: targets, brands, drafts, kinds of files, single files, clean-up."""

import json
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from tests.project import SVG, Project, alts, pages, png, run, sizes


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """Return an empty project."""
    return Project(tmp_path / "project")


# --- targets, brands, files -----------------------------------------------------------------------


def test_without_targets_a_thread_becomes_a_pdf_for_linkedin(project: Project) -> None:
    project.thread()
    ended = project.built()
    assert project.output == ["talk/linkedin/talk.pdf"]
    assert sizes(project.pdf()) == [(810, 1012.5)] * 2
    assert "content/talk.md: 2 slides" in ended.err


def test_each_target_gets_its_own_folder_and_the_first_kind_of_file_it_wants(
    project: Project,
) -> None:
    project.thread("title: Hi\ntargets: [linkedin, instagram]")
    project.built()
    assert project.output == [
        "talk/instagram/01.jpg", "talk/instagram/02.jpg", "talk/linkedin/talk.pdf",
    ]  # fmt: skip
    with Image.open(project.root / "output/talk/instagram/01.jpg") as picture:
        assert picture.size == (1080, 1350)


def test_targets_as_a_mapping_override_settings_for_one(project: Project) -> None:
    project.thread(
        "title: Hi\nfiles: [pdf]\ntargets:\n  linkedin:\n  story: {cover: false, theme: paper}"
    )
    project.built()
    assert len(pages(project.pdf())) == 2
    assert len(pages(project.pdf("talk/story/talk.pdf"))) == 1
    assert sizes(project.pdf("talk/story/talk.pdf")) == [(810, 1440)]


def test_other_kinds_of_files_are_made_when_asked_for(project: Project) -> None:
    project.thread("title: Hi\ncover: false\nfiles: [pdf, png, jpeg]")
    project.built()
    assert project.output == [
        "talk/linkedin/01.jpg", "talk/linkedin/01.png", "talk/linkedin/talk.pdf",
    ]  # fmt: skip
    project.built("--files", "png")
    assert project.output == ["talk/linkedin/01.png"]


def test_several_brands_get_folders_of_their_own(project: Project) -> None:
    for name in ("one", "two"):
        project.file(f"themes/_brands/{name}/brand.yaml", f"name: {name}\nprofiles: {{b: {{}}}}")
    project.thread("cover: false\nbrand: [one, two/b]")
    project.built()
    assert project.output == ["talk/one/linkedin/talk.pdf", "talk/two/b/linkedin/talk.pdf"]
    assert "two" in pages(project.pdf("talk/two/b/linkedin/talk.pdf"))[0]
    project.built("--brand", "one")
    assert project.output == ["talk/linkedin/talk.pdf"]


def test_a_thread_in_a_folder_keeps_it_in_its_slug(project: Project) -> None:
    project.thread(name="2026/Über uns")
    project.thread(name="bundle/index")
    project.file("content/bundle/notes.md")
    project.thread(name="_drafts/idea")
    project.thread(name=".hidden")
    project.built()
    assert project.output == [
        "2026/über-uns/linkedin/über-uns.pdf", "bundle/linkedin/bundle.pdf",
    ]  # fmt: skip


def test_a_bundles_pictures_lie_beside_its_text(project: Project) -> None:
    project.file("content/trip/index.md", "![Three hills](hills.png)\n")
    project.file("content/trip/hills.png", png())
    project.built()
    assert alts(project.pdf("trip/linkedin/trip.pdf")) == ["Three hills"]


# --- drafts ---------------------------------------------------------------------------------------


def test_a_draft_is_built_only_when_asked_for(project: Project) -> None:
    project.thread("draft: true")
    project.built()
    assert project.output == []
    project.built("--drafts")
    assert project.output == ["talk/linkedin/talk.pdf"]


def test_an_error_in_a_draft_can_wait(project: Project) -> None:
    project.thread("draft: true\ntheme: papr")
    assert project.built().problems == []
    assert project.run("list").code == 0
    assert project.build("--drafts").code == 1


def test_what_becomes_a_draft_is_taken_out_of_the_output(project: Project) -> None:
    project.thread()
    project.thread(name="other")
    project.built()
    project.thread("draft: true")
    project.built()
    assert project.output == ["other/linkedin/other.pdf"]


# --- what is no longer wanted ---------------------------------------------------------------------


def test_what_is_no_longer_wanted_goes_and_nothing_else(project: Project) -> None:
    project.thread("targets: [linkedin, instagram]", "One.\n\n---\n\nTwo.\n\n---\n\nThree.")
    project.thread(name="gone")
    project.built()
    project.file("output/mine.txt", "Mine.")
    project.file("output/talk/instagram/mine.jpg", "Mine.")
    project.thread("targets: [instagram]", "One.")
    (project.root / "content" / "gone.md").unlink()
    project.built()
    assert project.output == [
        "mine.txt", "talk/instagram/01.jpg", "talk/instagram/02.jpg", "talk/instagram/mine.jpg",
    ]  # fmt: skip


def test_building_one_file_takes_nothing_of_the_others_away(project: Project) -> None:
    project.thread()
    other = project.thread(name="other")
    project.built()
    project.thread(body="Changed.")
    project.built(str(other))
    assert project.output == ["other/linkedin/other.pdf", "talk/linkedin/talk.pdf"]


def test_building_again_changes_no_file(project: Project) -> None:
    project.thread("targets: [linkedin, instagram]")
    project.built()
    before = {path: (project.root / "output" / path).stat().st_mtime_ns for path in project.output}
    project.built()
    project.built("--force")
    after = {path: (project.root / "output" / path).stat().st_mtime_ns for path in project.output}
    assert after == before


def test_a_warning_is_told_again_by_a_build_that_has_nothing_to_do(project: Project) -> None:
    project.file("content/hill.svg", SVG)
    project.thread(body="![](hill.svg)")
    for arguments in ([], [], ["--force"]):
        ended = project.built(*arguments)
        assert ended.problems == ["content/talk.md:4: warning[alt-missing]"]
    assert project.build("--strict").code == 1


@pytest.mark.parametrize(
    ("path", "content"),
    [
        ("content/talk.md", "Other words."),
        ("content/hill.svg", SVG.replace("#808080", "#ff0000")),
        ("threadpress.yaml", "theme: night"),
        ("themes/paper/theme.css", ".slide { color: #123456 }"),
        ("themes/_brands/acme/brand.yaml", "name: Another"),
        ("layouts/image/slide.css", ".slide { opacity: .5 }"),
    ],
)
def test_whatever_a_carousel_is_made_from_makes_it_anew(
    project: Project, path: str, content: str
) -> None:
    project.file("threadpress.yaml", "theme: paper")
    project.file("themes/_brands/acme/brand.yaml", "name: Acme")
    project.file("content/hill.svg", SVG)
    project.thread("brand: acme", "Words beside it.\n\n![A hill](hill.svg)")
    project.built()
    before = project.pdf()
    project.file(path, content)
    project.built()
    assert project.pdf() != before


# --- one file, no project -------------------------------------------------------------------------


def test_a_single_file_needs_no_project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "talk.md").write_text("Words that fill a slide.")
    assert run("build", "talk.md", "-o", "talk.pdf").code == 0
    assert sorted(path.name for path in tmp_path.iterdir() if path.name != ".cache") == [
        "talk.md", "talk.pdf",
    ]  # fmt: skip
    assert len(pages((tmp_path / "talk.pdf").read_bytes())) == 2


def test_a_single_file_is_the_first_target_by_its_suffix(project: Project, tmp_path: Path) -> None:
    path = project.thread("targets: [story, linkedin]\ncover: false")
    target = tmp_path / "slide.PNG"
    project.built(str(path), "-o", str(target))
    with Image.open(target) as picture:
        assert (picture.format, picture.size) == ("PNG", (1080, 1920))
    assert project.output == []


def test_a_folder_of_files_needs_no_project_either(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    texts = tmp_path / "texts"
    (texts / "sub").mkdir(parents=True)
    (texts / "one.md").write_text("One.")
    (texts / "sub" / "two.md").write_text("Two.")
    assert run("build", "texts", "-o", "out").code == 0
    assert sorted(path.relative_to("out").as_posix() for path in Path("out").rglob("*.pdf")) == [
        "one/linkedin/one.pdf", "sub/two/linkedin/two.pdf",
    ]  # fmt: skip
    assert sorted(path.name for path in texts.iterdir()) == ["one.md", "sub"]


def test_output_goes_where_it_is_told_to(project: Project, tmp_path: Path) -> None:
    project.thread()
    project.built("-o", str(tmp_path / "elsewhere"))
    assert (tmp_path / "elsewhere/talk/linkedin/talk.pdf").is_file()
    assert project.output == []


def test_a_file_is_found_to_be_in_the_nearest_project(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    project.file("threadpress.yaml", "targets: [story]\nfiles: [pdf]")
    project.thread(name="deep/talk")
    monkeypatch.chdir(project.root / "content" / "deep")
    assert run("build", "talk.md").code == 0
    assert project.output == ["deep/talk/story/talk.pdf"]


# --- what is told ---------------------------------------------------------------------------------


def test_json_tells_one_problem_a_line_on_stdout(project: Project) -> None:
    project.thread("theme: papr")
    ended = project.build("--format", "json")
    (problem,) = (json.loads(line) for line in ended.out.splitlines() if '"code"' in line)
    assert (ended.code, ended.err) == (1, "")
    assert problem["code"] == "theme-unknown"
    assert (problem["file"], problem["line"], problem["column"]) == ("content/talk.md", 2, 1)
    assert problem["hint"].startswith("did you mean `paper`?")


def test_github_gets_a_workflow_command(project: Project) -> None:
    project.thread("theme: papr")
    ended = project.build("--format", "github")
    assert ended.out.startswith("::error title=theme-unknown,file=content/talk.md,line=2,col=1::")


def test_list_names_each_thread_with_its_slides_title_and_targets(project: Project) -> None:
    project.thread("title: Hello\ntargets: [story, linkedin]")
    project.thread("draft: true", name="later")
    assert project.run("list").out == "talk  2 slides  Hello  [story, linkedin]\n"
    ended = project.run("list", "--drafts", "--format", "json")
    entries = [json.loads(line) for line in ended.out.splitlines()]
    assert [(entry["slug"], entry["draft"]) for entry in entries] == [
        ("later", True), ("talk", False),
    ]  # fmt: skip


def test_list_tells_what_is_wrong_and_lists_the_rest(project: Project) -> None:
    project.thread()
    project.thread("theme: papr", name="wrong")
    ended = project.run("list")
    assert ended.code == 1
    assert ended.problems == ["content/wrong.md:2:1: error[theme-unknown]"]
    assert ended.out.startswith("talk  2 slides")


def test_many_files_are_counted_in_place_of_naming_each(project: Project) -> None:
    project.thread("cover: false\ntargets: [linkedin, instagram, x]\nfiles: [pdf, txt, md]", "A.")
    told = project.built().err
    assert f" files in {project.root / 'output/talk'}" in told
    assert "talk.pdf" not in told


def test_timings_say_where_the_time_went(project: Project) -> None:
    project.thread("files: [pdf, jpeg]")
    told = project.built("--timings").err
    for stage in ("slides", "pdf", "jpeg"):
        assert f"{stage} 0." in told


def test_more_slides_than_a_platform_takes_are_a_warning_and_all_are_made(
    project: Project,
) -> None:
    project.thread(
        "cover: false\ntargets: [instagram]",
        "\n\n---\n\n".join(f"Slide {number}." for number in range(1, 23)),
    )
    ended = project.built()
    assert ended.problems == ["content/talk.md:1: warning[limit-count]"]
    assert len(project.output) == 22
    assert project.build("--strict", "--force").code == 1


def test_a_presets_settings_are_used(project: Project) -> None:
    project.file("themes/_presets/launch.yaml", "theme: paper\ntargets: [story]")
    project.thread("preset: launch")
    assert project.build().problems == [
        "themes/_presets/launch.yaml:2:1: error[key-unknown]",
    ]
    project.file("themes/_presets/launch.yaml", "theme: paper\nfiles: [png]")
    project.built()
    assert project.output == ["talk/linkedin/01.png", "talk/linkedin/02.png"]
    with Image.open(BytesIO(project.pdf("talk/linkedin/02.png"))) as picture:
        assert picture.convert("RGB").getpixel((4, 600)) == (0xF5, 0xF0, 0xE6)
