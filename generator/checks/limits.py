"""A destination's limits: slides, pages, bytes, pixels, proportions. Nothing is cut."""

from collections.abc import Iterator

from generator.checks import Built, Check
from generator.errors import Location, Problem, info, warning
from generator.model import Canvas

MEGABYTE = 1_000_000
UPLOADED = (".pdf", ".pptx", ".jpg", ".png", ".webp")
"""What platforms take: a text or a page goes elsewhere."""
SMALLER = "take smaller pictures, or `files: [jpeg]` where it is PNG"
FEWER = "`slides: [cover, 1, 2, outro]` takes some posts only; `thread:` makes another of the rest"
MORE = "part a post with `---`, or let it have a cover and an outro"
CANVAS = "mend the canvas: `width` and `height` in its file"
NEARLY = 0.005
"""Share by which a page may be taller or wider than a ratio: pixels are whole."""


def run(built: Built) -> Iterator[Problem]:
    """Yield what goes over the limits of the carousel's canvas."""
    canvas, place = built.carousel.canvas, built.carousel.location
    yield from _counts(len(built.slides), canvas, place)
    limit = canvas.limits.get("max_bytes") or canvas.limits.get("max_file_bytes")
    for artifact in built.artifacts:
        if not artifact.path.endswith(UPLOADED):
            continue
        if limit and len(artifact.content) > limit:
            size = len(artifact.content) / MEGABYTE
            message = (
                f"{artifact.path} has {size:.1f} MB; {canvas.title} takes {limit / MEGABYTE:.0f} MB"
            )
            yield warning("limit-bytes", message, place, SMALLER)
    yield from _pixels(canvas, place)
    yield from _ratios(canvas, place)


def _counts(count: int, canvas: Canvas, place: Location | None) -> Iterator[Problem]:
    limits, title = canvas.limits, canvas.title
    counts = [("max_count", "at most"), ("max_pages", "at most"), ("min_count", "at least")]
    for key, words in counts:
        limit = limits.get(key)
        if limit and (count < limit if key == "min_count" else count > limit):
            message = f"{_slides(count)}; {title} takes {words} {limit}"
            hint = MORE if key == "min_count" else FEWER
            yield warning("limit-count", message, place, hint)
    of_api, of_app = limits.get("max_count_api", 0), limits.get("max_count", count)
    if of_api < count <= of_app and of_api:
        message = f"{_slides(count)}; {title}'s API takes {of_api}: post it from the app"
        yield info("limit-api", message, place)


def _pixels(canvas: Canvas, place: Location | None) -> Iterator[Problem]:
    """Yield what is wrong with the pixels that are delivered: a canvas of one's own may ask it."""
    limits, sides = canvas.limits, (canvas.width, canvas.height)
    wrong = ""
    if canvas.width < limits.get("min_width", 0):
        wrong = f"at least {limits['min_width']} px across"
    elif canvas.width > limits.get("max_width", canvas.width):
        wrong = f"at most {limits['max_width']} px across"
    elif max(sides) > limits.get("max_side", max(sides)):
        wrong = f"at most {limits['max_side']} px a side"
    if wrong:
        message = f"pictures of {canvas.width} x {canvas.height} px; {canvas.title} takes {wrong}"
        yield warning("limit-pixels", message, place, CANVAS)


def _ratios(canvas: Canvas, place: Location | None) -> Iterator[Problem]:
    size = f"{canvas.width} x {canvas.height} px"
    if _beyond(canvas, canvas.ratios):
        widest, tallest = canvas.ratios
        message = f"a page of {size}; {canvas.title} takes {widest} to {tallest}"
        yield warning("limit-ratio", message, place, CANVAS)
    elif _beyond(canvas, canvas.ratios_api):
        widest, tallest = canvas.ratios_api
        message = f"{canvas.title}'s API takes {widest} to {tallest}, not {size}"
        yield info("limit-api", f"{message}: post it from the app", place)


def _beyond(canvas: Canvas, ratios: tuple[str, ...]) -> bool:
    """Return whether a page is wider than the first ratio or taller than the last."""
    if not ratios:
        return False
    widest, tallest = (float(across) / float(down) for across, down in _parted(ratios))
    own = canvas.width / canvas.height
    return own > widest * (1 + NEARLY) or own < tallest * (1 - NEARLY)


def _parted(ratios: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    for ratio in (ratios[0], ratios[-1]):
        across, _, down = ratio.partition(":")
        yield across, down


def _slides(count: int) -> str:
    return "1 slide" if count == 1 else f"{count} slides"


check = Check("limits", run, always=True)
