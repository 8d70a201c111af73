"""WeasyPrint's fetcher, which knows no other door than ours."""

from weasyprint.urls import URLFetcher, URLFetcherResponse

from generator.fetch import Door


class _Through(URLFetcher):  # type: ignore[misc]  # WeasyPrint is untyped
    """Answers from the project's one door; nothing else is ever opened."""

    def __init__(self, door: Door) -> None:
        super().__init__(allowed_protocols=())
        self._door = door

    def fetch(self, url: str, headers: object = None) -> URLFetcherResponse:  # noqa: ARG002  its interface
        """Return what lies behind a virtual URL."""
        found = self._door.read(url)
        return URLFetcherResponse(url, found.content, {"Content-Type": found.media_type})


def url_fetcher(door: Door) -> URLFetcher:
    """Return a fetcher for WeasyPrint that goes through `door`."""
    return _Through(door)
