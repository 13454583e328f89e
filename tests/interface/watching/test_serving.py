"""What is seen to before a server starts, and who may talk to it."""

import socket
from typing import Any

import pytest

from sim.errors import LawError, ModelError, OutputError
from sim.interface.serving.addresses import is_loopback
from sim.interface.watching import serving
from sim.interface.watching.guard import Guarded


def test_a_wrong_setting_is_told_before_anything_starts() -> None:
    with pytest.raises(LawError, match="did you mean 'threshold'"):
        serving.watch("seminar", {"law.treshold": 5}, host="127.0.0.1", port=0, open_browser=False)


def test_without_solara_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serving, "find_spec", lambda name: None if "solara" in name else object())
    with pytest.raises(OutputError, match=r"needs solara, solara-assets, which are not installed.*pip install .*\[viz\]"):
        serving.watch("seminar", {}, host="127.0.0.1", port=0, open_browser=False)


def test_a_port_that_is_taken_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serving, "need_solara", lambda: None)  # the port is had before Solara is loaded
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(ModelError, match=f"port {port} of 127.0.0.1 is taken.*Take another with --port"):
            serving.watch("seminar", {}, host="127.0.0.1", port=port, open_browser=False)


@pytest.mark.parametrize(
    ("host", "is_local"),
    [
        ("127.0.0.1", True),
        ("127.9.9.9", True),
        ("localhost", True),
        ("::1", True),
        ("[::1]", True),
        ("0.0.0.0", False),
        ("a.b", False),
    ],
)
def test_this_computer_by_its_names(host: str, is_local: bool) -> None:
    assert is_loopback(host) is is_local


def answer(kind: str, *, local: bool = True, **headers: str) -> str:
    """Whether a request passes the guard, or what it is answered. Nothing waits, so it needs no loop: a browser runs one."""
    sent: list[Any] = []

    async def app(*_: Any) -> None:
        sent.append({"type": "passed"})

    async def receive() -> Any:
        return {"type": "websocket.connect"}

    async def send(message: Any) -> None:
        sent.append(message)

    named = [(name.encode(), value.encode()) for name, value in headers.items()]
    with pytest.raises(StopIteration):
        Guarded(app, local=local)({"type": kind, "headers": named}, receive, send).send(None)
    return str(sent[0].get("status") or sent[0].get("code") or sent[0]["type"])


def test_own_pages_pass_and_those_of_other_sites_do_not() -> None:
    assert answer("http", host="127.0.0.1:8000") == answer("http", host="localhost:8000") == answer("lifespan") == "passed"
    assert answer("http", host="evil.example:8000") == answer("http") == "403"
    assert answer("websocket", host="127.0.0.1:8000", origin="http://127.0.0.1:8000") == "passed"
    assert answer("websocket", host="127.0.0.1:8000", origin="http://evil.example") == "1008"
    assert answer("http", local=False, host="room-7.example:8000") == "passed"
    assert answer("websocket", local=False, host="room-7.example", origin="http://evil.example") == "1008"
