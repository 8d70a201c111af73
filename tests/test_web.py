"""The network is asked with care: https, public hosts, and never without end."""

import gzip
import hashlib
import json
import os
import shutil
import ssl
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from generator.errors import GeneratorError
from generator.web import Web
from generator.web.addresses import is_public
from generator.web.exchange import Terms
from tests.hosts import Hosts, Says, dripping, endless, played
from tests.imports import PNG

PICTURE = Says(PNG, "image/png")
URL = "https://pics.example/a.png"
QUICK = (Terms(2_000, "application/json", 1, 2), Terms(2_000, "image/png", 1, 2))


@contextmanager
def asking(
    *answers: Says, cache: Path | None = None, now: Callable[[], float] = lambda: 1_000.0
) -> Iterator[tuple[Web, Hosts, list[float]]]:
    """Give a web whose one host answers so, the host, and the seconds that were waited."""
    waited: list[float] = []
    with played({"pics.example/a.png": list(answers)}) as hosts:
        web = Web(cache, stands_in=hosts.stands_in(), waits=waited.append, now=now, terms=QUICK)
        yield web, hosts, waited


def refusal(ask: Callable[[str], object], url: str = URL) -> str:
    """Return the code, the message and the hint with which an address is refused."""
    with pytest.raises(GeneratorError) as caught:
        ask(url)
    (problem,) = caught.value.problems
    assert problem.location is not None
    return f"{problem.code}: {problem.message} ({problem.hint})"


def test_a_picture_comes_with_its_type_and_checksum() -> None:
    with asking(PICTURE) as (web, hosts, _waited):
        found = web.picture(URL)
    assert (found.content, found.media_type) == (PNG, "image/png")
    assert found.digest == hashlib.sha256(PNG).hexdigest()
    assert hosts.heads[0]["Accept-Encoding"] == "identity"
    assert "Cookie" not in hosts.heads[0]


def test_what_was_written_as_http_is_asked_over_https() -> None:
    with asking(PICTURE) as (web, _hosts, _waited):
        assert web.picture("http://pics.example/a.png").content == PNG
        assert web.picture("//pics.example/a.png").content == PNG


@pytest.mark.parametrize(
    ("first", "waits"),
    [
        (Says(status=500), [0.5]),
        (Says(status=429, head={"Retry-After": "7"}), [7]),
        (Says(status=503, head={"Retry-After": "Thu, 01 Jan 1970 00:16:52 GMT"}), [12]),
        (Says(status=503, head={"Retry-After": "soon"}), [0.5]),
        (Says(PNG[:20], "image/png", head={"Content-Length": str(len(PNG))}), [0.5]),
    ],
    ids=["500", "429", "a date", "no date", "broken off"],
)
def test_what_passes_is_asked_again_after_a_while(first: Says, waits: list[float]) -> None:
    with asking(first, PICTURE) as (web, _hosts, waited):
        assert web.picture(URL).content == PNG
    assert waited == waits


@pytest.mark.parametrize(
    ("says", "told", "asked"),
    [
        (Says(status=500), "web-busy: `pics.example` answers 500 Internal Server Error", 4),
        (Says(status=429, head={"Retry-After": "3600"}), "it asks to wait for 3600 seconds", 1),
        (Says(status=404), "web-status: `pics.example` answers 404 Not Found", 1),
        (Says(status=401), "only to who is logged in", 1),
        (Says(status=799), "`pics.example` answers 799", 1),
        (Says(b"", acts=endless, kind="image/png", head={"Content-Length": ""}), "2,000 bytes", 1),
        (Says(gzip.compress(bytes(10**6)), "image/png", head={"Content-Encoding": "gzip"}),
         "file-too-large: there are more than 2,000 bytes", 1),
        (Says(b"no gzip", "image/png", head={"Content-Encoding": "gzip"}), "can't be unpacked", 1),
        (Says(b"<p>", "text/html"), "web-type: there is no picture at this address, but text", 1),
        (Says(b"<p>", "image/png"), "image-invalid: `a.png` is no SVG", 1),
        (Says(PNG.partition(b"IEND")[0], "image/png"), "image-invalid: `a.png` is cut off", 1),
        (Says(b"", "image/png"), "image-invalid: `a.png` is empty", 1),
        (Says(PNG[:9], "image/png", head={"Content-Length": "99"}), "broke off", 4),
    ],
    ids=["500", "429", "404", "401", "799", "endless", "bomb", "no gzip", "a page", "html as png",
         "cut off", "empty", "broken off"],
)  # fmt: skip
def test_what_does_not_pass_is_told(says: Says, told: str, asked: int) -> None:
    with asking(says) as (web, hosts, _waited):
        assert told in refusal(web.picture)
    assert len(hosts.asked) == asked


