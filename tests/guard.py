"""Keeps tests from talking to anything but this machine."""

import ipaddress
import socket
from typing import Any

Lookup, Connect, ConnectQuietly, Send = (
    socket.getaddrinfo,
    socket.socket.connect,
    socket.socket.connect_ex,
    socket.socket.sendto,
)


class OutsideNetwork(AssertionError):
    """A test tried to reach another machine."""


def keep_inside() -> None:
    """From now on a connection or a name look-up that leaves this machine raises OutsideNetwork."""
    socket.socket.connect = _connect  # type: ignore[method-assign, assignment]
    socket.socket.connect_ex = _connect_quietly  # type: ignore[method-assign, assignment]
    socket.socket.sendto = _send  # type: ignore[method-assign, assignment]
    socket.getaddrinfo = _look_up


def is_here(host: Any) -> bool:
    """Whether a host is this machine, by the name or address that connections are made to."""
    name = host.decode() if isinstance(host, bytes) else host
    if name in {None, "", "localhost"}:
        return True
    try:
        return ipaddress.ip_address(name.partition("%")[0]).is_loopback
    except ValueError:
        return False


def _check(connection: socket.socket, address: Any) -> None:
    """Raise unless the address is on this machine. Other families than the internet's never leave it."""
    if connection.family in {socket.AF_INET, socket.AF_INET6} and not is_here(address[0]):
        raise OutsideNetwork(f"A test connects to {address[0]}: mock what is outside.")


def _connect(connection: socket.socket, address: Any) -> None:
    _check(connection, address)
    Connect(connection, address)


def _connect_quietly(connection: socket.socket, address: Any) -> int:
    _check(connection, address)
    return ConnectQuietly(connection, address)


def _send(connection: socket.socket, *arguments: Any) -> int:
    _check(connection, arguments[-1])
    return Send(connection, *arguments)


def _look_up(host: Any, *arguments: Any, **options: Any) -> Any:
    if not is_here(host):
        raise OutsideNetwork(f"A test looks up {host}: mock what is outside.")
    return Lookup(host, *arguments, **options)
