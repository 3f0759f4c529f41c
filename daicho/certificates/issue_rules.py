"""交付の可否 — what forbids issuing a certificate as requested, common to all certificates. 住基法12条, 12条の2, 12条の3; domain §4.3.

Of several people on one paper, what holds of one of them forbids the whole; the message says whose (3人目：…) by the place, never by the name.
"""

from __future__ import annotations

from collections.abc import Iterator

from daicho.certificates.city_texts import CityTexts
from daicho.certificates.definitions import CertificateDefinition, Objection
from daicho.certificates.layout import places_of
from daicho.certificates.record import CertificateRecord, ResidentKind, SheetState, Subjects
from daicho.certificates.removed_rules import of_the_dead, of_the_destination, of_the_state
from daicho.certificates.request import REQUESTER_JA, CertificateRequest, Delivery, Omissible, OutputForm, Requester

_NUMBERS = {
    Omissible.INDIVIDUAL_NUMBER: "個人番号",
    Omissible.JUMINHYO_CODE: "住民票コード",
}
_LARGEST_SEAL_MM = 25.0


def objections(definition: CertificateDefinition, subjects: Subjects, request: CertificateRequest, texts: CityTexts) -> tuple[Objection, ...]:
    """All of them, in the order of the form."""
    if not subjects.people:
        return (Objection("people", "載せる人が選ばれていません。1人以上選んでください。"),)
    return (
        *_of_each_person(definition, subjects, request),
        *_of_the_request(definition, subjects, request),
        *_of_the_form(definition, subjects, request),
        *_of_the_numbers(request),
        *of_the_city(definition, subjects, texts),
    )


def _of_each_person(definition: CertificateDefinition, subjects: Subjects, request: CertificateRequest) -> Iterator[Objection]:
    for place, record in zip(places_of(subjects.people), subjects.people, strict=True):
        whose = f"{place}人目：" if place else ""
        for found in (
            *of_the_state(definition, record, request.issued_on),
            *of_the_dead(record, request),
            *of_the_destination(record, request),
            *_of_the_record(record, request),
            *_of_the_numbers_of(record, request),
        ):
            yield Objection(found.key, whose + found.message)


def _of_the_record(record: CertificateRecord, request: CertificateRequest) -> Iterator[Objection]:
    if record.is_prohibited:
        yield Objection("", "この人には発行禁止が設定されています。設定した理由を確認し、解除されるまで交付しないでください（標準仕様1.3.8、3.4）。")
    if record.kind is ResidentKind.FOREIGN and record.foreign is None:
        yield Objection("", "外国人住民の記載事項がありません。記録を確認してください（法第30条の45）。")
    for key, label, value in (("birth_date", "生年月日", record.birth_date), ("address", "住所", record.address.one_line())):
        if not value:
            yield Objection(key, f"「{label}」が空欄です。空欄にできない事項のため交付できません。記録を確認してください（標準仕様1.1.6）。")
    if Omissible.ALIAS_HISTORY in request.shown and not _tells_of_the_alias(record):
        yield Objection(
            Omissible.ALIAS_HISTORY.value,
            "「通称」が記載されているのに、その通称の「通称の記載及び削除に関する事項」が記録されていません。"
            "通称を記載した市区町村名と年月日を記録してから交付するか、この事項を省略してください（令第30条の16）。",
        )


def _tells_of_the_alias(record: CertificateRecord) -> bool:
    """Whether the history holds the 記載 of the 通称 that the form prints: 「なし」 or another alias alone beside it would certify what is not so."""
    alias = record.name.alias
    history = record.foreign.alias_history if record.foreign else ()
    return alias is None or not alias.text or any(entry.alias == alias.text and not (entry.removed_on or entry.removed_in) for entry in history)


def _of_the_request(definition: CertificateDefinition, subjects: Subjects, request: CertificateRequest) -> Iterator[Objection]:
    if not definition.is_in_force(request.issued_on):
        yield Objection("", f"「{definition.ja}」のこの様式は、交付年月日の時点では使えません。様式を確認してください。")
    if request.output is not OutputForm.PAPER and (request.delivery is not Delivery.COUNTER or definition.attests):
        why = "持参された様式は紙で証明します" if definition.attests else "電子の写しは郵送できません"
        yield Objection("output", f"{why}。「交付の形」を紙にするか、「渡し方」を窓口にしてください。")
    who = REQUESTER_JA[request.requester]
    if request.requester not in definition.may_be_asked_by:
        yield Objection("", f"{who}の請求では「{definition.ja}」を交付できません（{definition.article}）。{_HOW_ELSE.get(request.requester, '')}")
    if SheetState.OPEN not in definition.sheets and request.requester is Requester.SELF and len(subjects.people) > 1:
        yield Objection(
            "people", "本人として請求できるのは、本人の除票だけです。ほかの人の除票は、受付の資格を「第三者」として理由を確かめてください（法第15条の4第3項）。"
        )
    choices = {each.omissible: each for each in definition.choices_for(subjects.kinds)}
    for asked in sorted(request.shown):
        if asked not in choices:
            yield Objection(asked.value, f"「{_ja(definition, asked)}」は、載せる人のどの住民票にもない事項です。記載する事項を選び直してください。")
        elif request.requester not in choices[asked].who_may_ask:
            yield Objection(asked.value, f"{who}の請求では「{choices[asked].ja}」を記載できません。省略してください（法第12条、第12条の2、第12条の3）。")


