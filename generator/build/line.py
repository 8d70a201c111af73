"""Objects and numbers through a socket between two of our own processes, whole and in time."""

import pickle
import socket
import struct
import time
from typing import Any

HEADER = struct.Struct("!Q")


def send(line: socket.socket, message: object) -> None:
    """Send an object down a line."""
    content = pickle.dumps(message, pickle.HIGHEST_PROTOCOL)
    line.sendall(HEADER.pack(len(content)))
    line.sendall(content)


def receive(line: socket.socket, until: float | None = None) -> Any:  # noqa: ANN401  whatever was sent
    """Return an object from a line; raise TimeoutError if it is not here whole by `until`."""
    size = HEADER.unpack(_exactly(line, HEADER.size, until))[0]
    return pickle.loads(_exactly(line, size, until))  # noqa: S301  between our own processes


def send_number(line: socket.socket, number: int) -> None:
    """Send a number that is not negative."""
    line.sendall(HEADER.pack(number))


def receive_number(line: socket.socket, seconds: float) -> int:
    """Return a number from a line; raise TimeoutError if it is not here within some seconds."""
    return int(HEADER.unpack(_exactly(line, HEADER.size, time.monotonic() + seconds))[0])


def _exactly(line: socket.socket, size: int, until: float | None) -> bytes:
    content = bytearray()
    while len(content) < size:
        if until is not None:
            left = until - time.monotonic()
            if left <= 0:
                raise TimeoutError
            line.settimeout(left)
        piece = line.recv(min(size - len(content), 1 << 20))
        if not piece:
            raise EOFError
        content += piece
    return bytes(content)
