"""The preview as a server among others on a machine: sockets, ports, signals."""

import signal
import socket
from collections.abc import Iterator
from contextlib import ExitStack, closing
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.browsing import served
from tests.processes import all_gone, comes, program, session
from tests.project import Project

STREAMS = 1000
ELSEWHERE = """
import os, runpy, sys
os.chdir(sys.argv.pop(1))
runpy.run_module("generator", run_name="__main__", alter_sys=True)
"""
"""A program that starts in the folder that is its first argument."""
Place = tuple[str, int]


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    """Yield where a preview of one carousel listens."""
    project = Project(tmp_path_factory.mktemp("served"))
    project.thread(body="The thing itself.", name="talk")
    with served(project) as (address, _):
        yield _place(address)


def _place(address: str) -> Place:
    parts = urlsplit(address)
    assert parts.hostname
    assert parts.port
    return parts.hostname, parts.port


def _asking(place: Place, first: bytes, *headers: bytes) -> socket.socket:
    """Return a connection on which something was asked."""
    made = socket.create_connection(place, timeout=20)
    made.sendall(b"\r\n".join([first, *headers, b"", b""]))
    return made


def _status(place: Place, first: bytes, *headers: bytes) -> int:
    with closing(_asking(place, first, *headers)) as made:
        return int(made.recv(300).split()[1])


def _host(place: Place) -> bytes:
    return f"Host: {place[0]}:{place[1]}".encode()


def _answers(place: Place) -> bool:
    return _status(place, b"GET /decks HTTP/1.1", _host(place)) == 200


@pytest.mark.parametrize(
    ("first", "headers", "status"),
    [
        (b"GET / HTTP/1.1", (), 400),
        (b"GET / HTTP/1.1", (b"Host: a\x00b",), 400),
        (b"GET / HTTP/1.1", (b"Host: [",), 403),
        (b"GET / HTTP/1.1", (b"Host: [::1\xff]:x",), 403),
        (b"GET / HTTP/1.1", (b"OURS", b"Origin: http://["), 403),
        (b"GET / HTTP/1.1", (b"OURS", b"Origin: \xff\xfe"), 403),
        (b"GET / HTTP/1.1", (b"OURS", b"no colon"), 400),
        (b"GET / HTTP/1.1", (b"OURS", b"Content-Length: -5"), 400),
        (b"GET / HTTP/1.1", (b"OURS", b"X: " + b"a" * 40_000), 431),
        (b"\x16\x03\x01\x02\x00\x01\x00", (), 400),
        (b"GET /files/../../etc/passwd HTTP/1.1", (b"OURS",), 400),
        (b"GET /files\\..\\x HTTP/1.1", (b"OURS",), 400),
        (b"GET http://evil.example/ HTTP/1.1", (b"OURS",), 400),
        (b"CONNECT evil.example:443 HTTP/1.1", (b"OURS",), 405),
    ],
)
def test_a_malformed_request_is_refused_and_the_next_one_answered(
    place: Place, first: bytes, headers: tuple[bytes, ...], status: int
) -> None:
    ours = _host(place)

    assert _status(place, first, *(ours if one == b"OURS" else one for one in headers)) == status
    assert _answers(place)


def test_a_thousand_open_streams_shut_nobody_out(place: Place) -> None:
    with ExitStack() as left_open:
        for _ in range(STREAMS):
            stream = _asking(place, b"GET /events HTTP/1.1", _host(place))
            left_open.enter_context(closing(stream))
        assert _answers(place)
        with closing(_asking(place, b"GET /events HTTP/1.1", _host(place))) as newest:
            assert b"text/event-stream" in newest.recv(2000)
    assert _answers(place)


def test_connections_that_ask_for_nothing_shut_nobody_out(place: Place) -> None:
    with ExitStack() as left_open:
        for _ in range(300):
            left_open.enter_context(closing(socket.create_connection(place, timeout=20)))
        assert _answers(place)


def test_a_port_in_use_is_told_and_the_next_one_taken(tmp_path: Path) -> None:
    project = Project(tmp_path)
    project.thread(body="The thing itself.", name="talk")
    with closing(socket.socket()) as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        command = ("-m", "generator", "--project", str(tmp_path), "serve", "--port", str(port))
        with program(*command) as child:
            assert child.stdout is not None
            told = [child.stdout.readline() for _ in range(2)]
            assert told[0] == f"port {port} is in use\n"
            assert "http://127.0.0.1:" in told[1]
            assert f":{port}/" not in told[1]


def test_one_file_needs_no_project_and_ctrl_c_leaves_no_process(tmp_path: Path) -> None:
    alone = tmp_path / "alone.md"
    alone.write_text("One thing.\n", "utf-8")
    with program("-c", ELSEWHERE, str(tmp_path), "serve", "alone.md", "--port", "0") as child:
        assert child.stdout is not None
        line = child.stdout.readline()
        place = _place(line.split()[2].rstrip(","))
        assert comes((tmp_path / "output").is_dir)
        with closing(_asking(place, b"GET /events HTTP/1.1", _host(place))) as looker:
            assert looker.recv(2000)
            pids = session(child.pid)
            child.send_signal(signal.SIGINT)
            assert all_gone(pids)
        assert child.wait() == 130
        assert "Traceback" not in child.stdout.read()
