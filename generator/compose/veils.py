"""How thick a veil of the ground has to be on a picture, so that words read on it."""

from collections.abc import Iterable, Mapping

from generator.library.colors import AA, contrast

STEPS = (5, 6, 7, 8, 9)
"""Tenths of opacity that layouts know a veil of: `.veil-5` to `.veil-9`."""
INKS = ("fg", "muted", "accent")


def thickness(grounds: Iterable[str], roles: Mapping[str, str]) -> int:
    """Return the thinnest step on which every ink reads over all `grounds`, else the thickest."""
    every = tuple(grounds)
    for step in STEPS:
        covered = [_over(roles["bg"], ground, step / 10) for ground in every]
        if all(contrast(roles[ink], ground) >= AA for ink in INKS for ground in covered):
            return step
    return STEPS[-1]


def _over(color: str, ground: str, share: float) -> str:
    """Return what shows where a colour lies on a ground, as PDF viewers blend: in sRGB."""
    pairs = ((int(color[at : at + 2], 16), int(ground[at : at + 2], 16)) for at in (1, 3, 5))
    return "#" + "".join(f"{round(a * share + b * (1 - share)):02x}" for a, b in pairs)
