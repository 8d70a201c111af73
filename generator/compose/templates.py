"""The sandbox that templates of strangers run in: layouts, a theme's frame, patterns."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from jinja2 import FunctionLoader, StrictUndefined, TemplateError, TemplateSyntaxError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from generator.compose._compiled import code, compiled
from generator.errors import GeneratorError, Location, Problem, error
from generator.library import Library, colors

FRAME = "frame.html.jinja"
FAULTS = (TemplateError, TypeError, ValueError, ArithmeticError, LookupError, RecursionError)
"""What a template may raise; anything else is a fault of ours."""


def environment(library: Library, folders: Sequence[str]) -> ImmutableSandboxedEnvironment:
    """Return the sandbox for one theme; `frame.html.jinja` is the theme's, else the shared one.

    `folders` are the theme's and those that it extends. A certain theme's own frame is
    `themes/NAME/frame.html.jinja`.
    """

    def load(name: str) -> tuple[str, str, Callable[[], bool]] | None:
        if ".." in name.split("/"):
            return None
        candidates = [f"layouts/{name}"]
        if name == FRAME:
            candidates = [*(f"themes/{one}/{FRAME}" for one in folders), f"layouts/_base/{FRAME}"]
        elif name.startswith("themes/") and name.endswith(f"/{FRAME}"):
            candidates = [name]
        for path in candidates:
            if found := library.find(path):
                return library.text(path), library.shown(found), lambda: True
        return None

    made = ImmutableSandboxedEnvironment(
        loader=FunctionLoader(load),
        autoescape=True,
        undefined=StrictUndefined,
        bytecode_cache=compiled(),
    )
    made.filters["mix"] = colors.mix
    return made


def render(room: ImmutableSandboxedEnvironment, name: str, **known: Any) -> str:  # noqa: ANN401  templates take anything
    """Return what the template `name` gives; its faults are told with file and line."""
    try:
        return room.get_template(name).render(known)
    except FAULTS as wrong:
        raise GeneratorError(_told(wrong, f"layouts/{name}")) from None


def render_text(
    room: ImmutableSandboxedEnvironment,
    source: str,
    name: str,
    known: Mapping[str, Any],
) -> str:
    """Return what a template's text gives; `name` is where its faults are told."""
    try:
        made = room.template_class.from_code(
            room, code(room, source, name), room.make_globals(None)
        )
        return made.render(known)
    except FAULTS as wrong:
        raise GeneratorError(_told(wrong, name)) from None


def _told(wrong: BaseException, name: str) -> Problem:
    if isinstance(wrong, TemplateSyntaxError):
        where = Location(wrong.filename or name, wrong.lineno)
        return error("template-syntax", f"the template can't be read: {wrong.message}", where)
    return error("template-error", f"the template fails: {wrong}", _place(wrong, name))


def _place(wrong: BaseException, name: str) -> Location:
    """Return where in which template an exception came from."""
    trace, where = wrong.__traceback__, Location(name)
    while trace:
        file = trace.tb_frame.f_code.co_filename
        if file.endswith(".jinja"):
            where = Location(file, trace.tb_lineno)
        elif file == "<template>":
            where = Location(name, trace.tb_lineno)
        trace = trace.tb_next
    return where
