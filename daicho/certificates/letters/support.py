"""支援措置の通知 — 決定, 却下, 変更, 延長, 期間終了の予告, 終了, and 転送 to another city. 住民基本台帳事務処理要領第5の10; 標準仕様3.4 (N-3.4-09, N-3.4-18).

They go to the applicant alone, and a 転送書 to the municipality that is concerned. None names the other side (domain §7).
"""

from __future__ import annotations

from datetime import date

from daicho.certificates.letters.letter import Column, Fact, LetterDefinition, Table

_SINCE = (date(2025, 5, 26), None)
_ARTICLE = "住民基本台帳事務処理要領第5の10、標準仕様3.4"
_PEOPLE = Table((Column("氏名", 2.0), Column("申出者との関係", 1.2), Column("期間", 3.0)), "支援措置の対象者", numbered=True)
_TO = "支援措置の申出者"
_AFFAIRS = Fact("affairs", "対象となる事務")
_APPLIED = Fact("applied_on", "申出の年月日")
_NOTE_KEY = "letter_support_note"
_NOTE = (
    "※住所や連絡先が変わったとき、支援措置が必要でなくなったときは、窓口に申し出てください。\n"
    "※市外へ転出するときは、転入先の市区町村にも、あらためて申し出る必要があります。"
)


def _of(code: str, text_key: str, ja: str, body: str, facts: tuple[Fact, ...], *, note: bool = True, fills: tuple[str, ...] = ()) -> LetterDefinition:
    return LetterDefinition(
        code=code,
        ja=ja,
        title=ja.split("（")[0],
        article=_ARTICLE,
        in_force=_SINCE,
        text_key=text_key,
        body=body,
        note_key=_NOTE_KEY if note else "",
        note=_NOTE if note else "",
        addressee_ja=_TO,
        fills=fills,
        facts=facts,
        table=_PEOPLE,
    )


SUPPORT_DECIDED = _of(
    "support_decided",
    "letter_support_decided",
    "住民基本台帳事務における支援措置の決定通知書",
    "申出のあった住民基本台帳事務における支援措置について、その必要があると認め、次のとおり実施することに決定しましたので通知します。",
    (_APPLIED, Fact("starts_on", "支援措置の開始年月日"), Fact("ends_on", "支援措置の終了年月日"), _AFFAIRS),
)
SUPPORT_REJECTED = _of(
    "support_rejected",
    "letter_support_rejected",
    "住民基本台帳事務における支援措置の却下通知書",
    "申出のあった住民基本台帳事務における支援措置については、次の理由により実施しないことに決定しましたので通知します。申出の日から行っていた仮の支援措置も終了しました。",
    (_APPLIED, Fact("ended_on", "決定した年月日"), Fact("ground", "理由")),
    note=False,
)
SUPPORT_REVISED = _of(
    "support_revised",
    "letter_support_revised",
    "住民基本台帳事務における支援措置の変更通知書",
    "住民基本台帳事務における支援措置の内容を、次のとおり変更しましたので通知します。",
    (Fact("revised_on", "変更した年月日"), Fact("starts_on", "変更後の開始年月日"), Fact("ends_on", "変更後の終了年月日"), _AFFAIRS),
)
SUPPORT_EXTENDED = _of(
    "support_extended",
    "letter_support_extended",
    "住民基本台帳事務における支援措置の延長通知書",
    "申出により、住民基本台帳事務における支援措置の期間を次のとおり延長しましたので通知します。",
    (Fact("starts_on", "延長後の期間の始まり"), Fact("ends_on", "延長後の終了年月日"), _AFFAIRS),
)
SUPPORT_ENDING = _of(
    "support_ending",
    "letter_support_ending",
    "住民基本台帳事務における支援措置期間終了通知書",
    (
        "住民基本台帳事務における支援措置の期間が、次のとおり終了します。\n"
        "引き続き支援措置を希望されるときは、{延長の始まり}から期間の終了する日までに、延長の申出をしてください。"
    ),
    (Fact("ends_on", "支援措置の終了年月日"), Fact("extendable_from", "延長の申出ができる日"), _AFFAIRS),
    fills=("延長の始まり",),
)
SUPPORT_ENDED = _of(
    "support_ended",
    "letter_support_ended",
    "住民基本台帳事務における支援措置の終了通知書",
    "住民基本台帳事務における支援措置を、次のとおり終了しましたので通知します。",
    (Fact("ended_on", "終了した年月日"), Fact("ground", "終了の理由")),
    note=False,
)
SUPPORT_FORWARDED = LetterDefinition(
    code="support_forwarded",
    ja="支援措置申出書の転送書",
    title="支援措置の申出書の送付について",
    article=_ARTICLE,
    in_force=_SINCE,
    text_key="letter_support_forwarded",
    body=(
        "本市で受け付けた住民基本台帳事務における支援措置の申出について、貴市区町村の事務も対象とされていますので、申出書の写しを添えて送付します。\n"
        "受領したときは、本市にお知らせください。"
    ),
    note_key="letter_support_forwarded_note",
    note="※支援措置の対象者の住所等が相手方に伝わらないよう、取扱いに注意してください。",
    addressee_ja="転送先の市区町村",
    facts=(
        _APPLIED,
        Fact("applicant", "申出者の氏名"),
        Fact("birth_date", "申出者の生年月日"),
        Fact("forwarded_on", "送付した年月日"),
        Fact("asked", "求められた事務"),
    ),
)
