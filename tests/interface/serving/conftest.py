"""A server of the small page, with one process for its runs."""

import json
import threading
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from sim.experiment.exploring import Crew, Explorer, Growth, load_explorer
from sim.interface.serving.addresses import address_of, listening, names_of
from sim.interface.serving.application import application, as_json
from sim.interface.serving.serving import server_of
from tests.interface.explorer.made import LIVE, written


@dataclass(frozen=True)
class Served:
    """A page that is served, and its server's parts."""

    address: str
    explorer: Explorer
    growth: Growth

    def ask(self, said: object, *, path: str = "cells", **headers: str) -> tuple[int, Any]:
        """The status and the answer to a question; what is no text is asked as JSON."""
        body = said if isinstance(said, bytes) else json.dumps(said).encode()
        request = urllib.request.Request(self.address + path, body, {"Content-Type": "application/json", **headers})
        try:
            with urllib.request.urlopen(request, timeout=30) as answer:
                return answer.status, json.loads(answer.read())
        except urllib.error.HTTPError as error:
            with error:
                found = error.read()
            return error.code, json.loads(found) if found.startswith(b"{") else found.decode()


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The small page, live."""
    text = LIVE.replace("seeds = 4", "seeds = 6")
    explorer = load_explorer(written(tmp_path_factory.mktemp("text"), text), every=False)
    growth = Growth(explorer, lambda told: as_json(told, explorer))
    with listening("127.0.0.1", 0) as socket, Crew(explorer, growth, 1, 60.0):
        app = application(explorer, growth, "protestlaw app small", names_of("127.0.0.1"))
        listens = threading.Event()
        server = server_of(app, listens.set)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [socket]})
        thread.start()
        assert listens.wait(30)
        yield Served(address_of("127.0.0.1", socket.getsockname()[1]), explorer, growth)
        server.should_exit = True
        thread.join()
