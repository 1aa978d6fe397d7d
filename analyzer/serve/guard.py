"""What stands before every answer: whom it is for, and what a browser may do with it."""

from __future__ import annotations

import ipaddress
import socket

from starlette.datastructures import MutableHeaders
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send

POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "connect-src 'self'",
        "img-src 'self' data: blob:",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
    )
)
"""The content security policy: our own files and nothing else, no inline script or style, no frames."""

HEADERS = {
    "content-security-policy": POLICY,
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "cache-control": "no-store",
}


def guards(host: str) -> list[Middleware]:
    """The middleware for a server that listens on a host.

    The Host header must name this machine: a page elsewhere whose name is made to lead here (DNS rebinding) reads nothing.
    """
    return [
        Middleware(SecurityHeaders),
        Middleware(TrustedHostMiddleware, allowed_hosts=allowed_hosts(host), www_redirect=False),
    ]


def allowed_hosts(host: str) -> list[str]:
    """What the Host header may name: the host itself and loopback; if it stands for all addresses, the machine's own too."""
    names = {"localhost", "127.0.0.1", "::1", host}
    if _is_unspecified(host):
        names |= {socket.gethostname(), *_addresses()}
    return sorted(f"[{name}]" if ":" in name else name for name in names)


def _is_unspecified(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_unspecified
    except ValueError:
        return False


def _addresses() -> set[str]:
    try:
        return {str(address[4][0]) for address in socket.getaddrinfo(socket.gethostname(), None)}
    except OSError:
        return set()


class SecurityHeaders:
    """Adds ``HEADERS`` to every answer, errors included."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes a request on."""

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(HEADERS)
            await send(message)

        await self._app(scope, receive, send_with_headers if scope["type"] == "http" else send)
