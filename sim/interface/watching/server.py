"""Solara's server, in this process."""

from __future__ import annotations

import socket
import warnings
from typing import Any

import solara.server.app
import solara.server.settings
import solara.server.starlette
import uvicorn

from sim.interface.screen import note
from sim.interface.serving.browser import open_page
from sim.interface.watching import page
from sim.interface.watching.guard import Guarded
from sim.interface.watching.watch import Watch

__all__ = ["serve"]


class _Server(uvicorn.Server):
    """A server that says when it is ready."""

    def __init__(self, config: uvicorn.Config, address: str, *, open_browser: bool) -> None:
        super().__init__(config)
        self._address, self._open_browser = address, open_browser

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start, and say so."""
        await super().startup(sockets)
        if self.started:
            note(f"ready at {self._address} (Ctrl-C ends it)")
            if self._open_browser:
                open_page(self._address)


def serve(watch: Watch, listening: socket.socket, address: str, *, local: bool, open_browser: bool) -> None:
    """Serve pages that watch a scenario, until the keyboard interrupts.

    Args:
        watch: what they watch first. listening: where they are asked for. address: the same, to be told and opened.
        local: whether they are for this computer only. open_browser: whether to open one.
    """
    page.begin_with(watch)
    solara.server.settings.telemetry.mixpanel_enable = False
    solara.server.app.apps["__default__"] = solara.server.app.AppScript(page.__name__)
    guarded: Any = Guarded(solara.server.starlette.app, local=local)
    quiet: dict[str, Any] = {"log_level": "warning", "access_log": False}
    config = uvicorn.Config(guarded, lifespan="on", loop="asyncio", timeout_graceful_shutdown=1, **quiet)
    warnings.filterwarnings("ignore", "Cookies with samesite=none require https", UserWarning, r"solara\.server\.starlette")
    try:
        _Server(config, address, open_browser=open_browser).run([listening])
    except KeyboardInterrupt:
        note("Ended.")
