"""The server without a browser: what it answers, what it refuses and in which words, and where it listens."""

import socket
import time
import urllib.request

import pytest

from sim.errors import ModelError
from sim.interface.serving.addresses import address_of, is_loopback, listening, names_of
from sim.interface.serving.asked import asked_of
from tests.interface.serving.conftest import Served

VISITOR = "visitor00"


def test_a_cell_is_answered_at_once_and_grows_to_all_its_runs(served: Served) -> None:
    laws = [{}, {"threshold": "77"}]
    have, grown = [0, 0], []
    began = time.monotonic()
    while True:
        status, said = served.ask({"visitor": VISITOR, "laws": laws, "have": have})
        assert status == 200
        have = [cell["done"] if cell else before for cell, before in zip(said["cells"], have, strict=True)]
        grown.append(list(have))
        if all(cell and not cell["more"] for cell in said["cells"]):
            break
        assert time.monotonic() < began + 60
    assert have == [6, 6]
    assert grown == sorted(grown)
    assert grown[0][1] < 6  # nobody waited for all of it
    assert [cell["threshold"] for cell in said["cells"]] == [None, 77]
    assert all(cell["failed"] == 0 and cell["runs"] == 6 and None not in cell["events"] for cell in said["cells"])
    began = time.monotonic()
    assert served.ask({"visitor": "another0", "laws": laws}) == (200, said)  # kept
    assert time.monotonic() - began < 1.0


def test_the_page_asks_its_own_server_only(served: Served) -> None:
    with urllib.request.urlopen(served.address, timeout=10) as answer:
        page, headers = answer.read().decode(), answer.headers
    assert "connect-src 'self'" in page
    assert "default-src 'none'" in page
    assert "protestlaw app small" in page
    assert headers["Cache-Control"] == "no-store"
    assert headers["Content-Security-Policy"] == "frame-ancestors 'none'"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Server"] is None


def test_everything_that_is_wrong_with_both_laws_is_told_at_once(served: Served) -> None:
    laws = [{"threshold": 1}, {"threshold": "many", "practise": "benign"}]
    status, said = served.ask({"visitor": VISITOR, "laws": laws})
    assert status == 422
    assert [problem["key"] for problem in said["problems"]] == ["laws.0.threshold", "laws.1.threshold", "laws.1.practise"]
    assert said["problems"][0]["told"].endswith("found 1; allowed: none, 20, 100, or a whole number from 2 to 5000")
    assert said["problems"][2]["hint"] == "practice"
    assert served.growth.waiting == 0


@pytest.mark.parametrize(
    ("said", "key", "words"),
    [
        (b"{", "", "no JSON"),
        (b"[" * 5000, "", "no JSON"),
        ([], "", "a JSON object"),
        ({"visitor": VISITOR, "laws": [{}], "law": 1}, "law", "an unknown key"),
        ({"visitor": "../etc", "laws": [{}]}, "visitor", "8 to 32 small letters and digits"),
        ({"visitor": VISITOR, "laws": [{}] * 3}, "laws", "a list of one law or 2"),
        ({"visitor": VISITOR, "laws": []}, "laws", "a list of one law or 2"),
        ({"visitor": VISITOR, "laws": ["x"]}, "laws.0", "an object"),
        ({"visitor": VISITOR, "laws": [{f"l{n}": 1 for n in range(41)}]}, "laws.0", "at most 40"),
        ({"visitor": VISITOR, "laws": [{}], "have": [True]}, "have", "a whole number from 0"),
        ({"visitor": VISITOR, "laws": [{}], "have": [0, 0]}, "have", "a whole number from 0"),
    ],
)
def test_what_is_no_question_is_refused(served: Served, said: object, key: str, words: str) -> None:
    status, answer = served.ask(said)
    assert status == 422
    assert [problem["key"] for problem in answer["problems"]] == [key]
    assert words in answer["problems"][0]["told"]


def test_a_question_is_bounded_and_comes_from_the_page(served: Served) -> None:
    assert served.ask(b" " * 8_001) == (413, {"problems": [{"told": "A question takes at most 8,000 bytes, and comes at once."}]})
    status, _ = served.ask(b"{}", **{"Content-Type": "text/plain"})  # what any other site's page may send
    assert status == 415
    assert served.ask(b"{}", Host="rebound.example") == (421, "This server is not called 'rebound.example'.\n")
    assert served.ask(b"{}", path="etc/passwd")[0] == 404


def test_a_question_is_read_as_it_was_asked() -> None:
    found = asked_of(b'{"visitor": "abcdefgh", "laws": [{"threshold": 137}, {}], "have": [3, 0]}')
    assert found == ("abcdefgh", ({"threshold": 137}, {}), (3, 0))
    assert asked_of(b'{"visitor": "abcdefgh", "laws": [{}]}').have == (0,)


def test_a_port_that_is_taken_is_told_with_another() -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        with pytest.raises(ModelError, match=rf"port {port} of 127\.0\.0\.1 is taken.*--port 0"):
            listening("127.0.0.1", port)
    with pytest.raises(ModelError, match=r"192\.0\.2\.1 is no address of this machine"):
        listening("192.0.2.1", 0)


def test_only_this_machine_is_checked_for_its_name() -> None:
    assert [
        is_loopback(host) for host in ("127.0.0.1", "127.9.9.9", "::1", "localhost", "0.0.0.0", "10.0.0.5", "lab.example")
    ] == [
        *(True,) * 4,
        *(False,) * 3,
    ]
    assert names_of("127.0.0.1") == {"localhost", "127.0.0.1", "::1"}
    assert names_of("0.0.0.0") is None
    assert address_of("::1", 80) == "http://[::1]:80/"
    assert address_of("0.0.0.0", 80) != "http://0.0.0.0:80/"  # nobody can go there
