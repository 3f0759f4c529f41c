"""証明書の請求票 — what the issuing screen asks of the officer, and what was sent. 住民基本台帳法第12条; std 5.1; F-1-04."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from daicho import clock
from daicho.certificates.catalogue import ALL_CERTIFICATES
from daicho.certificates.definitions import CertificateDefinition, OmissibleItem
from daicho.certificates.record import ResidentKind
from daicho.certificates.request import BroughtForm, CertificateRequest, Delivery, Omissible, OutputForm, Requester
from daicho.residents.models import Visit
from daicho.residents.queries.asking_rights import asked_for
from daicho.residents.queries.certificate_preview import Asked
from daicho.residents.queries.certificate_terms import opening_choice
from daicho.residents.queries.certificates import Wanted
from daicho.residents.screens import certificate_output
from daicho.ui.forms import BoundForm, Choice, FieldSpec, Kind, Width

OPENS_WITH = "juminhyo_personal"
_HINTS = {
    "juminhyo_personal": "1人に1枚",
    "juminhyo_household": "1枚に4人まで。異動履歴は載りません",
    "entries_certificate": "選んだ事項だけが載ります",
    "removed_entries_certificate": "選んだ事項だけが載ります",
}
_DELIVERIES = (
    Choice(Delivery.COUNTER, "窓口で渡す"),
    Choice(Delivery.MAIL_TO_RESIDENCE, "本人の住所へ郵送する"),
    Choice(Delivery.MAIL_ELSEWHERE, "確かめたほかの場所へ郵送する"),
)
_OUTPUTS = (
    Choice(OutputForm.PAPER, "紙", "改ざん防止用紙に印刷する"),
    Choice(OutputForm.ELECTRONIC, "電子（署名付きPDF）", "市の電子署名を付けたファイル"),
    Choice(OutputForm.CREDENTIAL, "電子（検証可能な証明データ）", "事項を選んで示せるデータ（SD-JWT）。個人番号と住民票コードは入りません"),
)
_BESIDE = ("csrfmiddlewaretoken", "once", "everybody", "drawn_for", *certificate_output.NAMES)
_ENTRIES = {
    (False, False): ("記載する事項", "選ばない事項は省略します（法第12条第5項）。"),
    (True, False): ("記載する事項", "選んだ事項だけが載ります。選ばない事項は紙面に現れません。"),
    (True, True): ("照合した事項", "様式の記載と右の内容を見比べ、一致を確かめた事項だけを選びます。"),
}
"""What the entries are called, by (chosen_only, attests)."""
Data = Mapping[str, str | Sequence[str]]


def specs(
    choices: Iterable[Choice] = (),
    sheets: Sequence[Choice] = (),
    certificates: Sequence[CertificateDefinition] = (),
    chosen: CertificateDefinition | None = None,
    exemptions: Iterable[Choice] = (),
) -> tuple[FieldSpec, ...]:
    """All fields. `choices`: the entries that may be asked for here. 載せる人 is drawn as a table of the household.

    Which of them the `chosen` certificate has is its definition's: 方書 where it is `chosen_only`, the form that was brought where it `attests`.
    """
    label, hint = _ENTRIES[(chosen.chosen_only, chosen.attests)] if chosen else ("", "")
    return (
        FieldSpec("sheet", "証明する住民票", Kind.RADIO, choices=tuple(sheets)),
        FieldSpec("certificate", "証明書", Kind.RADIO, choices=tuple(Choice(each.code, each.ja, _HINTS.get(each.code, "")) for each in certificates)),
        FieldSpec("people", "載せる人", Kind.CHECKBOXES),
        FieldSpec("brought_title", "証明する様式の名称", required=True, hint="持参された様式の標題のとおり", width=Width.FULL, max_length=60),
        FieldSpec("brought_pages", "様式の枚数", required=True, width=Width.TINY, max_length=2, unit="枚", letters="latin"),
        FieldSpec("shown", label, Kind.CHECKBOXES, choices=tuple(choices), hint=hint),
        FieldSpec("without_building", "方書を省略する", Kind.CHECKBOX, hint="請求で求められたときだけ（標準仕様5.4）"),
        FieldSpec("purpose", "使用目的", required=True, width=Width.FULL, max_length=200),
        FieldSpec("confirmed", "抑止（アラート）を確認した内容", width=Width.FULL, max_length=200),
        FieldSpec("output", "交付の形", Kind.RADIO, choices=_OUTPUTS),
        FieldSpec("delivery", "渡し方", Kind.RADIO, choices=_DELIVERIES),
        FieldSpec("official", "公用", Kind.CHECKBOX),
        FieldSpec("exemption", "手数料の免除", Kind.SELECT, choices=tuple(exemptions)),
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
    """What the officer chose: the certificate's code, the people (None = the whole household), the sheet (None = the newest), the request when the

    certificate and the kinds are known."""

    code: str
    people: frozenset[UUID] | None
    asked: Asked
    sheet: int | None = None

    def wanted(self, person: UUID) -> Wanted:
        return Wanted(self.code, person, self.people, self.sheet)


def opening(visit: Visit, person: UUID) -> tuple[Data, Sent]:
    """The form as law and city open it, for this person alone (N-5.1-05)."""

    def make(definition: CertificateDefinition, kinds: frozenset[ResidentKind]) -> CertificateRequest:
        return CertificateRequest(clock.today(), Requester(visit.standing), _opening(visit, definition, kinds))

    asked = asked_for(visit)
    if asked is None:
        return {"purpose": visit.purpose, "delivery": Delivery.COUNTER, "output": certificate_output.usual()}, Sent(OPENS_WITH, frozenset({person}), make)
    request = CertificateRequest(clock.today(), Requester(visit.standing), asked.shown, asked.delivery, asked.for_official_use, exemption=asked.exemption)
    data = {
        "purpose": visit.purpose,
        "output": OutputForm.PAPER if asked.delivery is not Delivery.COUNTER else certificate_output.usual(),
        "delivery": asked.delivery,
        "official": "yes" if asked.for_official_use else "",
        "exemption": asked.exemption,
    }
    return data, Sent(asked.kind, frozenset({person}), lambda definition, kinds: request)


def _opening(visit: Visit, definition: CertificateDefinition, kinds: frozenset[ResidentKind]) -> frozenset[Omissible]:
    return opening_choice(definition, kinds, Requester(visit.standing), clock.today())


def read(visit: Visit, data: Data, *, looking: bool = False) -> Sent:
    """What was sent. NotOfThisForm for anything the form does not have; what this certificate or kind of resident lacks is for the rules to say.

    `looking`: where the entries were drawn for another certificate than the one chosen now, it opens as the city opens it.
    """
    form = BoundForm(specs(Choice(each, "") for each in Omissible), data)
    shown, code, delivery = set(form.cleaned_values("shown")), form.value("certificate"), form.value("delivery")
    output = form.value("output")
    if (
        form.unknown_names(_BESIDE)
        or shown - set(Omissible)
        or delivery not in {*Delivery, ""}
        or output not in {*OutputForm, ""}
        or code not in {each.code for each in ALL_CERTIFICATES}
    ):
        raise NotOfThisForm
    try:
        people = None if data.get("everybody") else frozenset(UUID(each) for each in form.cleaned_values("people"))
        sheet = int(form.value("sheet")) if form.value("sheet") else None
    except ValueError:
        raise NotOfThisForm from None

    def make(definition: CertificateDefinition, kinds: frozenset[ResidentKind]) -> CertificateRequest:
        drawn_for = str(data.get("drawn_for", "")) or definition.code
        anew = looking and drawn_for != definition.code
        return CertificateRequest(
            clock.today(),
            Requester(visit.standing),
            _opening(visit, definition, kinds) if anew else frozenset(Omissible(each) for each in shown),
            Delivery(delivery or Delivery.COUNTER),
            form.value("official") == "yes",
            form.value("use_confirmed") == "yes",
            form.value("without_building") == "yes" and not anew,
            BroughtForm(form.value("brought_title"), _pages(form.value("brought_pages"))) if definition.attests else None,
            exemption=form.value("exemption"),
            output=OutputForm(output or OutputForm.PAPER),
        )

    return Sent(code, people, make, sheet)


def _pages(typed: str) -> int:
    """The number of pages as typed; 0 for what is none, which the rules refuse."""
    digits = unicodedata.normalize("NFKC", typed).strip()
    return int(digits) if re.fullmatch(r"[0-9]{1,2}", digits, re.ASCII) else 0
