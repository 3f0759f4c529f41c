"""誤りの画面 — the pages of 400, 401, 403, 404 and 500, in Japanese and without personal data. F-0-12.

The front door names `bad_request`, `forbidden`, `not_found` and `server_error` as its handlers; CSRF_FAILURE_VIEW is
`csrf_failure`. None of them asks the database, so that they can be drawn when it is away.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string


@dataclass(frozen=True)
class ErrorText:
    status: int
    heading: str
    what: str
    todo: tuple[str, ...]


BAD_REQUEST = ErrorText(
    400,
    "送られた内容を受け付けられません",
    "画面にない項目が送られたか、送信の途中で内容が壊れました。何も登録されていません。",
    ("前の画面に戻り、もう一度入力してください。", "繰り返すときは、下の番号を添えて管理者に連絡してください。"),
)
SIGNED_OFF = ErrorText(
    401,
    "利用が終了しています",
    "利用を開始していないか、利用が終了したため、この操作は行われませんでした。入力中の内容は、最後に保存されたところまで残っています。",
    ("「利用開始」から、利用者IDとパスワードを入力してください。",),
)
FORBIDDEN = ErrorText(
    403,
    "この操作を行う権限がありません",
    "あなたの操作権限では、この画面を開くこと、またはこの操作を行うことができません。拒否したことは操作履歴に記録しました。",
    ("業務に必要な場合は、所属の管理責任者に操作権限の付与を申請してください。", "受付が終わっている場合は、新しい受付から始めてください。"),
)
NOT_FOUND = ErrorText(
    404,
    "画面が見つかりません",
    "その番地の画面はないか、すでに使えなくなっています。",
    ("番地を手で入力した場合は、確認してください。", "メニューから、もう一度進んでください。"),
)
CSRF = ErrorText(
    403,
    "画面の有効期限が切れました",
    "この画面を開いてから利用をやり直したため、送信を受け付けませんでした。何も登録されていません。",
    ("画面を再読み込みし、もう一度送信してください。",),
)
SERVER_ERROR = ErrorText(
    500,
    "システムで誤りが起きました",
    "操作は完了していません。途中まで登録されたものはありません。",
    ("少し待ってから、もう一度操作してください。", "繰り返すときは、下の番号を添えて管理者に連絡してください。"),
)


def page(request: HttpRequest | None, text: ErrorText) -> HttpResponse:
    """Draw an error page. `request_id` (audit's) lets an operator find the event without a word about a person."""
    request_id = getattr(getattr(request, "audit_context", None), "request_id", "")
    context = {"error": text, "request_id": request_id[:12]}
    drawn_with = None if text.status == 500 else request  # the frame of a signed-in page asks the session, which may be what failed
    return HttpResponse(render_to_string("ui/error.html", context, drawn_with), status=text.status)


def forbidden_page(request: HttpRequest) -> HttpResponse:
    return page(request, FORBIDDEN)


def signed_off_page(request: HttpRequest) -> HttpResponse:
    return page(request, SIGNED_OFF)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return page(request, BAD_REQUEST)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return page(request, FORBIDDEN)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """What a view said in its Http404 is told; a path that leads nowhere has the usual words."""
    said = exception.args[0] if exception is not None and exception.args else ""
    return page(request, replace(NOT_FOUND, what=said) if said and isinstance(said, str) else NOT_FOUND)


def server_error(request: HttpRequest) -> HttpResponse:
    return page(request, SERVER_ERROR)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return page(request, CSRF)
