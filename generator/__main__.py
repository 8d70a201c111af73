"""Where `threadpress` starts: a quick look at the arguments, nothing heavy."""

import sys


def main() -> None:
    """Run the command line and leave with its exit code; Ctrl-C is 130 from the first moment."""
    try:
        from generator.cli import threadpress  # noqa: PLC0415 (Ctrl-C while importing is caught)

        threadpress(prog_name="threadpress")
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ == "__main__":
    main()
