"""Posts that answer each other, as threads: each the longest line of answers, the rest branches."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Chain(Generic[Key]):
    """Posts in the order they answer each other. `branches` are where others set off from it.

    `looped` says that the first post answers one of its own answers, which cannot be.
    """

    keys: tuple[Key, ...]
    branches: tuple[Key, ...] = ()
    looped: bool = False


def chains(parents: Mapping[Key, Key | None]) -> list[Chain[Key]]:
    """Return the chains among posts, of which each names the post that it answers.

    A parent that is not among the posts counts as none. Every post is in one chain exactly: where
    two answer the same one the longer line goes on, the earlier of two equal ones.
    """
    children: dict[Key, list[Key]] = {key: [] for key in parents}
    roots = []
    for key, parent in parents.items():
        if parent is not None and parent in parents and parent != key:
            children[parent].append(key)
        else:
            roots.append(key)
    order = _reached(roots, children)
    looped = _loops(parents, children, order)
    length = dict.fromkeys(parents, 1)
    for key in reversed(order):
        length[key] += max((length[child] for child in children[key]), default=0)
    found, starts = [], [*roots, *looped]
    for start in starts:
        chain = _walked(start, children, length, looped=start in looped)
        found.append(chain)
        starts += chain.branches
    return found


def _reached(starts: Sequence[Key], children: Mapping[Key, list[Key]]) -> list[Key]:
    """Return what is reached from the starts, each after the one that it answers."""
    order = list(starts)
    for key in order:
        order += children[key]
    return order


def _loops(
    parents: Mapping[Key, Key | None], children: dict[Key, list[Key]], order: list[Key]
) -> dict[Key, None]:
    """Open every loop at its first post, and return these posts; `order` and `children` follow."""
    opened: dict[Key, None] = {}
    seen = set(order)
    place = {key: number for number, key in enumerate(parents)}
    for key in parents:
        if key in seen:
            continue
        first = min(_loop(key, parents), key=place.__getitem__)
        parent = parents[first]
        if parent is not None:
            children[parent].remove(first)
        opened[first] = None
        added = _reached([first], children)
        order += added
        seen.update(added)
    return opened


def _loop(key: Key, parents: Mapping[Key, Key | None]) -> list[Key]:
    """Return the posts of a loop, from any post that leads into it."""
    passed: dict[Key, None] = {}
    at: Key | None = key
    while at is not None and at not in passed:
        passed[at] = None
        at = parents[at]
    inside = list(passed)
    return inside[inside.index(at) :] if at is not None else [key]


def _walked(
    start: Key, children: Mapping[Key, list[Key]], length: Mapping[Key, int], *, looped: bool
) -> Chain[Key]:
    """Return the longest line of answers from `start`."""
    keys, branches = [start], []
    while following := children[keys[-1]]:
        longest = max(following, key=lambda key: length[key])
        branches += [key for key in following if key != longest]
        keys.append(longest)
    return Chain(tuple(keys), tuple(branches), looped)
