"""転出証明書情報の検査 — whether what another city certified can be handed to the counter. 住民基本台帳法第24条の2; F-2-22."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from daicho.contracts.move_out_certificate_info_v1 import MoveOutCertificateInfoV1
from daicho.contracts.move_out_certificate_v1 import MoveOutCertificate, MoveOutCertificateQuestionV1, MoveOutPerson
from daicho.juki_net.rules.layouts import by_code, layout
from daicho.juki_net.rules.problems import Problem
from daicho.values.dates import BadDate, JapaneseDate
from daicho.values.numbers import BadNumber, IndividualNumber, JuminhyoCode, MunicipalityCode

FOR_THE_WAY_BACK = timedelta(seconds=1)  # so that our own answer is in time when theirs is


def question_problems(question: MoveOutCertificateQuestionV1, ours: str) -> tuple[Problem, ...]:
    """Everything that is wrong with a question of residents."""
    return tuple(_of_question(question, ours))


def certificate_problems(certificate: MoveOutCertificate, asked: MoveOutCertificateQuestionV1) -> tuple[Problem, ...]:
    """Everything that is wrong with a certificate: values, and that it is of the city and the person asked for."""
    return tuple(_of_certificate(certificate, asked))


def outside_question_problems(question: MoveOutCertificateQuestionV1, ours: str) -> tuple[Problem, ...]:
    """Everything that is wrong with a question of another city."""
    found = []
    if question.addressee_municipality_code != ours:
        found.append(Problem("not_for_us", "addressee_municipality_code", "照会の宛先が当市ではありません。転出地の市町村コードを確認してください。"))
    if question.municipality_code == ours:
        found.append(Problem("from_ourselves", "municipality_code", "照会する市町村が当市になっています。送信元の市町村コードを確認してください。"))
    return (*found, *_of_one_number(question))


def info_problems(info: MoveOutCertificateInfoV1, ours: str) -> tuple[Problem, ...]:
    """Everything that is wrong with what residents certifies: it must be what another city takes from us (_of_person)."""
    found = []
    if info.certificate.former_municipality_code != ours:
        found.append(Problem("other_city", "former_municipality_code", "転出地の市町村コードが当市のものではありません。送信元の値を確認してください。"))
    if not info.certificate.people:
        found.append(Problem("missing", "juminhyo_code", "転出証明書情報に、転出する人がいません。送信元の値を確認してください。"))
    if len({person.juminhyo_code for person in info.certificate.people}) < len(info.certificate.people):
        found.append(Problem("repeated", "juminhyo_code", "転出証明書情報に、同じ人が二度載っています。送信元の値を確認してください。"))
    return (*found, *(problem for place, person in enumerate(info.certificate.people, 1) for problem in _of_person(person, f"{place}人目の")))


def _of_one_number(question: MoveOutCertificateQuestionV1) -> Iterator[Problem]:
    if (question.juminhyo_code is None) == (question.individual_number is None):
        yield Problem("ill_formed", "juminhyo_code", "住民票コードか個人番号の、どちらか一つで照会してください。")
    yield from _of_numbers(question.juminhyo_code, question.individual_number, "カードから読み取った", "読み取り直してください。")


def _of_question(question: MoveOutCertificateQuestionV1, ours: str) -> Iterator[Problem]:
    if question.municipality_code != ours:
        yield Problem("other_city", "municipality_code", "照会する市町村コードが当市のものではありません。送信元の値を確認してください。")
    if question.addressee_municipality_code == ours:
        yield Problem("to_ourselves", "addressee_municipality_code", "転出地が当市になっています。前に住んでいた市区町村を確認してください。")
    if not _is(MunicipalityCode, question.addressee_municipality_code):
        yield Problem("ill_formed", "addressee_municipality_code", "転出地の市町村コードが正しくありません。市区町村を選び直してください。")
    yield from _of_one_number(question)


def _of_certificate(certificate: MoveOutCertificate, asked: MoveOutCertificateQuestionV1) -> Iterator[Problem]:
    if certificate.former_municipality_code != asked.addressee_municipality_code:
        yield Problem("another_city", "former_municipality_code", "照会した市区町村と違う市区町村の転出証明書情報が届いたため、取り込みませんでした。")
    wanted = {asked.juminhyo_code, asked.individual_number} - {None}
    if not any({person.juminhyo_code, person.individual_number} & wanted for person in certificate.people):
        yield Problem("another_person", "juminhyo_code", "前住所地の市区町村から別の人の転出証明書情報が届いたため、取り込みませんでした。")
    if len({person.juminhyo_code for person in certificate.people}) < len(certificate.people):
        yield Problem("repeated", "juminhyo_code", "同じ人が二度載った転出証明書情報が届いたため、取り込みませんでした。")
    for place, person in enumerate(certificate.people, 1):
        yield from _of_person(person, f"{place}人目の")


def _of_person(person: MoveOutPerson, whose: str) -> Iterator[Problem]:
    yield from _of_numbers(person.juminhyo_code, person.individual_number, f"届いた転出証明書情報の、{whose}", "前住所地の市区町村に確認してください。")
    if person.sex_code not in by_code("sex"):
        yield Problem("unknown_code", "sex_code", f"届いた転出証明書情報の、{whose}性別がコード表にありません。")
    if not any((person.name_kanji, person.foreign_name_alphabet)):
        yield Problem("missing", "name_kanji", f"届いた転出証明書情報に、{whose}氏名がありません。")
    try:
        JapaneseDate.parse(person.birth_date)
    except BadDate:
        yield Problem("ill_formed", "birth_date", f"届いた転出証明書情報の、{whose}{layout('move_out_person')['birth_date'].ja}を読み取れません。")


def _of_numbers(juminhyo_code: str | None, individual_number: str | None, whose: str, what_to_do: str) -> Iterator[Problem]:
    if juminhyo_code is not None and not _is(JuminhyoCode, juminhyo_code):
        yield Problem("ill_formed", "juminhyo_code", f"{whose}住民票コードが正しくありません。{what_to_do}")
    if individual_number is not None and not _is(IndividualNumber, individual_number):
        yield Problem("ill_formed", "individual_number", f"{whose}個人番号が正しくありません。{what_to_do}")


def _is(kind: type[JuminhyoCode] | type[IndividualNumber] | type[MunicipalityCode], text: str) -> bool:
    """Whether it is a number of this kind, written as it travels: digits alone."""
    try:
        return str(kind.parse(text)) == text
    except BadNumber:
        return False
