"""交付履歴の照会と処分の記録の画面 — by every item, counter and shops together; by POST. std 1.3.8, 2.2.2 (N-1.3.8-11, N-2.2.2-04)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import render
from django.urls import path, reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from daicho import audit, city, clock
from daicho.certificates.catalogue import ALL_CERTIFICATES
from daicho.certificates.fees import exemptions_of
from daicho.certificates.papers import CERTIFICATE_NAMES, PAPER_NAMES
from daicho.certificates.request import WITHOUT_BUILDING, WITHOUT_BUILDING_JA
from daicho.city.queries import offices, terminals_on
from daicho.residents.commands.disposals import dispose
from daicho.residents.commands.print_results import take_back
from daicho.residents.errors import CannotDo
from daicho.residents.models import CertificateIssue, ConvenienceIssue
from daicho.residents.permissions import Permission
from daicho.residents.queries.issue_corrections import Asking, asking_of
from daicho.residents.queries.issues_found import ANY, NONE, SHOPS, FoundIssue, IssueConditions, find_issue, find_issues, key_of_shops
from daicho.residents.rules.applications import WAY_JA
from daicho.residents.rules.disposals import DISPOSALS
from daicho.residents.rules.issue_corrections import Item, word_of
from daicho.residents.rules.search_birth import days_asked
from daicho.residents.rules.visits import STANDINGS
from daicho.residents.screens.answers import go, personal_page
from daicho.residents.screens.history import place_names
from daicho.staff.queries import actor_of
from daicho.ui.dates import moment
from daicho.ui.forms import BoundForm, Choice, FieldSpec, Kind, Problem, Width
from daicho.values.dates import BadDate, JapaneseDate

_KINDS = PAPER_NAMES
_SHOWN = {each.omissible.value: each.ja for definition in ALL_CERTIFICATES for each in definition.omissible} | {WITHOUT_BUILDING: WITHOUT_BUILDING_JA}
_TIME = re.compile(r"([01]?\d|2[0-3])[:：時]([0-5]\d)分?")
DISPOSAL = (
    FieldSpec("kind", "処分", Kind.RADIO, required=True, choices=tuple(Choice(value, label) for value, label in DISPOSALS)),
    FieldSpec("reason", "処分の理由", required=True, max_length=500, hint="例：別の世帯員の写しを発行したため、窓口で回収して裁断した"),
)


@dataclass(frozen=True)
class IssueRow:
    """A copy as it is drawn."""

    line: FoundIssue
    issued: str
    kind_ja: str
    place: str
    chosen: str
    url: str
    asking: Asking | None = None  # who asked, by what right, for what, as corrected; of the counter alone
    standing_ja: str = ""
    correction_url: str = ""


class Unreadable(ValueError):
    """What was typed is no time or no number of sheets; `str()` says so to the clerk."""


def _specs() -> tuple[FieldSpec, ...]:
    today = clock.today()
    places = (*(Choice(office.code, office.name) for office in offices(today)), Choice(SHOPS, "コンビニ交付"))
    disposals = (Choice(ANY, "処分の記録がある"), Choice(NONE, "処分の記録がない"), *(Choice(value, label) for value, label in DISPOSALS))
    remissions = [Choice(one.code, one.text) for one in exemptions_of(city.setting("fee_remissions", today))]
    return (
        FieldSpec("issued_on", "交付年月日", width=Width.MEDIUM, hint="例：令和8年4月1日、R8.4.1。「令和8年4月」「令和8年」は、その間のすべての日。"),
        FieldSpec("time_from", "交付の時刻（から）", width=Width.SHORT, hint="例：10:05"),
        FieldSpec("time_until", "交付の時刻（まで）", width=Width.SHORT),
        FieldSpec("place", "交付場所", Kind.SELECT, choices=places),
        FieldSpec("atena_no", "交付対象者の宛名番号", letters="digits", width=Width.MEDIUM, max_length=20),
        FieldSpec("kind", "証明書の種別", Kind.SELECT, choices=tuple(Choice(code, ja) for code, ja in _KINDS.items())),
        FieldSpec("shown", "記載事項", Kind.SELECT, choices=tuple(Choice(code, ja) for code, ja in _SHOWN.items()), hint="この事項を載せたもの"),
        FieldSpec("pages", "枚数", letters="digits", width=Width.TINY, max_length=3, unit="枚"),
        FieldSpec("certificate_no", "発行番号", max_length=60),
        FieldSpec("terminal", "端末名", width=Width.MEDIUM, max_length=40),
        FieldSpec("user_id", "ユーザID", letters="latin", width=Width.MEDIUM, max_length=80),
        FieldSpec("requester", "請求者の氏名・名称", Kind.NAME, max_length=100, hint="一部でも探せます。訂正した後の記録で探します。"),
        FieldSpec("standing", "請求者の資格", Kind.SELECT, choices=tuple(Choice(*each) for each in STANDINGS)),
        FieldSpec("way", "請求の方法", Kind.SELECT, choices=tuple(Choice(way, ja) for way, ja in WAY_JA.items())),
        FieldSpec("exemption", "手数料の免除", Kind.SELECT, choices=(Choice(NONE, "免除していない"), *remissions)),
        FieldSpec("disposal", "処分情報", Kind.SELECT, choices=disposals),
    )


@require_GET
def find(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    audit.require(actor, Permission.ISSUE_READ)
    return render(request, "residents/issues_find.html", _context(actor, BoundForm(_specs(), {})))


@require_POST
def found(request: HttpRequest) -> HttpResponse:
    """The copies that fit, below the conditions as they were typed; or every problem at its field."""
    actor = actor_of(request)
    audit.require(actor, Permission.ISSUE_READ)
    form = BoundForm(_specs(), request.POST).with_overlong()
    if form.unknown_names():
        return HttpResponseBadRequest()
    form, asked = _read(form)
    if asked is None:
        return render(request, "residents/issues_find.html", _context(actor, form), status=422)
    answer, places = find_issues(actor, asked), place_names()
    rows = [issue_row(line, places) for line in answer.lines]
    return personal_page(request, "residents/issues_find.html", _context(actor, form, rows=rows, more=answer.more))


def _context(actor: audit.Actor, form: BoundForm, *, rows: list[IssueRow] | None = None, more: bool = False) -> dict[str, object]:
    may = {
        "may_correct": actor.may(Permission.ISSUE_CORRECT),
        "may_dispose": actor.may(Permission.ISSUE_DISPOSE),
        "may_read_history": actor.may(Permission.HISTORY_READ),
    }
    return {"form": form, "rows": rows, "more": more, **may}


def issue_row(line: FoundIssue, places: Mapping[str, str] | None = None) -> IssueRow:
    """As it is drawn, also on the pages that record a 処分 or a correction."""
    issue, places = line.issue, place_names() if places is None else places
    chosen = "、".join(_SHOWN.get(code, code) for code in issue.chosen) or ("すべて省略" if issue.kind in CERTIFICATE_NAMES else "")
    if isinstance(issue, CertificateIssue):
        place, url = places.get(issue.terminal) or f"{issue.office_code}　{issue.terminal}", reverse("residents:disposal", args=[issue.public_id])
        asking = asking_of(issue, line.corrections)
        fixed = reverse("residents:issue_correction", args=[issue.public_id])
        words = (chosen, url, asking, word_of(Item.STANDING, asking.standing), fixed)
        return IssueRow(line, moment(line.issued_at), _KINDS.get(issue.kind, issue.kind), place, *words)
    place, url = f"コンビニ交付　{issue.shop_code}　{issue.terminal_code}", reverse("residents:disposal", args=[key_of_shops(issue)])
    return IssueRow(line, moment(line.issued_at), _KINDS.get(issue.kind, issue.kind), place, chosen, url)


def _read(form: BoundForm) -> tuple[BoundForm, IssueConditions | None]:
    read: dict[str, JapaneseDate | time | int] = {}
    problems = []
    for name, reader in (("issued_on", days_asked), ("time_from", _time), ("time_until", _time), ("pages", _pages)):
        if text := form.value(name):
            try:
                read[name] = reader(text)
            except (BadDate, Unreadable) as bad:
                problems.append(Problem(name, str(bad)))
    words = {
        name: form.value(name)
        for name in ("place", "atena_no", "kind", "shown", "certificate_no", "terminal", "user_id", "disposal", "requester", "standing", "way", "exemption")
    }
    words["terminal"] = _terminal_code(words["terminal"])
    if not read and not any(words.values()) and not problems:
        problems.append(Problem("", "条件がありません。1つ以上の項目を入力して、照会してください。"))
    form = form.with_problems(problems)
    return form, None if form.has_errors else IssueConditions(**read, **words)  # type: ignore[arg-type]  # each by its own reader


def _time(text: str) -> time:
    match = _TIME.fullmatch(text)
    if match is None:
        raise Unreadable("時刻は、「10:05」のように24時間制で入力してください。")
    return time(int(match[1]), int(match[2]))


def _pages(text: str) -> int:
    if not text.isdecimal() or int(text) == 0:
        raise Unreadable("枚数は、1以上の数字で入力してください。")
    return int(text)


def _terminal_code(name: str) -> str:
    """The code of a terminal of the city by its name; a shop's machine has only its code."""
    return next((terminal.code for terminal in terminals_on(clock.today()) if name == terminal.name), name) if name else ""