def test_a_host_that_drips_is_left_when_its_time_is_over() -> None:
    slow = Says(b"", acts=dripping, kind="image/png", head={"Content-Length": ""})
    terms = Terms(10**6, "image/png", 0.1, 0.2)
    with played({"pics.example/a.png": slow}) as hosts:
        web = Web(stands_in=hosts.stands_in(), terms=(terms, terms))
        assert "web-slow: `pics.example` took more than 0.2 seconds" in refusal(web.picture)


def test_json_is_json() -> None:
    with asking(Says(b"<html>", "text/html")) as (web, _hosts, _waited):
        assert "web-type: there is no JSON at this address, but text/html" in refusal(web.json)


@pytest.mark.parametrize(
    ("onward", "told"),
    [
        ("/a.png", "web-redirects"),
        ("https://169.254.169.254/latest/meta-data", "leads into the network that you sit in"),
        ("http://[::1]/", "leads into the network that you sit in"),
        ("//router.local/", "leads into the network that you sit in"),
        ("file:///etc/passwd", "is no https:// address"),
        ("https://u:secret@pics.example/", "holds a name or password"),
        ("https://pics.example:22/", "names the port 22"),
        ("", "web-redirects"),
    ],
)
def test_a_redirect_is_looked_at_like_any_address(onward: str, told: str) -> None:
    moved = Says(status=302, head={"Location": onward})
    with played({"pics.example/a.png": moved}) as hosts:
        web = Web(stands_in=hosts.stands_in(), resolves=private, terms=QUICK)
        assert told in refusal(web.picture)
    assert hosts.asked == ["pics.example/a.png"]


def private(host: str) -> list[str]:
    """Resolve each name to the local network, and an address to itself."""
    return [host if host[:1].isdigit() or ":" in host else "192.168.0.1"]


def test_redirects_end() -> None:
    chain = {
        f"pics.example/{n}": Says(status=307, head={"Location": f"/{n + 1}"}) for n in range(20)
    }
    with played(chain) as hosts:
        web = Web(stands_in=hosts.stands_in(), terms=QUICK)
        assert "web-redirects" in refusal(web.picture, "https://pics.example/0")
    assert len(hosts.asked) == 6


@pytest.mark.parametrize(
    "url",
    ["ftp://pics.example/a", "https://", "https://a b/", "https://pics.example\\@evil/",
     "javascript:alert(1)", "https://x/" + "a" * 3000, "https://pics.example/\x00", "a.png"],
)  # fmt: skip
def test_what_is_no_address_is_never_asked(url: str) -> None:
    web = Web(resolves=lambda _host: pytest.fail("a name was looked up"))
    assert refusal(web.picture, url).startswith("web-refused")


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("93.184.216.34", True),
        ("2606:2800:220:1:248:1893:25c8:1946", True),
        ("127.0.0.1", False),
        ("10.1.2.3", False),
        ("172.16.0.1", False),
        ("192.168.1.1", False),
        ("169.254.169.254", False),
        ("100.64.0.1", False),
        ("0.0.0.0", False),  # noqa: S104 (nobody binds to it)
        ("255.255.255.255", False),
        ("224.0.0.1", False),
        ("::1", False),
        ("fe80::1%eth0", False),
        ("fd00::1", False),
        ("::ffff:10.0.0.1", False),
        ("64:ff9b::7f00:1", False),
        ("2002:7f00:1::", False),
        ("ff02::1", False),
        ("no address", False),
    ],
)
def test_only_addresses_of_the_internet_are_public(address: str, public: bool) -> None:  # noqa: FBT001 (a case)
    assert is_public(address) is public


