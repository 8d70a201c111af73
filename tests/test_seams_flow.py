"""Short answers to what layout asks of each box."""

from tests import torture


def test_pages_are_the_same() -> None:
    assert torture.differences("flow") == []
