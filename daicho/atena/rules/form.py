"""形式の検査 — whether what residents tells and the departments ask has the form of the 基本の項目. G-17, G-30; S4-02, S4-03."""

from __future__ import annotations

import re
from collections.abc import Iterator

from daicho.atena.rules.basics import TellsBasics
from daicho.atena.rules.problems import Problem
from daicho.atena.rules.vocabulary import SEXES
from daicho.contracts.atena_info_v1 import AtenaInfoV1
from daicho.contracts.atena_question_v1 import AtenaQuestionV1
from daicho.values.dates import BadDate, JapaneseDate
from daicho.values.numbers import AtenaNo, BadNumber, IndividualNumber, IntegratedAtenaNo

LONGEST = {"name": 200, "name_furigana": 200, "address": 300}
_JA = {"name": "氏名", "name_furigana": "振り仮名", "address": "住所"}
_CODE = re.compile(r"[0-9A-Za-z]{1,20}")
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
MAX_PURPOSE = 200


def info_problems(info: AtenaInfoV1) -> tuple[Problem, ...]:
    """Everything that is wrong with what residents tells, person by person."""
    found = [Problem("ill_formed", "宛名情報に対象者がいません。送信元の処理を確認してください。")] if not info.persons else []
    if len({person.atena_no for person in info.persons}) != len(info.persons):
        found.append(Problem("person_twice", "宛名情報に同じ宛名番号が二度あります。送信元の処理を確認してください。"))
    for person in info.persons:
        found += [*_of_numbers(person.atena_no, person.individual_number), *_of_basics(person)]
    return tuple(found)


def question_problems(question: AtenaQuestionV1) -> tuple[Problem, ...]:
    """Everything that is wrong with what a department asks: by one key, or, with the 5情報, for a number of the affair's own."""
    found = [*_of_numbers(question.atena_no, question.individual_number)]
    if question.basics is not None:
        if question.atena_no is None:
            found.append(Problem("ill_formed", "付番依頼には、その事務の宛名番号が必要です。宛名番号を付けて依頼してください。"))
        found += _of_basics(question.basics)
    elif (question.atena_no is None) == (question.individual_number is None):
        found.append(Problem("ill_formed", "照会は、個人番号か宛名番号のどちらか一つで行ってください。"))
    return tuple(found)


def asker_problems(question: AtenaQuestionV1) -> tuple[Problem, ...]:
    """Who asks, and for what: judged before anything else is looked at."""
    found = []
    if not _CODE.fullmatch(question.department_code) or not _CODE.fullmatch(question.affair_code):
        found.append(Problem("ill_formed", "部署コード又は事務コードの形式が違います。半角英数字20文字以内で送ってください。"))
    return (*found, *purpose_problems(question.purpose))


def purpose_problems(purpose: str) -> tuple[Problem, ...]:
    if not purpose.strip() or len(purpose) > MAX_PURPOSE or _CONTROL.search(purpose):
        return (Problem("purpose", f"利用目的がないか、{MAX_PURPOSE}文字を超えています。利用目的を付けて照会してください（番号法第9条）。"),)
    return ()


def integrated_problems(number: str) -> tuple[Problem, ...]:
    try:
        ill_formed = IntegratedAtenaNo.given_before(number) != number
    except BadNumber as bad:
        return (Problem("ill_formed", str(bad)),)
    return (Problem("ill_formed", "団体内統合宛名番号は半角数字15桁で送ってください。"),) if ill_formed else ()


def _of_numbers(atena_no: str | None, individual_number: str | None) -> Iterator[Problem]:
    for number, kind, read in ((atena_no, AtenaNo, AtenaNo.existing), (individual_number, IndividualNumber, IndividualNumber.parse)):
        if number is None:
            continue
        try:
            if read(number) != number:
                yield Problem("ill_formed", f"{kind.ja}は半角数字だけで送ってください。")
        except BadNumber as bad:
            yield Problem("ill_formed", str(bad))


def _of_basics(person: TellsBasics) -> Iterator[Problem]:
    for item, longest in LONGEST.items():
        value = getattr(person, item)
        if value is not None and ((not value.strip() and item != "address") or len(value) > longest or _CONTROL.search(value)):
            yield Problem("ill_formed", f"{_JA[item]}が空か、{longest}文字を超えています。送信元の値を確認してください。")
    if person.sex_code not in SEXES:
        yield Problem("unknown_code", "性別がコード表にありません。送信元の値を確認してください。")
    try:
        JapaneseDate.decode(person.birth_date)
    except BadDate as bad:
        yield Problem("ill_formed", f"生年月日: {bad}")
