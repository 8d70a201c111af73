"""Links that lead nowhere once a carousel is published: to this machine, to no host, to a file."""

from collections.abc import Iterator
from ipaddress import ip_address
from urllib.parse import urlsplit

from generator.checks import Check, Written, own_blocks, pinpoint
from generator.errors import Location, Problem, warning
from generator.model import Span

WEB = ("http://", "https://")
OTHERS = ("mailto:", "tel:")
HERE = frozenset({"localhost", "0.0.0.0"})  # noqa: S104  compared, not listened on


def read(written: Written) -> Iterator[Problem]:
    """Yield a warning for each link that nobody else can follow."""
    for target, place in dict.fromkeys(_targets(written)):
        if target.lower().startswith(OTHERS):
            continue
        if not target.lower().startswith(WEB):
            message = f"`{target}` is no web address, so it leads nowhere"
            hint = "write the whole address, from https:// on; a slide can't lead to a file"
            yield warning("link-broken", message, place, hint)
        elif why := _wrong(target):
            message = f"`{target}` {why}, so nobody can open it"
            yield warning("link-broken", message, place, "link the page as it is published")


def _wrong(target: str) -> str:
    """Return what is wrong with a web address, or nothing."""
    try:
        host = urlsplit(target).hostname or ""
    except ValueError:
        return "is no address"
    if host in HERE or host.endswith((".local", ".localhost", ".internal")):
        return "is an address on your own machine"
    try:
        private = ip_address(host).is_private
    except ValueError:
        private = False
    if private:
        return "is an address in your own network"
    return "" if "." in host or ":" in host else "names no host"


def _targets(written: Written) -> Iterator[tuple[str, Location]]:
    for block, place in own_blocks(written):
        for target in _linked(block.spans):
            yield target, pinpoint(written, place, target)
    front = written.source.front
    outro = front.values.get("outro")
    link = outro.get("link") if isinstance(outro, dict) else None
    if isinstance(link, str):
        yield link, front.place("outro", "link")


def _linked(spans: tuple[Span, ...]) -> Iterator[str]:
    for span in spans:
        if span.kind == "link":
            yield span.target
        yield from _linked(span.spans)


check = Check("link-broken", read=read)
