"""The command line: a command is a file in this room, imported only when it is called."""

from generator.cli._group import Context, threadpress

__all__ = ["Context", "threadpress"]
