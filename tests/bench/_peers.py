"""The tools of `shared/peers`, where PEERS names a folder in which its `setup.sh` has run."""

import os
import shlex
import sys
import tomllib
from collections.abc import Container
from pathlib import Path
from typing import Any

from tests.bench._race import Runner

LEAN = "weasyprint-lean"
NAMES = (LEAN, "marp", "typst")
"""Those that figures speak of."""


def lean(names: Container[str]) -> str:
    """Return which of the runners is the lean script: the peers', else our own yardstick.

    Ours draws less (no fonts, no frame), so it is the harder one to beat.
    """
    return LEAN if LEAN in names else "yardstick"


def runners(kind: str, deck: str, folder: Path) -> list[Runner]:
    """Return the peers that do this (`build`, `png`, `batch`), each with its own input."""
    made = []
    for name, peer in _peers().items():
        if kind not in peer:
            continue
        output = folder / name
        if kind == "build":
            output = output.with_suffix(".pdf")
        else:
            output.mkdir()
        made.append(Runner(name, _command(peer, kind, deck, output), output))
    return made


def watcher(name: str, source: Path, output: Path) -> tuple[str, ...]:
    """Return the command line with which a peer watches a source."""
    return _command(_peers()[name], "watch", "", output, source)


def source(name: str, deck: str) -> Path:
    """Return a peer's input for a deck."""
    inputs, suffix = str(_peers()[name]["fmt"]).split("/")
    return _home() / "inputs" / inputs / f"{deck}.{suffix}"


def known() -> tuple[str, ...]:
    """Return the names of the peers that are here."""
    return tuple(_peers())


def _home() -> Path:
    return Path(os.environ.get("PEERS", "")).resolve()


def _peers() -> dict[str, dict[str, Any]]:
    table = _home() / "contenders.toml"
    if not os.environ.get("PEERS") or not table.is_file():
        return {}
    every = tomllib.loads(table.read_text("utf-8"))
    return {name: every[name] for name in NAMES if name in every}


def _command(
    peer: dict[str, Any], kind: str, deck: str, output: Path, given: Path | None = None
) -> tuple[str, ...]:
    home = _home()
    inputs, suffix = peer["fmt"].split("/")
    taken = given or home / "inputs" / inputs / f"{deck}.{suffix}"
    filled = peer[kind].format(
        root=home,
        py=home / "v" / "bin" / "python" if (home / "v").is_dir() else sys.executable,
        src=taken,
        srcdir=home / "inputs" / inputs / deck,
        out=output,
        outdir=output,
        stem=deck,
    )
    named = [f"{name}={text}" for name, text in peer.get("env", {}).items()]
    return ("env", *named, *shlex.split(filled))