@require_http_methods(["GET", "POST"])
@audit.personal
def disposal(request: HttpRequest, key: UUID) -> HttpResponse:
    """処分の記録 of a copy of the counter, or of a shop's that came back: queries/issues_found.py says how each is named."""
    line = find_issue(actor_of(request), key)
    form = BoundForm(DISPOSAL, {})
    if request.method == "POST":
        form = BoundForm(DISPOSAL, request.POST).with_missing()
        if not form.has_errors:
            try:
                _disposed(actor_of(request), line.issue, form.value("kind"), form.value("reason"))
                return go(request, "disposal", key, say="処分を記録しました。交付履歴はそのまま残ります。")
            except CannotDo as refused:
                form = form.with_problems([Problem("", refused.message)])
    context = {"row": issue_row(line), "form": form}
    return render(request, "residents/disposal.html", context, status=422 if form.has_errors else 200)


def _disposed(actor: audit.Actor, issue: CertificateIssue | ConvenienceIssue, kind: str, reason: str) -> None:
    if isinstance(issue, CertificateIssue):
        take_back(actor, issue, kind, reason)
    else:
        dispose(actor, issue, kind, reason)


ROUTES = [
    path("issues/", find, name="issues_find"),
    path("issues/found/", found, name="issues_found"),
    path("issues/<uuid:key>/disposal/", disposal, name="disposal"),
]
