"""Who may talk to the server: a page of its own, on a name of this computer."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, MutableMapping
from typing import Any
from urllib.parse import urlsplit

from sim.interface.serving.addresses import is_loopback

__all__ = ["Guarded"]

type Scope = MutableMapping[str, Any]
type Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
type Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
type App = Callable[[Scope, Receive, Send], Awaitable[None]]


class Guarded:
    """An ASGI app that turns away other sites' pages, which could name this computer by a name of theirs, or open its websocket.

    Args:
        app: what is guarded. local: whether it is for this computer only, and only asked for by a name of it.
    """

    def __init__(self, app: App, *, local: bool) -> None:
        self._app, self._local = app, local

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hand on what may pass."""
        if scope["type"] in {"http", "websocket"} and not self._passes(scope):
            await _refuse(scope["type"], receive, send)
            return
        await self._app(scope, receive, send)

    def _passes(self, scope: Scope) -> bool:
        headers: Mapping[bytes, bytes] = dict(scope["headers"])
        host = headers.get(b"host", b"").decode("latin-1")
        name = urlsplit(f"//{host}").hostname or ""
        if self._local and not is_loopback(name):
            return False
        origin = headers.get(b"origin")
        return scope["type"] == "http" or origin is None or urlsplit(origin.decode("latin-1")).netloc == host


async def _refuse(kind: str, receive: Receive, send: Send) -> None:
    if kind == "websocket":
        await receive()
        await send({"type": "websocket.close", "code": 1008})
        return
    await send({"type": "http.response.start", "status": 403, "headers": [(b"content-type", b"text/plain; charset=utf-8")]})
    await send({"type": "http.response.body", "body": b"This page is served to this computer only."})
