"""入力の読み — what was typed, in the form that rules judge: spaces, kana and digits put right. Pure.

Names and addresses are left as typed but for spaces at the ends: folding them would lose 異体字 (design §7).
"""

from __future__ import annotations

import jaconv

from daicho.ui.forms.spec import FieldSpec, Kind

_SPACES = " 　\t\r\n"


def clean(spec: FieldSpec, text: str) -> str:
    """The value of one text as the rules will see it."""
    if spec.kind is Kind.PASSWORD:
        return text
    stripped = text.strip(_SPACES)
    if spec.kind is Kind.KANA:
        return to_katakana(stripped)
    if spec.kind is Kind.NUMBER:
        return jaconv.z2h(stripped, kana=False, ascii=True, digit=True).replace(" ", "").replace("-", "").upper()
    if spec.kind is Kind.DATE:
        return stripped
    if spec.kind is Kind.TEXTAREA:
        return stripped.replace("\r\n", "\n")
    return stripped


def to_katakana(text: str) -> str:
    """Hiragana and half-width kana as full-width katakana, spaces as one full-width space between the halves of a name."""
    katakana: str = jaconv.hira2kata(jaconv.h2z(text, kana=True, ascii=False, digit=False))
    return "　".join(katakana.split())


def missing_message(spec: FieldSpec) -> str:
    """What to say when a required field is empty."""
    verb = "選択してください" if spec.kind in (Kind.SELECT, Kind.RADIO, Kind.CHECKBOXES, Kind.CHECKBOX, Kind.FILE) else "入力してください"
    return f"{spec.label}を{verb}。"


def overlong_message(spec: FieldSpec, length: int) -> str:
    """What to say when a text of `length` characters is longer than its field allows."""
    return f"{spec.label}は{spec.max_length}文字以内で入力してください（今は{length}文字です）。"
