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


if __name__ == "__main__":
    main()
