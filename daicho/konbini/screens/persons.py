"""個人の証明データ — one person as this room holds them: whether a certificate would be handed out, and what it would say. S5-01, S5-03."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import path, reverse
from django.views.decorators.http import require_GET, require_POST

from daicho import audit, clock
from daicho.certificates.record import CertificateRecord
from daicho.konbini.permissions import KonbiniPermission, may_know
from daicho.konbini.queries.persons import Card, Member, card, find_person
from daicho.konbini.rules.record import certificate_record
from daicho.konbini.screens.answers import line_of
from daicho.staff.queries import actor_of
from daicho.ui.dates import moment, wareki_text
from daicho.ui.forms import BoundForm, FieldSpec, Problem, Width

_ATENA_NO = FieldSpec("atena_no", "宛名番号", required=True, width=Width.MEDIUM, max_length=15, letters="latin")
_NOBODY = "この宛名番号の証明データはありません。番号を確かめてください。"


@dataclass(frozen=True)
class Fact:
    """One entry as drawn; names in the certificate's glyphs."""

    label: str
    text: str
    in_glyphs: bool = False


@dataclass(frozen=True)
class MemberLine:
    """A row of the household's table: 宛名番号 alone, no name is opened for it."""

    member: Member
    badge: str
    state: str
    is_self: bool


@require_GET
def persons(request: HttpRequest) -> HttpResponse:
    """The search, by 宛名番号 alone."""
    audit.require(actor_of(request), KonbiniPermission.PERSON_READ)
    return _search(request, BoundForm((_ATENA_NO,), {}))


@require_POST
@audit.personal
def find(request: HttpRequest) -> HttpResponse:
    """Whose number it is: to the card, or back with a word."""
    actor = actor_of(request)
    audit.require(actor, KonbiniPermission.PERSON_READ)
    form = BoundForm((_ATENA_NO,), request.POST).with_missing()
    if form.has_errors:
        return _search(request, form, status=422)
    found = find_person(actor, form.value("atena_no"))
    if found is None:
        return _search(request, form.with_problems([Problem("atena_no", _NOBODY)]), status=422)
    return HttpResponseRedirect(reverse("konbini:person", args=[found]))


@require_GET
@audit.personal
def person(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The card."""
    found = card(actor_of(request), public_id)
    record = certificate_record(found.entries, found.row.closes_on, found.is_prohibited) if found.entries else None
    badge, state = state_of(found.row.closes_on, found.is_prohibited, found.is_held)
    context = {
        "card": found,
        "badge_kind": badge,
        "state": state,
        "is_waited_for": found.life is not None and found.life.is_waited_for(found.row.atena_no),
        "name": record.name.legal if record else "",
        "facts": facts_of(record, with_head=may_know(actor_of(request))) if record else (),
        "members": [_member(found, member) for member in found.members],
        "told": moment(found.row.told_at),
        "taken": moment(found.row.taken_at),
        "lines": [line_of(row) for row in found.answers],
    }
    return render(request, "konbini/person.html", context)


def state_of(closes_on, is_prohibited: bool, is_held: bool) -> tuple[str, str]:
    """Badge and word of how somebody stands today."""
    if closes_on is not None and closes_on <= clock.today():
        return "neutral", f"消除（{wareki_text(closes_on)}）"
    if is_prohibited:
        return "error", "発行禁止"
    if closes_on is not None:
        return "warning", f"転出予定（{wareki_text(closes_on)}）"
    return ("waiting", "仮登録中") if is_held else ("success", "交付できる")


def _member(found: Card, member: Member) -> MemberLine:
    badge, state = state_of(member.row.closes_on, member.is_prohibited, member.is_held)
    return MemberLine(member, badge, state, member.row.pk == found.row.pk)


def facts_of(record: CertificateRecord, *, with_head: bool) -> tuple[Fact, ...]:
    """What paper can say, in the order of the form; what is empty is left out. The head of the household may be one of whom not everybody may know."""
    head = [
        Fact("氏名", record.name.legal, in_glyphs=True),
        Fact("旧氏", record.name.former_surname.text if record.name.former_surname else "", in_glyphs=True),
        Fact("通称", record.name.alias.text if record.name.alias else "", in_glyphs=True),
        Fact("生年月日", wareki_text(record.birth_date)),
        Fact("性別", record.sex.ja if record.sex else ""),
        Fact("世帯主", record.head_name if with_head else "", in_glyphs=True),
        Fact("続柄", record.relationship or ""),
        Fact("住所", record.address.one_line(), in_glyphs=True),
        Fact("住民となった年月日", wareki_text(record.became_resident_on)),
        Fact("住所を定めた年月日", wareki_text(record.address_fixed_on)),
        Fact("届出の年月日", wareki_text(record.filed_on)),
        Fact("転入前住所", record.previous_address.one_line(), in_glyphs=True),
        Fact("本籍", record.registered_domicile, in_glyphs=True),
        Fact("筆頭者の氏名", record.family_register_head_name, in_glyphs=True),
    ]
    foreign = record.foreign
    if foreign is not None:
        head += [
            Fact("国籍・地域", foreign.nationality),
            Fact("在留資格", foreign.residence_status),
            Fact("在留期間の満了の日", wareki_text(foreign.expires_on)),
        ]
    return tuple(fact for fact in head if fact.text)


def _search(request: HttpRequest, form: BoundForm, status: int = 200) -> HttpResponse:
    return render(request, "konbini/persons.html", {"form": form}, status=status)


ROUTES = [
    path("persons/", persons, name="persons"),
    path("persons/find/", find, name="person_find"),
    path("persons/<uuid:public_id>/", person, name="person"),
]
