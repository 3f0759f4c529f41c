"""証明書の請求票 — what the issuing screen asks of the officer, and what was sent. 住民基本台帳法第12条; std 5.1; F-1-04."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from daicho import clock
from daicho.certificates.definitions import CertificateDefinition, OmissibleItem
from daicho.certificates.record import ResidentKind
from daicho.certificates.request import CertificateRequest, Delivery, Omissible, Requester
from daicho.residents.models import Visit
from daicho.residents.queries.certificate_preview import Asked
from daicho.residents.queries.certificate_terms import opening_choice
from daicho.ui.forms import BoundForm, Choice, FieldSpec, Kind, Width

PERSONAL, HOUSEHOLD = "juminhyo_personal", "juminhyo_household"
_FORMS = (Choice(PERSONAL, "個人票", "1人に1枚"), Choice(HOUSEHOLD, "世帯連記式", "1枚に4人まで。異動履歴は載りません"))
_DELIVERIES = (Choice(Delivery.COUNTER, "窓口で渡す"), Choice(Delivery.MAIL_TO_RESIDENCE, "本人の住所へ郵送する"))
_BESIDE = ("csrfmiddlewaretoken", "once", "everybody")
Data = Mapping[str, str | Sequence[str]]


def specs(choices: Iterable[Choice]) -> tuple[FieldSpec, ...]:
    """The fields. `choices`: the omissible entries that may be asked for here. 載せる人 is drawn as a table of the household."""
    return (
        FieldSpec("certificate", "様式", Kind.RADIO, choices=_FORMS),
        FieldSpec("people", "載せる人", Kind.CHECKBOXES),
        FieldSpec("purpose", "使用目的", required=True, width=Width.FULL, max_length=200),
        FieldSpec("confirmed", "抑止（アラート）を確認した内容", width=Width.FULL, max_length=200),
        FieldSpec("shown", "記載する事項", Kind.CHECKBOXES, choices=tuple(choices), hint="選ばない事項は省略します（法第12条第5項）。"),
        FieldSpec("delivery", "渡し方", Kind.RADIO, choices=_DELIVERIES),
        FieldSpec("official", "公用", Kind.CHECKBOX),
        FieldSpec("use_confirmed", "番号を両方記載する目的を確かめた", Kind.CHECKBOX),
    )


def choice_of(item: OmissibleItem, kinds: frozenset[ResidentKind]) -> Choice:
    """One entry to be asked for; in a mixed household with the word for whom it exists."""
    only = "" if kinds <= item.kinds else "外国人住民だけ" if ResidentKind.FOREIGN in item.kinds else "日本人住民だけ"
    return Choice(item.omissible, item.ja, only)


class NotOfThisForm(ValueError):
    """Something was sent that the form does not have (F-1-04)."""


@dataclass(frozen=True)
class Sent:
    """What the officer chose: the certificate's code, the people (None = the whole household), the request when the kinds are known."""

    code: str
    people: frozenset[UUID] | None
    asked: Asked


def opening(visit: Visit, person: UUID) -> tuple[Data, Sent]:
    """The form as law and city open it, for this person alone (N-5.1-05)."""

    def make(definition: CertificateDefinition, kinds: frozenset[ResidentKind]) -> CertificateRequest:
        today, requester = clock.today(), Requester(visit.standing)
        return CertificateRequest(today, requester, opening_choice(definition, kinds, requester, today))

    return {"certificate": PERSONAL, "purpose": visit.purpose, "delivery": Delivery.COUNTER}, Sent(PERSONAL, frozenset({person}), make)


def read(visit: Visit, data: Data) -> Sent:
    """What was sent. NotOfThisForm for anything the form does not have; what this kind of resident lacks is for the rules to say."""
    form = BoundForm(specs(Choice(each, "") for each in Omissible), data)
    shown, code, delivery = set(form.cleaned_values("shown")), form.value("certificate"), form.value("delivery")
    if form.unknown_names(_BESIDE) or shown - set(Omissible) or delivery not in {*Delivery, ""} or code not in {PERSONAL, HOUSEHOLD}:
        raise NotOfThisForm
    try:
        people = None if data.get("everybody") else frozenset(UUID(each) for each in form.cleaned_values("people"))
    except ValueError:
        raise NotOfThisForm from None

    def make(definition: CertificateDefinition, kinds: frozenset[ResidentKind]) -> CertificateRequest:
        return CertificateRequest(
            clock.today(),
            Requester(visit.standing),
            frozenset(Omissible(each) for each in shown),
            Delivery(delivery or Delivery.COUNTER),
            form.value("official") == "yes",
            form.value("use_confirmed") == "yes",
        )

    return Sent(code, people, make)
