"""List the content files: slug, slides, title, targets."""

from pathlib import Path
from typing import Any

import click

from generator.cli import Context, _choices, _project, _report


@click.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@_choices.choosing
@click.option("--drafts", is_flag=True, help="Show drafts too.")
@click.pass_obj
def command(context: Context, /, paths: tuple[Path, ...], *, drafts: bool, **chosen: Any) -> None:  # noqa: ANN401
    """List the content files: slug, slides, title, targets."""
    import json  # noqa: PLC0415

    from generator.build.prepare import prepare  # noqa: PLC0415
    from generator.build.project import sources  # noqa: PLC0415

    project = _project.opened(context.project, paths)
    found, wrong = sources(project, paths)
    problems = list(wrong)
    for source in found:
        prepared = prepare(project, source, _choices.settings(**chosen))
        if prepared.draft and not drafts:
            continue
        problems += prepared.problems
        entry = _entry(source.slug, source.path, prepared)
        if context.format == "json":
            click.echo(json.dumps(entry, ensure_ascii=False))
        else:
            click.echo(_line(entry))
    errors = [problem for problem in problems if problem.severity == "error"]
    _report.show(errors, context.format)
    if errors:
        raise SystemExit(1)


def _entry(slug: str, path: str, prepared: Any) -> dict[str, Any]:  # noqa: ANN401
    first = prepared.carousels[0] if prepared.carousels else None
    return {
        "slug": slug,
        "path": path,
        "slides": len(first.slides) if first else 0,
        "title": first.title if first else "",
        "targets": [carousel.canvas.name for carousel in prepared.carousels],
        "draft": prepared.draft,
    }


def _line(entry: dict[str, Any]) -> str:
    draft = " (draft)" if entry["draft"] else ""
    targets = ", ".join(dict.fromkeys(entry["targets"]))
    return _report.plain(
        f"{entry['slug']}{draft}  {entry['slides']} slides  {entry['title']}  [{targets}]"
    )
