"""Where a server listens, and what that means."""

from __future__ import annotations

import contextlib
import errno
import ipaddress
import socket

from sim.errors import ModelError

__all__ = ["address_of", "is_loopback", "listening", "names_of"]

_NOWHERE = "192.0.2.1"
"""An address that is nobody's (RFC 5737). Asking which way leads there sends nothing."""


def listening(host: str, port: int) -> socket.socket:
    """A socket that listens.

    Args:
        host: a name or address of this machine. port: 0 for any that is free.

    Raises:
        ModelError: if it cannot, with what to do.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family, backlog=128)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            other = (
                f"Take another with --port, as --port {port + 1 if port < 65_535 else port - 1}, or any free one with --port 0"
            )
            raise ModelError(f"port {port} of {host} is taken, perhaps by another window of this program. {other}.") from None
        if error.errno in {errno.EACCES, errno.EPERM}:
            raise ModelError(f"port {port} may not be used here; take one from 1024, as --port 8000.") from None
        raise ModelError(
            f"{host} is no address of this machine ({error.strerror or error}); leave out --host for this machine alone."
        ) from None


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach an address."""
    if host == "localhost":
        return True
    with contextlib.suppress(ValueError):
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    return False


def names_of(host: str) -> frozenset[str] | None:
    """The names under which a page on this machine alone may be asked for; none if anybody may reach it, by whatever name."""
    return frozenset({"localhost", "127.0.0.1", "::1", host}) if is_loopback(host) else None


def address_of(host: str, port: int) -> str:
    """The address to be opened in a browser. Of a server on all addresses, the one that others in the network use."""
    name = _outward() if host in {"0.0.0.0", "::"} else host
    return f"http://{f'[{name}]' if ':' in name else name}:{port}/"


def _outward() -> str:
    with contextlib.suppress(OSError), socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        probe.connect((_NOWHERE, 9))
        name: str = probe.getsockname()[0]
        return name
    return socket.gethostname()
