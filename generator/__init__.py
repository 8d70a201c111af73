"""Threadpress: threads and notes, kept as Markdown in git, become carousels."""

__version__ = "0.1.0"
