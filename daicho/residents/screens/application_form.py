"""交付請求の入力 — the fields of each kind of request, and how they are read into a statement. 住民基本台帳法第12条–第12条の3; F-1-04."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from daicho import city, clock
from daicho.certificates.catalogue import ALL_CERTIFICATES
from daicho.certificates.fees import OFFICIAL, exemptions_of
from daicho.residents.rules.applications import (
    BASIC,
    BEARER_LINKS,
    CLAIMS,
    MOST_LINES,
    MOST_SUBJECTS,
    OWN_STANDINGS,
    PROFESSIONS,
    RETURN_CHECKS,
    Ground,
    Stated,
    StatedLine,
    StatedSubject,
    Way,
)
from daicho.residents.rules.representation import AUTHORITIES
from daicho.residents.rules.visits import ASSISTANT_CARD, DOCUMENT_WORDS, MEMBER_CARD, STAFF_ID
from daicho.ui.forms import BoundForm, Choice, FieldGroup, FieldSpec, Kind, Problem, Width

_OF_SHEETS = tuple(definition for definition in ALL_CERTIFICATES if definition.sheets and not definition.attests)
"""What the issuing screen makes of a 住民票 or a 除票; a form to be attested is brought along, and 転出証明書 comes of a 転出."""
KINDS = {definition.code: definition.ja for definition in _OF_SHEETS}
SHOWN = {each.omissible.value: each.ja for definition in _OF_SHEETS for each in definition.omissible if each.omissible not in BASIC}
_SUBJECTS, _LINES = range(1, MOST_SUBJECTS + 1), range(1, MOST_LINES + 1)
_MANY = ("identity", "shown")
_OF_GROUND = {
    Ground.OWN: frozenset(dict(DOCUMENT_WORDS)) - {STAFF_ID, MEMBER_CARD, ASSISTANT_CARD},
    Ground.OFFICIAL: frozenset({STAFF_ID}),
    Ground.THIRD_PARTY: frozenset(dict(DOCUMENT_WORDS)) - {MEMBER_CARD, ASSISTANT_CARD},
    Ground.PROFESSIONAL: frozenset({MEMBER_CARD, ASSISTANT_CARD}),
}


def groups(ground: Ground, way: Way) -> tuple[FieldGroup, ...]:
    """The form of one kind of request. Nothing is required: what is missing is told, and asked for."""
    return (
        FieldGroup("who", "請求者", _WHO[ground](_identity(ground))),
        FieldGroup("whom", "対象とする者", (*((_BY_LIST,) if ground is Ground.OFFICIAL else ()), *(spec for place in _SUBJECTS for spec in _subject(place)))),
        FieldGroup("what", "証明書", _what(ground)),
        FieldGroup("why", "理由", _WHY[ground]),
        *((FieldGroup("back", "返送", _BACK),) if way is Way.MAIL else ()),
    )


_BY_LIST = FieldSpec("by_list", "対象者は添付の一覧による", Kind.CHECKBOX, hint="一覧の人数を通数に入力し、証明書はまとめて交付で作成します。")


def _identity(ground: Ground) -> FieldSpec:
    choices = tuple(Choice(*each) for each in DOCUMENT_WORDS if each[0] in _OF_GROUND[ground])
    return FieldSpec("identity", "届いた・示された本人確認書類", Kind.CHECKBOXES, choices=choices)


_PERSON = (
    FieldSpec("requester_name", "氏名", Kind.NAME, max_length=100),
    FieldSpec("requester_address", "住所", width=Width.FULL, max_length=200),
    FieldSpec("telephone", "昼間の電話番号", width=Width.MEDIUM, max_length=20, letters="latin"),
)
_BEARER = (
    FieldSpec("bearer_name", "申出の任に当たっている者の氏名", Kind.NAME, max_length=100, hint="法人の担当者、代理人、補助者など、申出者と違うとき"),
    FieldSpec("bearer_address", "その住所（又は所属する事務所の所在地）", width=Width.FULL, max_length=200),
    FieldSpec("bearer_link", "その権限を示す書類", Kind.SELECT, choices=tuple(Choice(*each) for each in BEARER_LINKS)),
)


def _own(identity: FieldSpec) -> tuple[FieldSpec, ...]:
    return (
        FieldSpec("standing", "資格", Kind.RADIO, choices=tuple(Choice(*each) for each in OWN_STANDINGS)),
        *_PERSON,
        identity,
        FieldSpec("authority", "代理の権限を示す書類", Kind.SELECT, choices=tuple(Choice(*each) for each in AUTHORITIES), hint="代理人のとき"),
        FieldSpec("authority_note", "その内容", width=Width.FULL, max_length=200, hint="委任者又は本人の氏名、作成・発行の年月日"),
    )


def _official(identity: FieldSpec) -> tuple[FieldSpec, ...]:
    return (
        FieldSpec("organisation", "機関の名称", max_length=100),
        FieldSpec("requester_address", "機関の所在地", width=Width.FULL, max_length=200),
        FieldSpec("bearer_title", "請求の任に当たっている者の職名", width=Width.MEDIUM, max_length=60),
        FieldSpec("bearer_name", "その氏名", Kind.NAME, max_length=100),
        FieldSpec("telephone", "電話番号", width=Width.MEDIUM, max_length=20, letters="latin"),
        identity,
    )


def _third_party(identity: FieldSpec) -> tuple[FieldSpec, ...]:
    return (
        *_PERSON,
        FieldSpec("organisation", "法人の名称", max_length=100, hint="法人の申出のとき。住所には主たる事務所の所在地を入力します。"),
        FieldSpec("representative", "代表者又は管理人の氏名", Kind.NAME, max_length=100),
        *_BEARER,
        identity,
    )


def _professional(identity: FieldSpec) -> tuple[FieldSpec, ...]:
    return (
        FieldSpec("profession", "資格", Kind.SELECT, choices=tuple(Choice(*each) for each in PROFESSIONS)),
        FieldSpec("form_no", "統一用紙の番号", width=Width.MEDIUM, max_length=40, letters="latin"),
        FieldSpec("requester_name", "氏名", Kind.NAME, max_length=100),
        FieldSpec("organisation", "事務所の名称", max_length=100),
        FieldSpec("requester_address", "事務所の所在地", width=Width.FULL, max_length=200),
        FieldSpec("telephone", "電話番号", width=Width.MEDIUM, max_length=20, letters="latin"),
        *_BEARER,
        identity,
    )


def _subject(place: int) -> tuple[FieldSpec, ...]:
    return (
        FieldSpec(f"subject{place}_name", f"{place}人目の氏名", Kind.NAME, max_length=100),
        FieldSpec(f"subject{place}_birth", f"{place}人目の生年月日", width=Width.MEDIUM, max_length=40, hint="書かれているとおりに" if place == 1 else ""),
        FieldSpec(f"subject{place}_address", f"{place}人目の住所", width=Width.FULL, max_length=200),
    )


def _what(ground: Ground) -> tuple[FieldSpec, ...]:
    kinds = tuple(Choice(code, ja) for code, ja in KINDS.items())
    lines = []
    for place in _LINES:
        lines.append(FieldSpec(f"kind{place}", f"証明書（{place}）", Kind.SELECT, choices=kinds))
        lines.append(FieldSpec(f"copies{place}", f"通数（{place}）", width=Width.TINY, max_length=5, letters="digits", unit="通"))
    remissions = (
        ()
        if ground is Ground.OFFICIAL
        else (
            FieldSpec(
                "exemption", "手数料の免除", Kind.SELECT, choices=tuple(Choice(one.code, one.text) for one in remissions_today() if one.code != OFFICIAL)
            ),
        )
    )
    return (
        *lines,
        FieldSpec("whole_household", "世帯全員", Kind.CHECKBOX),
        FieldSpec("shown", "記載を求める事項", Kind.CHECKBOXES, choices=tuple(Choice(code, ja) for code, ja in SHOWN.items())),
        *remissions,
    )


_PURPOSE = FieldSpec("purpose", "利用の目的・請求の理由", width=Width.FULL, max_length=300)
_WHY = {
    Ground.OWN: (FieldSpec("purpose", "使用目的", width=Width.FULL, max_length=200),),
    Ground.OFFICIAL: (
        FieldSpec("law", "根拠となる法令の名称と条項", width=Width.FULL, max_length=200),
        FieldSpec("purpose", "請求事由", width=Width.FULL, max_length=300),
        FieldSpec("is_withheld", "事務の性質上、請求事由を明らかにできない旨の記載がある", Kind.CHECKBOX),
    ),
    Ground.THIRD_PARTY: (
        FieldSpec("claim", "申出の理由の区分", Kind.RADIO, choices=tuple(Choice(*each) for each in CLAIMS)),
        _PURPOSE,
        FieldSpec("evidence", "理由を示す資料", width=Width.FULL, max_length=200, hint="例：金銭消費貸借契約書の写し、返戻された催告書"),
        FieldSpec("beyond_basic", "基礎証明事項のほかの事項が必要な理由", width=Width.FULL, max_length=300, hint="本籍、続柄などの記載を求めるとき"),
    ),
    Ground.PROFESSIONAL: (
        FieldSpec("task", "受任している事件又は事務の業務の種類", width=Width.FULL, max_length=200),
        FieldSpec("is_dispute", "紛争処理の手続の代理業務", Kind.CHECKBOX),
        FieldSpec("client", "依頼者の氏名又は名称", Kind.NAME, max_length=100),
        _PURPOSE,
        FieldSpec("beyond_basic", "基礎証明事項のほかの事項が必要な理由", width=Width.FULL, max_length=300, hint="本籍、続柄などの記載を求めるとき"),
    ),
}  # fmt: skip
_WHO = {Ground.OWN: _own, Ground.OFFICIAL: _official, Ground.THIRD_PARTY: _third_party, Ground.PROFESSIONAL: _professional}
_BACK = (
    FieldSpec("return_to", "返送先の住所と宛名", width=Width.FULL, max_length=200),
    FieldSpec("return_check", "返送先は", Kind.RADIO, choices=tuple(Choice(*each) for each in RETURN_CHECKS)),
    FieldSpec("return_note", "ほかの場所へ返送する理由と、確かめた書類", width=Width.FULL, max_length=200),
    FieldSpec("has_envelope", "返信用の封筒と切手がある", Kind.CHECKBOX),
)


def remissions_today():  # type: ignore[no-untyped-def]  # tuple[Exemption, …]
    """The grounds without fee in the city's table of today. One query."""
    return exemptions_of(city.setting("fee_remissions", clock.today()))


