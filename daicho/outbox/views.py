"""有線の受け口 — POST /wire/v1/messages: no cookie, no session, no form; the signature alone says who it is. requirements F-2-21."""

import re

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.request import RawPostDataException, RequestDataTooBig, UnreadablePostError
from django.views.decorators.csrf import csrf_exempt
from http_message_signatures import HTTPMessageSignaturesException

from daicho.outbox import intake, signing
from daicho.outbox.envelope import Reply
from daicho.outbox.errors import Forbidden
from daicho.outbox.settings import MAX_BYTES, freshness

HTTP_STATUS = {"acknowledged": 200, "duplicate": 200, "refused": 422, "unauthorized": 401, "unavailable": 500}
REASON_JA = "署名を確認できないため受け付けられません。"
TOO_LARGE_JA = "通知が大きすぎるため受け付けられません。ファイルとして送ってください。"


@csrf_exempt
def messages(request: HttpRequest) -> HttpResponse:
    """Take one signed envelope and answer with a signed reply."""
    if request.method != "POST":
        return HttpResponse(status=405, headers={"Allow": "POST"})
    terminal = request.META.get("REMOTE_ADDR", "")
    if _declared_length(request) > MAX_BYTES:
        # The body was not read, so nobody is proven to have sent it.
        return _answer(_signed(request, b""), intake.turn_away(_too_large(), b"", "unknown", None, terminal, authenticated=False))
    try:
        body = request.body
    except (RequestDataTooBig, RawPostDataException, UnreadablePostError):
        return HttpResponse(status=400)
    signed = _signed(request, body)
    try:
        peer = _verify(request, signed)
    except signing.BadSignature as error:
        turned = intake.Turned("unauthorized", error.code, REASON_JA)
        return _answer(signed, intake.turn_away(turned, body, _claimed(request), None, terminal, authenticated=False))
    return _answer(signed, intake.receive(peer, body, terminal))


def _declared_length(request: HttpRequest) -> int:
    """Content-Length. Of a body without one (chunked) Django reads nothing, so that its digest cannot fit."""
    text = request.META.get("CONTENT_LENGTH") or "0"
    return int(text) if text.isascii() and text.isdigit() and len(text) < 12 else MAX_BYTES + 1


def _too_large() -> intake.Turned:
    return intake.Turned("refused", "too_large", TOO_LARGE_JA)


def _signed(request: HttpRequest, body: bytes) -> signing.SignedRequest:
    # Host and scheme are not signed (a proxy may end TLS), so any will do to make the url absolute. Encoded as it came.
    path = request.META.get("RAW_URI", request.get_full_path()).split("?")[0]
    return signing.SignedRequest(request.method or "", "https://wire" + path, request.headers, body)


def _verify(request: HttpRequest, signed: signing.SignedRequest) -> str:
    if request.META.get("QUERY_STRING"):
        raise signing.BadSignature("query_not_signed")
    if request.headers.get("Content-Type") != signing.CONTENT_TYPE:
        raise signing.BadSignature("content_type")
    keys = {peer.name: peer.public_key_file for peer in settings.DAICHO.peers.values()}
    return signing.verify_request(signed, public_key_files=keys, freshness=freshness())


def _claimed(request: HttpRequest) -> str:
    found = re.search(r'keyid="([A-Za-z0-9_.-]{1,60})"', request.headers.get("Signature-Input", ""))
    return found[1] if found else "unknown"


def _answer(signed: signing.SignedRequest, reply: Reply) -> HttpResponse:
    """The reply, signed so that it answers this request only. One whose request bore no signature stays unsigned."""
    body, status = reply.to_bytes(), 403 if reply.code == Forbidden.CODE else HTTP_STATUS[reply.status]
    response = HttpResponse(body, status=status, content_type=signing.CONTENT_TYPE)
    headers: dict[str, str] = {}
    try:
        signing.sign_reply(signing.SignedReply(status, headers, signed, body), sender=settings.DAICHO.name, private_key_file=settings.DAICHO.signing_key_file)
    except HTTPMessageSignaturesException:
        headers = {}
    for name, value in headers.items():
        response[name] = value
    return response
