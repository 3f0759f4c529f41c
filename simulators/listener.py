"""受信口 — one counterpart's HTTPS port: who speaks is known by a certificate of the allowed authority and by the key of the signed message.

POST <path>      a message (client certificate and signature needed)
GET  /_received  what was taken and what was refused        POST /_scenario  faults to play
GET  /_scenario  what is still to be played                 POST /_reset     forget everything
GET  /_health    whether it is up                           POST /_send      speak first (simulators/sending.py)
and what else a counterpart is told to do (its `orders`).
The paths with an underscore are for whoever runs the demo: made-up people only, and the port is open to this machine alone.
"""

from __future__ import annotations

import json
import logging
import socket
import ssl
from collections.abc import Callable, Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import ClassVar
from urllib.parse import urlsplit

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from simulators import signatures
from simulators.config import LOOPBACK
from simulators.counterpart import Counterpart, Reply
from simulators.scenario import BadScenario
from simulators.sending import CannotSend

MAX_BODY = 1_000_000
log = logging.getLogger("simulators")


class Listener(ThreadingHTTPServer):
    """The port of one counterpart; `serve_forever` in a thread, `shutdown` and `server_close` to end it."""

    daemon_threads = True
    allow_reuse_address = True

    def __init__(
        self, port: int, counterpart: Counterpart, context: ssl.SSLContext, signing_key: Ed25519PrivateKey, peers: Mapping[str, Ed25519PublicKey]
    ) -> None:
        self.counterpart = counterpart
        self.signing_key = signing_key
        self.peers = peers
        self._context = context
        super().__init__((LOOPBACK, port), _Handler)

    def get_request(self) -> tuple[socket.socket, tuple[str, int]]:
        connection, address = super().get_request()
        # The handshake happens in the handler's thread: a client that says nothing must not stop the others.
        return self._context.wrap_socket(connection, server_side=True, do_handshake_on_connect=False), address

    def handle_error(self, request: object, client_address: object) -> None:
        log.info("%s: a connection ended early", self.counterpart.name)


class _Handler(BaseHTTPRequestHandler):
    server: Listener
    protocol_version = "HTTP/1.1"
    timeout = 30
    disable_nagle_algorithm: ClassVar[bool] = True

    def setup(self) -> None:
        connection: ssl.SSLSocket = self.request
        connection.settimeout(self.timeout)
        connection.do_handshake()
        super().setup()

    def do_GET(self) -> None:
        counterpart = self.server.counterpart
        answers: dict[str, Callable[[], object]] = {
            "/_received": counterpart.received,
            "/_scenario": lambda: {"faults": counterpart.scenario.left()},
            "/_health": lambda: {"counterpart": counterpart.name, "up": True},
        }
        answer = answers.get(urlsplit(self.path).path)
        if answer is None:
            self._answer_plain(404, {"error": "no such path"})
        else:
            self._answer_plain(200, answer())

    def do_POST(self) -> None:
        body = self._body()
        if body is None:
            return
        path = urlsplit(self.path).path
        if path == "/_scenario":
            self._set_scenario(body)
        elif path == "/_reset":
            self.server.counterpart.reset()
            self._answer_plain(200, {"reset": True})
        elif path == "/_send":
            self._do_as_told(self.server.counterpart.send, body)
        elif path in self.server.counterpart.orders:
            self._do_as_told(self.server.counterpart.orders[path], body)
        elif path in self.server.counterpart.paths:
            self._receive(body)
        else:
            self._answer_plain(404, {"error": "no such path"})

    def _receive(self, body: bytes) -> None:
        counterpart = self.server.counterpart
        headers = {name.lower(): value for name, value in self.headers.items()}
        authority = headers.get("host", "").lower()
        request = signatures.Request(self.command, f"https://{authority}{self.path}", authority, urlsplit(self.path).path, headers, body)
        certificate = self.connection.getpeercert() if isinstance(self.connection, ssl.SSLSocket) else None
        if not certificate:
            self._answer(counterpart.note_unauthorized(Reply("U02"), ""), request)
            return
        try:
            sender = signatures.verify(request, self.server.peers.get, counterpart.clock.now())
        except signatures.BadSignature as fault:
            log.warning("%s: refused: %s", counterpart.name, fault)
            self._answer(counterpart.note_unauthorized(Reply("U01"), ""), request)
            return
        self._answer(counterpart.receive(sender, body, request.path), request)

    def _answer(self, reply: Reply, request: signatures.Request) -> None:
        counterpart = self.server.counterpart
        if reply.silent:
            self.close_connection = True
            return
        body = reply.body(counterpart.texts[reply.code], counterpart.clock.instant())
        headers = signatures.sign_reply(self.server.signing_key, counterpart.name, reply.status, body, request, counterpart.clock.now())
        self._send(reply.status, headers, body.replace(b'"result"', b'"Result"') if reply.corrupt else body)

    def _set_scenario(self, body: bytes) -> None:
        try:
            self.server.counterpart.scenario.set(json.loads(body))
        except (BadScenario, ValueError) as error:
            self._answer_plain(400, {"error": str(error)})
            return
        self._answer_plain(200, {"faults": self.server.counterpart.scenario.left()})

    def _do_as_told(self, order: Callable[[object], object], body: bytes) -> None:
        try:
            self._answer_plain(200, order(json.loads(body)))
        except (CannotSend, ValueError) as error:
            self._answer_plain(400, {"error": str(error)})

    def _body(self) -> bytes | None:
        length = self.headers.get("content-length", "")
        if not length.isdigit() or int(length) > MAX_BODY:
            self.close_connection = True
            self._answer_plain(413 if length.isdigit() else 411, {"error": "a body of known, modest length is needed"})
            return None
        return self.rfile.read(int(length))

    def _answer_plain(self, status: int, content: object) -> None:
        self._send(status, {"content-type": "application/json"}, json.dumps(content, ensure_ascii=False).encode())

    def _send(self, status: int, headers: Mapping[str, str], body: bytes) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Nothing per request: the store tells what came."""