class NotOfThisForm(ValueError):
    """Something was sent that the form does not have (F-1-04)."""


def read(form: BoundForm, ground: Ground, way: Way) -> tuple[BoundForm, Stated]:
    """What was typed; a number of copies that is none is told at its field. NotOfThisForm for a choice that the form does not have."""
    values = form.cleaned()
    for spec in form.specs:
        known = {choice.value for choice in spec.choices}
        sent = set(form.cleaned_values(spec.name))
        if spec.choices and not sent <= known:
            raise NotOfThisForm(spec.name)
    typed = {name: str(value) for name, value in values.items() if name in Stated.__dataclass_fields__ and name not in _MANY}
    many = {name: form.cleaned_values(name) for name in _MANY}
    subjects = tuple(
        StatedSubject(form.value(f"subject{place}_name"), form.value(f"subject{place}_address"), form.value(f"subject{place}_birth")) for place in _SUBJECTS
    )
    lines, faults = [], []
    for place in _LINES:
        kind, copies = form.value(f"kind{place}"), form.value(f"copies{place}")
        if kind and copies.isdecimal():
            lines.append(StatedLine(kind, int(copies)))
        elif kind or copies:
            faults.append(Problem(f"copies{place}", f"証明書（{place}）の種類を選び、通数を1以上の数字で入力してください。"))
    last = max((place for place, one in enumerate(subjects, 1) if one != StatedSubject("")), default=0)
    return form.with_problems(faults), Stated(ground=ground, way=way, subjects=subjects[:last], lines=tuple(lines), **typed, **many)


def typed_of(stated: Stated) -> Mapping[str, str | Sequence[str]]:
    """A statement as the form would be typed, to be supplemented."""
    typed: dict[str, str | Sequence[str]] = {name: value for name, value in stated.to_json().items() if isinstance(value, str)}
    typed |= {name: list(getattr(stated, name)) for name in _MANY}
    for place, subject in enumerate(stated.subjects, 1):
        typed |= {f"subject{place}_name": subject.name, f"subject{place}_address": subject.address, f"subject{place}_birth": subject.birth}
    for place, line in enumerate(stated.lines, 1):
        typed |= {f"kind{place}": line.kind, f"copies{place}": str(line.copies)}
    return typed
