"""本人通知の登録の画面 — one person's registration: 登録, 変更 and 廃止, with every entry that there was. 標準8.1.1 (N-8.1.1-01); decision 0050."""

from __future__ import annotations

from uuid import UUID

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.views.decorators.http import require_http_methods

from daicho import audit, city, clock
from daicho.residents.commands.principal_notices import NotEntered, Petition, enter_petition
from daicho.residents.errors import CannotDo
from daicho.residents.models import PrincipalNoticeEntry
from daicho.residents.permissions import Permission
from daicho.residents.queries.principal_notices import Registration, get_registration
from daicho.residents.rules.names_shown import shown_name
from daicho.residents.rules.principal_notice import ENTRY_JA, FILER_JA, EntryKind, Filer, last_day
from daicho.residents.screens.answers import go
from daicho.residents.screens.counter import Counter
from daicho.residents.screens.for_visitor import for_visitor
from daicho.residents.screens.search import kana_of
from daicho.residents.screens.support_form import read_day
from daicho.ui.dates import wareki_text
from daicho.ui.forms import BoundForm, Choice, FieldSpec, Kind, Problem, Width

PETITION = (
    FieldSpec("kind", "申出", Kind.RADIO, required=True, choices=tuple(Choice(kind, ENTRY_JA[kind]) for kind in EntryKind)),
    FieldSpec("on", "申出の日", Kind.DATE, required=True, width=Width.MEDIUM),
    FieldSpec("starts_on", "登録の始まり", Kind.DATE, width=Width.MEDIUM, hint="空欄なら申出の日から。変更のときは、いまのまま。"),
    FieldSpec("ends_on", "登録の終わり", Kind.DATE, width=Width.MEDIUM, hint="空欄なら、市の定める期間。変更のときは、いまのまま。"),
    FieldSpec("filer", "申出をした人", Kind.RADIO, required=True, choices=tuple(Choice(filer, FILER_JA[filer]) for filer in Filer)),
    FieldSpec("filer_name", "代理人の氏名", max_length=100, hint="代理人が申し出たとき"),
    FieldSpec("sent_to_name", "送付先の氏名", max_length=100, hint="本人でないとき（法定代理人など）"),
    FieldSpec("sent_to_postal_code", "送付先の郵便番号", letters="digits", width=Width.SHORT, max_length=8),
    FieldSpec("sent_to_address", "送付先の住所", width=Width.FULL, max_length=200, hint="空欄なら、住民票の住所に送ります"),
    FieldSpec("note", "備考", width=Width.FULL, max_length=300),
)


@require_http_methods(["GET", "POST"])
@audit.personal
@for_visitor(Permission.PRINCIPAL_NOTICE_MANAGE)
def principal_notice(request: HttpRequest, counter: Counter, public_id: UUID) -> HttpResponse:
    """The registration as it stands and was, and the form of the next 申出."""
    found = get_registration(counter.actor, public_id)
    if request.method == "GET":
        return _page(request, found, BoundForm(PETITION, _opening(found.standing)))
    form = BoundForm(PETITION, request.POST).with_missing().with_overlong()
    if form.unknown_names() or form.value("kind") not in {*EntryKind, ""} or form.value("filer") not in {*Filer, ""}:
        raise BadRequest("a field or choice that the form does not have")
    form, petition = _read(form, found.standing)
    if petition is None or counter.visit is None:
        return _page(request, found, form, status=422)
    try:
        enter_petition(counter.actor, counter.visit, public_id, petition)
    except CannotDo as refused:
        field = refused.field if isinstance(refused, NotEntered) else "kind"
        return _page(request, found, form.with_problems([Problem(field, refused.message)]), status=422)
    return go(request, "principal_notice", public_id, say=f"本人通知の{ENTRY_JA[petition.kind]}を記録しました。")


def _opening(standing: PrincipalNoticeEntry | None) -> dict[str, str]:
    today = wareki_text(clock.today())
    if standing is None:
        return {"kind": EntryKind.REGISTERED, "on": today, "filer": Filer.SELF}
    kept = {name: getattr(standing, name) for name in ("sent_to_name", "sent_to_postal_code", "sent_to_address", "note")}
    return {"kind": EntryKind.CHANGED, "on": today, "filer": Filer.SELF, **kept}


def _read(form: BoundForm, standing: PrincipalNoticeEntry | None) -> tuple[BoundForm, Petition | None]:
    days, faults = {}, []
    for name in ("on", "starts_on", "ends_on"):
        days[name], fault = read_day(form.value(name))
        faults += [Problem(name, fault)] if fault else []
    postal = form.value("sent_to_postal_code").replace("-", "")
    if postal and (len(postal) != 7 or not postal.isdecimal()):
        faults.append(Problem("sent_to_postal_code", "郵便番号は7桁の数字で入力してください。"))
    form = form.with_problems(faults)
    on = days["on"]
    if form.has_errors or on is None:
        return form, None
    kind = EntryKind(form.value("kind"))
    new = standing is None or kind is EntryKind.REGISTERED
    starts_on = days["starts_on"] or (on if new or standing is None else standing.starts_on)
    years = int(city.setting("principal_notice_years", on))
    ends_on = days["ends_on"] or (last_day(starts_on, years) if new or standing is None else standing.ends_on)
    words = {name: form.value(name) for name in ("filer_name", "sent_to_name", "sent_to_address", "note")}
    return form, Petition(kind, on, starts_on, ends_on, Filer(form.value("filer")), sent_to_postal_code=postal, **words)


def _page(request: HttpRequest, found: Registration, form: BoundForm, status: int = 200) -> HttpResponse:
    context = {
        "public_id": UUID(found.person.public_id),
        "name": shown_name(found.person.entries) or "（氏名空欄）",
        "kana": kana_of(found.person.entries),
        "entries": [(one, ENTRY_JA[EntryKind(one.kind)], FILER_JA[Filer(one.filer)]) for one in reversed(found.entries)],
        "standing": found.standing,
        "form": form,
    }
    return render(request, "residents/principal_notice.html", context, status=status)


ROUTES = [path("person/<uuid:public_id>/principal-notice/", principal_notice, name="principal_notice")]
