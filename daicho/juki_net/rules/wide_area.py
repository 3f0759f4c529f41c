"""広域交付の検査 — whether a question can be asked or answered, and whether what came is what was asked for. 住民基本台帳法第12条の4; N-7.1.1.1-05."""

from __future__ import annotations

from collections.abc import Iterator

from daicho.contracts.wide_area_v1 import WideAreaCopy, WideAreaQuestionV1
from daicho.juki_net.rules.layouts import by_code
from daicho.juki_net.rules.problems import Problem
from daicho.values.dates import BadDate, JapaneseDate
from daicho.values.numbers import BadNumber, IndividualNumber, JuminhyoCode, MunicipalityCode


def question_problems(question: WideAreaQuestionV1, ours: str) -> tuple[Problem, ...]:
    """Everything that is wrong with a question of residents."""
    found = []
    if question.municipality_code != ours:
        found.append(Problem("other_city", "municipality_code", "照会する市町村コードが当市のものではありません。送信元の値を確認してください。"))
    if question.addressee_municipality_code == ours:
        found.append(Problem("to_ourselves", "addressee_municipality_code", "住所地が当市です。住民記録から住民票の写しを交付してください。"))
    if not _is(MunicipalityCode, question.addressee_municipality_code):
        found.append(Problem("ill_formed", "addressee_municipality_code", "住所地の市町村コードが正しくありません。市区町村を選び直してください。"))
    return (*found, *_of_one_number(question))


def outside_question_problems(question: WideAreaQuestionV1, ours: str) -> tuple[Problem, ...]:
    """Everything that is wrong with a question of another city."""
    found = []
    if question.addressee_municipality_code != ours:
        found.append(Problem("not_for_us", "addressee_municipality_code", "照会の宛先が当市ではありません。住所地の市町村コードを確認してください。"))
    if question.municipality_code == ours:
        found.append(Problem("from_ourselves", "municipality_code", "照会する市町村が当市になっています。送信元の市町村コードを確認してください。"))
    return (*found, *_of_one_number(question))


def copy_problems(copy: WideAreaCopy, asked: WideAreaQuestionV1) -> tuple[Problem, ...]:
    """Everything that is wrong with what came: of another city, more or less than was asked for, or values that are none."""
    return tuple(_of_copy(copy, asked))


def _of_copy(copy: WideAreaCopy, asked: WideAreaQuestionV1) -> Iterator[Problem]:
    if copy.municipality_code != asked.addressee_municipality_code:
        yield Problem("another_city", "municipality_code", "照会した市区町村と違う市区町村の住民票が届いたため、使いませんでした。")
    if copy.whole_household != asked.whole_household or (not asked.whole_household and len(copy.people) != 1):
        yield Problem("other_people", "whole_household", "請求した範囲と違う人の住民票が届いたため、使いませんでした。")
    numbers = {person.individual_number if asked.individual_number else person.juminhyo_code for person in copy.people}
    named = asked.with_individual_number if asked.individual_number else asked.with_juminhyo_code
    if named and (asked.individual_number or asked.juminhyo_code) not in numbers:
        yield Problem("another_person", "juminhyo_code", "請求した人でない人の住民票が届いたため、使いませんでした。")
    for place, person in enumerate(copy.people, 1):
        more = [
            (person.juminhyo_code and not asked.with_juminhyo_code), (person.individual_number and not asked.with_individual_number),
            (person.relationship and not asked.with_relationship), (person.residence_card_no and not asked.with_residence_items),
        ]  # fmt: skip
        if any(more):
            yield Problem("more_than_asked", "people", f"{place}人目に、請求していない事項が届いたため、使いませんでした。")
        if person.sex_code not in by_code("sex"):
            yield Problem("unknown_code", "sex_code", f"届いた住民票の、{place}人目の性別がコード表にありません。")
        if not any((person.name_kanji, person.foreign_name_alphabet)):
            yield Problem("missing", "name_kanji", f"届いた住民票に、{place}人目の氏名がありません。")
        try:
            JapaneseDate.parse(person.birth_date)
        except BadDate:
            yield Problem("ill_formed", "birth_date", f"届いた住民票の、{place}人目の生年月日を読み取れません。")


def _of_one_number(question: WideAreaQuestionV1) -> Iterator[Problem]:
    if (question.juminhyo_code is None) == (question.individual_number is None):
        yield Problem("ill_formed", "juminhyo_code", "住民票コードか個人番号の、どちらか一つで照会してください。")
    for name, kind, number in (("juminhyo_code", JuminhyoCode, question.juminhyo_code), ("individual_number", IndividualNumber, question.individual_number)):
        if number is not None and not _is(kind, number):
            yield Problem("ill_formed", name, f"カードから読み取った{kind.ja}が正しくありません。読み取り直してください。")


def _is(kind: type[JuminhyoCode] | type[IndividualNumber] | type[MunicipalityCode], text: str) -> bool:
    """Whether it is a number of this kind, written as it travels: digits alone."""
    try:
        return str(kind.parse(text)) == text
    except BadNumber:
        return False
