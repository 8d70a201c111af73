"""WeasyPrint's fetcher, which knows no other door than ours."""

from io import BytesIO

from weasyprint.urls import URLFetcher, URLFetcherResponse

from generator.fetch import Door


class _Answer(URLFetcherResponse):  # type: ignore[misc]  # WeasyPrint is untyped
    """A file, with its type said plainly: WeasyPrint's own headers are an email's."""

    content_type = ""
    charset = None

    def __init__(self, url: str, content: bytes, media_type: str) -> None:
        self.url = url
        self.status = 200
        self.headers = {"Content-Type": media_type}
        self.content_type = media_type
        self._file_obj = BytesIO(content)


class _Through(URLFetcher):  # type: ignore[misc]  # WeasyPrint is untyped
    """Answers from the project's one door; nothing else is ever opened."""

    def __init__(self, door: Door) -> None:
        super().__init__(allowed_protocols=())
        self._door = door

    def fetch(self, url: str, headers: object = None) -> URLFetcherResponse:  # noqa: ARG002  its interface
        """Return what lies behind a virtual URL."""
        found = self._door.read(url)
        return _Answer(url, found.content, found.media_type)


def url_fetcher(door: Door) -> URLFetcher:
    """Return a fetcher for WeasyPrint that goes through `door`."""
    return _Through(door)
