"""有線の使者 — carries an envelope to a peer over HTTPS, signed, and believes only a signed reply. requirements F-2-21, G-04 and the others.

POST <peer's url>/wire/v1/messages, body = the envelope's canonical JSON, reply = {status, code, reason_ja, answer}.
"""

import re
import ssl
import threading
from urllib.parse import urlsplit

import requests
from django.conf import settings

from daicho.contracts import base
from daicho.outbox import signing
from daicho.outbox.envelope import Envelope, Reply
from daicho.outbox.errors import Duplicate, Refused, Unauthorized, Unavailable
from daicho.outbox.settings import freshness

PATH = "/wire/v1/messages"
TIMEOUT = (5, 30)  # seconds to connect, seconds of silence; far below the relay's lease
MAX_REPLY = 4 * 1024 * 1024


class WireCourier:
    """Implements `Courier` towards one `Peer` of the installation; one kept connection per thread."""

    def __init__(self, peer) -> None:
        self._peer = peer
        self._url = peer.url.rstrip("/") + PATH
        if urlsplit(self._url).scheme != "https":
            raise ValueError(f"peer {peer.name}: its url must be https")
        self._local = threading.local()

    def deliver(self, envelope: Envelope) -> Reply:
        """See `Courier.deliver`. A reply that cannot be believed counts as none: the envelope is sent again."""
        me = settings.DAICHO
        request = signing.SignedRequest("POST", self._url, {"Content-Type": signing.CONTENT_TYPE}, envelope.to_bytes())
        signing.sign_request(request, sender=me.name, private_key_file=me.signing_key_file)
        status_code, headers, body = self._post(request)
        if status_code in (502, 503, 504):
            raise Unavailable(f"http_{status_code}")
        self._believe(signing.SignedReply(status_code, headers, request, body))
        return _judged(body)

    def close(self) -> None:
        """Close this thread's connection."""
        session = vars(self._local).pop("session", None)
        if session is not None:
            session.close()

    def _post(self, request: signing.SignedRequest) -> tuple[int, dict[str, str], bytes]:
        try:
            # A redirect is not followed: the signature is for this peer.
            with self._session().post(request.url, data=request.body, headers=request.headers, timeout=TIMEOUT, allow_redirects=False, stream=True) as response:
                body = response.raw.read(MAX_REPLY + 1, decode_content=True)
                if len(body) > MAX_REPLY:
                    raise Unavailable("reply_too_large", whole_line=False)
                return response.status_code, dict(response.headers), body
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

    def _believe(self, reply: signing.SignedReply) -> None:
        try:
            signing.verify_reply(reply, peer=self._peer.name, public_key_file=self._peer.public_key_file, freshness=freshness())
        except signing.BadSignature as error:
            if reply.status_code >= 500:
                raise Unavailable(f"http_{reply.status_code}", whole_line=False) from error
            # Someone answers there who is not the peer, or the peer's key was changed: an operator's matter.
            raise Unauthorized(f"reply_{error.code}", "相手方の応答の署名を確認できませんでした。") from error

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


def _judged(body: bytes) -> Reply:
    """The reply, when it says acknowledged; otherwise one of the four errors."""
    try:
        reply = base.read(Reply, body)
    except base.ContractError as error:
        raise Unavailable("reply_unreadable", whole_line=False) from error
    if reply.status == "acknowledged":
        return reply
    if reply.status == "duplicate":
        raise Duplicate
    if reply.status == "refused":
        raise Refused(reply.code, reply.reason_ja)
    if reply.status == "unauthorized":
        raise Unauthorized(reply.code, reply.reason_ja)
    raise Unavailable(reply.code, whole_line=False)
