"""Serving a page until it is ended from the keyboard."""

from __future__ import annotations

import contextlib
import signal
from collections.abc import Callable, Iterator
from pathlib import Path
from socket import socket as Socket
from typing import TYPE_CHECKING, Final

from sim.experiment.exploring import Crew, EarlierRuns, Explorer, Growth, Law
from sim.experiment.processes import usable_processors
from sim.interface.screen import note
from sim.interface.serving.addresses import address_of, is_loopback, listening, names_of
from sim.interface.serving.application import application, as_json
from sim.interface.serving.browser import open_page

if TYPE_CHECKING:
    import uvicorn
    from starlette.applications import Starlette

__all__ = ["serve", "server_of"]

_CONNECTIONS: Final = 300
"""Connections at a time, beyond which the server says that it is busy: 80 visitors have a few each."""

_FAREWELL: Final = 2
"""Seconds that questions in hand have when the server ends."""


def serve(
    explorer: Explorer,
    runs: Path,
    *,
    host: str,
    port: int,
    processes: int | None,
    keep: int,
    seconds: float,
    open_browser: bool,
) -> None:
    """Serve a page, until an interrupt from the keyboard.

    Args:
        explorer: the page. runs: a folder whose runs are used if they are there.
        host, port: where. processes: how many do runs; by default one for each processor.
        keep: answers that are kept. seconds: what a run may take. open_browser: whether to open the page.

    Raises:
        ModelError: if it cannot listen there, or runs cannot be done.
    """
    with listening(host, port) as socket, contextlib.closing(EarlierRuns(runs)) as earlier:
        at = address_of(host, socket.getsockname()[1])
        if earlier.usable:
            note(f"Runs in {runs} are used.")
        note("Starting: compiling what runs need, and a first run ...")
        first = explorer.design.scenarios[0]
        growth = Growth(explorer, lambda told: as_json(told, explorer), keep=keep, earlier=earlier)
        app = application(explorer, growth, f"protestlaw app {explorer.design.name}", names_of(host))

        def ready() -> None:
            note(f"ready at {at}  (Ctrl-C ends it)")
            if not is_loopback(host):
                note("Everybody in this network can use it. It asks for no password, and shows nothing but this page.")
            if open_browser:
                open_page(at)

        with Crew(explorer, growth, processes or usable_processors(), seconds):
            growth.ask("the first visitor", [Law(first.fingerprint, first)])
            with _ended_in_order():
                server_of(app, ready).run(sockets=[socket])
        note("Ended.")


def server_of(app: Starlette, ready: Callable[[], None]) -> uvicorn.Server:
    """The server of an application.

    Args:
        app: which. ready: called when it listens.
    """
    import uvicorn

    class Server(uvicorn.Server):
        async def startup(self, sockets: list[Socket] | None = None) -> None:
            await super().startup(sockets)
            ready()

    return Server(
        uvicorn.Config(
            app,
            log_config=None,
            access_log=False,
            lifespan="off",
            ws="none",
            http="h11",
            loop="asyncio",
            server_header=False,
            limit_concurrency=_CONNECTIONS,
            timeout_graceful_shutdown=_FAREWELL,
        )
    )


@contextlib.contextmanager
def _ended_in_order() -> Iterator[None]:
    """However the server is told to end: it ends by itself, then raises the signal again, and processes are still to be ended."""
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        with contextlib.suppress(KeyboardInterrupt):
            yield
    finally:
        signal.signal(signal.SIGTERM, before)