_HOW_ELSE = {Requester.SAME_HOUSEHOLD: "除票は、本人のほかは「第三者」としての請求です。受付の資格を改め、請求する理由を確かめてください（法第15条の4第3項）。"}


def _of_the_form(definition: CertificateDefinition, subjects: Subjects, request: CertificateRequest) -> Iterator[Objection]:
    """What a 記載事項証明書 is asked beside: its items, 方書 left out, the form that was brought along (N-5.4-02)."""
    if request.without_building and not definition.chosen_only:
        yield Objection("without_building", f"「{definition.ja}」では方書を省略できません。省略できるのは記載事項証明書だけです（標準仕様5.4）。")
    if definition.chosen_only and not request.shown:
        yield Objection("shown", f"{'照合した' if definition.attests else '証明する'}事項が選ばれていません。1つ以上選んでください。")
    if definition.attests:
        if request.brought is None or not request.brought.title.strip():
            yield Objection("brought_title", "証明する様式の名称が入力されていません。持参された様式の標題を入力してください。")
        if request.brought is None or request.brought.pages < 1:
            yield Objection("brought_pages", "証明する様式の枚数が入力されていません。1以上の数を入力してください。")
    elif request.brought is not None:
        yield Objection("brought_title", f"「{definition.ja}」では、持参された様式を証明しません。様式の名称を消してください。")


def _ja(definition: CertificateDefinition, asked: Omissible) -> str:
    """What the choice is called; its code where this certificate never has it."""
    return next((each.ja for each in definition.omissible if each.omissible is asked), asked.value)


def _of_the_numbers(request: CertificateRequest) -> Iterator[Objection]:
    asked = [number for number in _NUMBERS if number in request.shown]
    if asked and request.requester is Requester.AGENT and request.delivery is not Delivery.MAIL_TO_RESIDENCE:
        yield Objection(asked[0].value, "任意代理人には、番号を記載した写しを窓口で渡せません。本人の住所あてに郵送してください。")
    if len(asked) == len(_NUMBERS) and not request.use_confirmed:
        yield Objection(asked[1].value, "個人番号と住民票コードを同時に記載する目的の確認が記録されていません。使用目的を確認してください。")


def _of_the_numbers_of(record: CertificateRecord, request: CertificateRequest) -> Iterator[Objection]:
    for number, ja in _NUMBERS.items():
        value = record.individual_number if number is Omissible.INDIVIDUAL_NUMBER else record.juminhyo_code
        if number in request.shown and value is None and not record.is_of_dead(request.issued_on):
            yield Objection(number.value, f"{ja}がまだ記録されていません。記録されてから交付するか、{ja}を省略してください。")


def of_the_city(definition: CertificateDefinition, subjects: Subjects, texts: CityTexts) -> Iterator[Objection]:
    """What the city lacks to certify anything: certifier, seal, 認証文."""
    certifier = texts.certifier
    if not certifier.name.strip() or not certifier.title.strip():
        yield Objection("certifier", "認証者の職名又は氏名が登録されていません。市の設定を確認してください（標準仕様1.3.9）。")
    elif not certifier.title.startswith(texts.prefecture_name):
        yield Objection("certifier", "認証者の職名に都道府県名が付いていません。市の設定を確認してください（標準仕様5.6）。")
    for problem in certifier.seal_problems:
        yield Objection("certifier", problem)
    if certifier.seal_mm > _LARGEST_SEAL_MM:
        yield Objection("certifier", "電子公印が25mm角を超えています。市の設定を確認してください（標準仕様5.6）。")
    if not texts.certifications.get(definition.certified_as(subjects), "").strip():
        yield Objection("certification", f"「{definition.ja}」の認証文が登録されていません。市の設定を確認してください（標準仕様5.1）。")
