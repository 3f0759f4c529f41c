"""試験の受け口 — an HTTPS server in a thread that answers as told, for the courier's own tests. requirements F-2-21."""

import http.server
import socketserver
import ssl
import threading
from collections.abc import Callable
from contextlib import contextmanager
from pathlib import Path

from daicho import clock
from daicho.site.launch.keys import create_party

Answer = tuple[int, dict[str, str], bytes]


@contextmanager
def door(answer: Callable[[str, dict[str, str], bytes], Answer | None], cert: Path, key: Path, client_ca: Path | None = None):
    """Serve `answer(path, headers, body)` on a free port of 127.0.0.1; None closes the connection without a word. Yields the url."""

    class Handler(http.server.BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self):
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            answered = answer(self.path, dict(self.headers.items()), body)
            if answered is None:
                self.close_connection = True
                return
            status, headers, content = answered
            self.send_response(status)
            for name, value in {"Content-Length": str(len(content)), **headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_):
            pass

    class Server(http.server.ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, request, client_address):  # a client that turns our certificate down
            pass

    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(cert, key)
    if client_ca is not None:
        context.verify_mode = ssl.CERT_REQUIRED
        context.load_verify_locations(client_ca)
    server = Server(("127.0.0.1", 0), Handler)
    server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield f"https://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@contextmanager
def dying_door():
    """A peer that goes down in mid-handshake: it hears the first word of TLS and hangs up. Yields the url."""

    class HangUp(socketserver.BaseRequestHandler):
        def handle(self):
            self.request.recv(4096)

    class Server(socketserver.ThreadingTCPServer):
        daemon_threads = True

    server = Server(("127.0.0.1", 0), HangUp)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield f"https://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@contextmanager
def impostor(kind: str, folder: Path):
    """Somebody else at a peer's address: one that "dies" in mid-handshake, or a "foreign" one whose certificate is its own. Yields the url."""
    if kind == "dies":
        with dying_door() as url:
            yield url
        return
    stranger = create_party(folder / "stranger", "stranger", clock.now())
    with door(lambda *_: None, stranger.tls_cert, stranger.tls_key) as url:
        yield url
