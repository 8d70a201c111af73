"""Callouts: a plate in the tone of its kind, drawn by layouts/_base/callout.html.jinja."""

from markupsafe import Markup

from generator.compose.ingredients import Ingredient, Kitchen, Setter
from generator.model import Block, Span

TEMPLATE = "_base/callout.html.jinja"


def prepare(kitchen: Kitchen) -> Ingredient:
    """Return the ingredient: it takes callouts."""

    def callout(block: Block, setter: Setter) -> Markup | None:
        if block.kind != "callout":
            return None
        made = kitchen.render(
            TEMPLATE,
            kind=block.info,
            sign=setter.inline((Span("text", block.text),)) if block.text else "",
            title=setter.inline(block.spans, last=False),
            body=setter.blocks(block.blocks),
            words=kitchen.words,
            icon=kitchen.icon,
            colors=kitchen.colors,
        )
        return Markup(made)  # noqa: S704  autoescaped

    return Ingredient(worded=callout)