@pytest.mark.parametrize("url", ["https://2130706433/", "https://localhost/", "https://0x7f.1/"])
def test_a_number_in_disguise_is_found_out_by_looking_it_up(url: str) -> None:
    assert "leads into the network" in refusal(Web(terms=QUICK).picture, url)


def test_a_host_that_is_not_there_is_told_after_some_tries() -> None:
    def nobody(_host: str) -> list[str]:
        raise OSError(-2, "Name or service not known")

    web = Web(resolves=nobody, terms=QUICK)
    assert "there is no host `pics.example`" in refusal(web.picture)


def test_a_host_without_tls_is_not_spoken_to() -> None:
    with played({"pics.example/a.png": PICTURE}) as hosts:
        web = Web(stands_in=hosts.stands_in(secure=True), terms=QUICK)
        assert "web-insecure: `pics.example` can't prove who it is" in refusal(web.picture)
    assert hosts.asked == []


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Return a certificate for pics.example and its key."""
    if not shutil.which("openssl"):
        pytest.skip("openssl is not there")
    folder = tmp_path_factory.mktemp("tls")
    paths = folder / "cert.pem", folder / "key.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256",
         "-nodes", "-days", "2", "-subj", "/CN=pics.example",
         "-addext", "subjectAltName=DNS:pics.example", "-out", paths[0], "-keyout", paths[1]],
        check=True, capture_output=True,
    )  # fmt: skip
    return paths


@pytest.mark.parametrize(
    ("host", "told"),
    [("pics.example", ""), ("other.example", "other.example"), ("nobody.example", "self")],
    ids=["its own", "another's", "nobody knows it"],
)
def test_a_host_proves_its_name_at_the_address_that_was_looked_up(
    host: str, told: str, certificate: tuple[Path, Path]
) -> None:
    with played({f"{host}/a.png": PICTURE}) as hosts:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(*certificate)
        hosts.socket = context.wrap_socket(hosts.socket, server_side=True)
        authorities = certificate[0] if host != "nobody.example" else None
        web = Web(stands_in=hosts.stands_in(secure=True), authorities=authorities, terms=QUICK)
        if not told:
            assert web.picture(f"https://{host}/a.png").content == PNG
        else:
            said = refusal(web.picture, f"https://{host}/a.png")
            assert said.startswith("web-insecure")
            assert told in said


def test_what_was_fetched_is_kept_and_checked(tmp_path: Path) -> None:
    with asking(PICTURE, cache=tmp_path) as (web, hosts, _waited):
        web.picture(URL)
        assert web.picture(URL).content == PNG
        assert len(hosts.asked) == 1
        (file,) = (tmp_path / "web").iterdir()
        file.write_bytes(file.read_bytes().replace(b"IDAT", b"IDAX"))
        assert web.picture(URL).content == PNG
        assert len(hosts.asked) == 2
        file.write_bytes(b"[" * 100_000)
        assert web.picture(URL).content == PNG
        file.unlink()
        os.mkfifo(file)
        assert web.picture(URL).content == PNG
    assert len(hosts.asked) == 4


def test_an_answer_of_an_api_is_kept_for_minutes_only(tmp_path: Path) -> None:
    clock = [1000.0]
    with asking(Says(b"{}"), cache=tmp_path, now=lambda: clock[0]) as (web, hosts, _waited):
        web.json(URL)
        clock[0] += 299
        web.json(URL)
        assert len(hosts.asked) == 1
        clock[0] += 2
        web.json(URL)
    assert len(hosts.asked) == 2


def test_the_cache_does_not_grow_for_ever(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("generator.web.kept.MOST", 1_000)
    answers = {f"pics.example/{n}": Says(json.dumps("x" * 600).encode()) for n in range(4)}
    with played(answers) as hosts:
        web = Web(tmp_path, stands_in=hosts.stands_in(), terms=QUICK)
        for n in range(4):
            web.json(f"https://pics.example/{n}")
    assert len(list((tmp_path / "web").iterdir())) == 2
