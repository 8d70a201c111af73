"""Which of several threads is meant: named, all of them, or picked from a list on a terminal."""

import sys
from collections.abc import Sequence

import click

from generator import importers
from generator.cli import _report
from generator.errors import UsageError, choices, error
from generator.importers import Offer

SHOWN = 20
"""Threads on a screen; words narrow the list down."""


def chosen(offers: Sequence[Offer], wanted: str | None, *, every: bool) -> Sequence[Offer]:
    """Return the threads that are meant; several of which none is named are listed or picked."""
    threads = listed(offers)
    if wanted is not None:
        found = [offer for offer in offers if offer.id == wanted]
        if not found:
            said = f"the source has no thread `{wanted}`"
            ids = [offer.id for offer in threads[: 5 * SHOWN] if offer.id]
            raise UsageError(error("thread-unknown", said, hint=choices(wanted, ids)))
        return found[:1]
    if every or len(threads) == 1:
        return threads
    if on_a_terminal():
        return [_picked(threads)]
    show(offers)
    said = f"the source holds {len(threads)} threads"
    hint = f"take one: --thread {threads[0].id}, or --all of them"
    raise UsageError(error("thread-unnamed", said, hint=hint))


def kind(rivals: Sequence[str]) -> str:
    """Return the kind that somebody says a file is, of those that it could be."""
    titles = importers.importers()
    for number, name in enumerate(rivals, 1):
        _report.say(f"{number:>3}  {name}: {titles[name].title}")
    numbers = click.IntRange(1, len(rivals))
    picked: int = click.prompt("What is this? (its number)", type=numbers, err=True)
    return rivals[picked - 1]


def on_a_terminal() -> bool:
    """Say whether somebody is there to be asked."""
    return sys.stdin.isatty() and sys.stderr.isatty()


def listed(offers: Sequence[Offer]) -> Sequence[Offer]:
    """Return the threads among the offers; where there are none, the single posts."""
    return [offer for offer in offers if not offer.lone] or offers


def show(offers: Sequence[Offer]) -> None:
    """Print one line a thread: id, day, number of posts, how it begins."""
    threads = listed(offers)
    for offer in threads:
        click.echo(_line(offer))
    lone = len(offers) - len(threads)
    if lone:
        _report.say(f"There are {lone:,} single posts too: --thread ID takes one.")


def posts(count: int) -> str:
    """Return a number of posts as one says it."""
    return "1 post" if count == 1 else f"{count} posts"


def _line(offer: Offer) -> str:
    parts = [offer.id or "-", *([offer.date] if offer.date else []), posts(offer.count)]
    return _report.plain("  ".join([*parts, offer.begins]))


def _picked(threads: Sequence[Offer]) -> Offer:
    """Return the thread that somebody picks: by its number; words narrow the list."""
    left = threads
    while True:
        for number, offer in enumerate(left[:SHOWN], 1):
            _report.say(f"{number:>3}  {_line(offer)}")
        if len(left) > SHOWN:
            _report.say(f"     … and {len(left) - SHOWN:,} more")
        said = click.prompt("Which one? (its number, or words to look for)", err=True).strip()
        if said.isascii() and said.isdigit() and 0 < int(said) <= min(len(left), SHOWN):
            return left[int(said) - 1]
        words = said.casefold().split()
        found = [one for one in threads if all(word in _line(one).casefold() for word in words)]
        if not found:
            _report.say("There is no thread with these words.")
        left = found or threads
