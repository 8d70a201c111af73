"""Where `threadpress` starts: a quick look at the arguments, nothing heavy."""

import gc
import sys

GARBAGE = 50_000
"""Objects made before Python looks for garbage, in place of 700: looking took 6 % of a build, and
with so many a worker grows by 3 MB (`docs/decisions/0020-seam-start.md`)."""


def main() -> None:
    """Run the command line and leave with its exit code; Ctrl-C is 130 from the first moment."""
    gc.set_threshold(GARBAGE, 10, 10)
    try:
        from generator.cli import threadpress  # noqa: PLC0415 (Ctrl-C while importing is caught)

        threadpress(prog_name="threadpress")
    except KeyboardInterrupt:
        sys.exit(130)


def run() -> None:
    """Run the command line as a program of its own, which ends when that does."""
    code = 0
    try:
        main()
    except SystemExit as leaving:
        if not isinstance(leaving.code, int | None):
            raise  # words to say, which Python does
        code = leaving.code or 0
    from generator.cli._leaving import leave  # noqa: PLC0415  it is imported by now

    leave(code)


if __name__ == "__main__":
    run()
