"""What comes into a content repo: imported threads, and the repo itself with its first parts."""

from generator.intake.slugs import place, slug
from generator.intake.starter import brand, repo, thread
from generator.intake.threads import render, write

__all__ = ["brand", "place", "render", "repo", "slug", "thread", "write"]
