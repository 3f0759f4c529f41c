"""署名つきの回線 — signed messages over HTTPS to one address of one peer, and only a signed reply is believed. requirements F-2-21.

The post room's wire and the adapters to the outside stand on this one class: which failure stops a line is decided here alone.
"""

from __future__ import annotations

import re
import ssl
import threading
import time
from pathlib import Path
from typing import Protocol
from urllib.parse import urlsplit

import requests
from django.conf import settings

from daicho.outbox import signing
from daicho.outbox.errors import Unauthorized, Unavailable
from daicho.outbox.settings import freshness

TIMEOUT = (5, 30)  # seconds to connect, seconds of silence; far below the relay's lease
_PIECE = 64 * 1024


class Peer(Protocol):
    """What the installation says of a counterpart (settings.DAICHO.peers)."""

    @property
    def name(self) -> str: ...
    @property
    def url(self) -> str: ...
    @property
    def public_key_file(self) -> Path: ...


class SignedLine:
    """Messages to `url` of `peer`, answered by at most `longest_reply` bytes; one kept connection per thread. ValueError unless the url is https."""

    def __init__(self, peer: Peer, url: str, longest_reply: int) -> None:
        if urlsplit(url).scheme != "https":
            raise ValueError(f"peer {peer.name}: its url must be https")
        self._peer, self._url, self._longest_reply = peer, url, longest_reply
        self._local = threading.local()

    def answer_to(self, body: bytes, within: float | None = None) -> signing.SignedReply:
        """What comes back to `body`, signed by us. Nobody has verified it yet: `believe` does. Raises Unavailable, Unauthorized.

        `within`: seconds to connect, and seconds for the whole answer, after which nobody waits for it any more; in place of the usual patience.
        """
        me = settings.DAICHO
        request = signing.SignedRequest("POST", self._url, {"Content-Type": signing.CONTENT_TYPE}, body)
        signing.sign_request(request, sender=me.name, private_key_file=me.signing_key_file)
        status_code, headers, content = self._post(request, within)
        if status_code in (502, 503, 504):
            raise Unavailable(f"http_{status_code}")
        return signing.SignedReply(status_code, headers, request, content)

    def believe(self, reply: signing.SignedReply) -> None:
        """Raises Unauthorized unless the peer signed this answer to this request; Unavailable for an unsigned failure of its server."""
        try:
            signing.verify_reply(reply, peer=self._peer.name, public_key_file=self._peer.public_key_file, freshness=freshness())
        except signing.BadSignature as error:
            if reply.status_code >= 500:
                raise Unavailable(f"http_{reply.status_code}", whole_line=False) from error
            # Someone answers there who is not the peer, or the peer's key was changed: an operator's matter.
            raise Unauthorized(f"reply_{error.code}", "相手方の応答の署名を確認できませんでした。") from error

    def close(self) -> None:
        """Close this thread's connection."""
        session = vars(self._local).pop("session", None)
        if session is not None:
            session.close()

    def _post(self, request: signing.SignedRequest, within: float | None) -> tuple[int, dict[str, str], bytes]:
        timeout = TIMEOUT if within is None else (min(TIMEOUT[0], within), min(TIMEOUT[1], within))
        until = None if within is None else time.monotonic() + within
        try:
            # A redirect is not followed: the signature is for this peer.
            with self._session().post(request.url, data=request.body, headers=request.headers, timeout=timeout, allow_redirects=False, stream=True) as response:
                return response.status_code, dict(response.headers), self._read(response, until)
        except requests.exceptions.SSLError as error:
            if _is_about_certificates(error):
                raise Unauthorized("tls", "相手方の証明書を確認できませんでした。") from error
            raise Unavailable("tls_broken") from error  # a peer that goes down in the middle of the handshake
        except (requests.exceptions.ReadTimeout, requests.exceptions.ChunkedEncodingError) as error:
            raise Unavailable("timeout", whole_line=False) from error
        except (requests.exceptions.RequestException, OSError) as error:
            raise Unavailable("connection") from error
        except Exception as error:  # urllib3's own, while the body is read
            if isinstance(error, Unavailable):
                raise
            raise Unavailable("connection", whole_line=False) from error

    def _read(self, response: requests.Response, until: float | None) -> bytes:
        """The whole body; given up when it is too long, or drips until it is too late."""
        body = b""
        while piece := response.raw.read1(_PIECE, decode_content=True):
            body += piece
            if len(body) > self._longest_reply:
                raise Unavailable("reply_too_large", whole_line=False)
            if until is not None and time.monotonic() > until:
                raise Unavailable("timeout", whole_line=False)
        return body

    def _session(self) -> requests.Session:
        session = getattr(self._local, "session", None)
        if session is None:
            me = settings.DAICHO
            session = requests.Session()
            session.trust_env = False  # no proxy and no .netrc of the machine
            session.verify = str(me.tls_ca_file)
            session.cert = (str(me.tls_cert_file), str(me.tls_key_file))
            self._local.session = session
        return session


def _is_about_certificates(error: BaseException | None) -> bool:
    """Whether somewhere below `error` a certificate, ours or theirs, was turned away."""
    seen: list[object] = [error]
    while seen:
        one = seen.pop()
        if isinstance(one, ssl.SSLCertVerificationError):
            return True
        if isinstance(one, ssl.SSLError) and re.search(r"CERTIFICATE|UNKNOWN_CA", one.reason or ""):
            return True
        if isinstance(one, BaseException):
            seen += [*one.args, getattr(one, "reason", None)]
    return False
