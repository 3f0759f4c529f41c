"""個人番号の要求の検査 — whether a request of residents can be handed to 機構, and whether what 機構 says is an answer at all. 番号法第7条, 第8条; G-12; F-2-22."""

from __future__ import annotations

from collections.abc import Iterator

from daicho.contracts.code_stock_request_v1 import CodeStockRequestV1
from daicho.contracts.number_answer_v1 import NumberAnswerV1
from daicho.contracts.number_outward_v1 import NumberOutwardV1
from daicho.contracts.number_request_v1 import NumberRequestV1
from daicho.contracts.stocked_codes_v1 import StockedCodesV1
from daicho.juki_net.rules.layouts import code_list
from daicho.juki_net.rules.problems import Problem
from daicho.values.numbers import IndividualNumber, JuminhyoCode

REASONS = "number_reason"


def request_problems(request: NumberRequestV1, ours: str, *, is_current: bool, has_old_number: bool) -> tuple[Problem, ...]:
    """Everything that is wrong with it. `is_current`: 現存 in file (2); `has_old_number`: with the number that the request says is the old one."""
    return tuple(_of_request(request, ours, is_current, has_old_number))


def _of_request(request: NumberRequestV1, ours: str, is_current: bool, has_old_number: bool) -> Iterator[Problem]:
    yield from _of_city(request.municipality_code, ours)
    if request.reason not in code_list(REASONS):
        yield Problem("unknown_code", "reason", "要求の事由がコード表にありません。コード表を確認してください。")
    elif (code_list(REASONS)[request.reason].group == "変更") != (request.old_individual_number is not None):
        yield Problem("ill_formed", "old_individual_number", "従前の個人番号は、変更のときにだけ送ってください（番号法第7条第2項）。")
    if not is_current:
        yield Problem("not_current", "juminhyo_code", "この人の本人確認情報が現存していません。住民票コードと、本人確認情報の更新を確認してください。")
    elif not has_old_number:
        yield Problem(
            "other_number", "old_individual_number", "従前の個人番号が、この人の本人確認情報と合いません。個人番号を確認してください（番号法第7条）。"
        )


def outward(request: NumberRequestV1) -> NumberOutwardV1:
    """As it goes to 機構."""
    return NumberOutwardV1(
        request_control_no=request.request_control_no,
        municipality_code=request.municipality_code,
        reason_code=code_list(REASONS)[request.reason].code,
        juminhyo_code=request.juminhyo_code,
        old_individual_number=request.old_individual_number,
    )


def answer_problems(answer: NumberAnswerV1, ours: str) -> tuple[Problem, ...]:
    """What makes an answer useless to anybody here; whether it was asked for is for residents to say, who did the asking (F-1-05)."""
    return tuple(_of_answer(answer, ours))


def _of_answer(answer: NumberAnswerV1, ours: str) -> Iterator[Problem]:
    yield from _of_city(answer.municipality_code, ours)
    number = answer.individual_number
    if number is not None and not (IndividualNumber.is_valid(number) and str(IndividualNumber.parse(number)) == number):
        yield Problem("ill_formed", "individual_number", "個人番号の形式又は検査用数字が違います。発行元の値を確認してください（番号法施行令第8条）。")
    if number is None and not answer.reason_ja.strip():
        yield Problem("ill_formed", "reason_ja", "個人番号も、付けられない理由もありません。発行元の値を確認してください。")


def code_request_problems(request: CodeStockRequestV1, ours: str) -> tuple[Problem, ...]:
    """Everything that is wrong with a request for codes of the stock (法30条の2)."""
    wrong = () if request.count > 0 else (Problem("ill_formed", "count", "求める住民票コードの件数が正しくありません。送信元の値を確認してください。"),)
    return (*_of_city(request.municipality_code, ours), *wrong)


def stocked_codes_problems(codes: StockedCodesV1, ours: str) -> tuple[Problem, ...]:
    """What makes codes useless to anybody here; whether they were asked for is for residents to say."""
    is_well = bool(codes.juminhyo_codes) and all(JuminhyoCode.is_valid(code) for code in codes.juminhyo_codes)
    wrong = (
        ()
        if is_well
        else (Problem("ill_formed", "juminhyo_codes", "住民票コードがないか、検査用数字の合わないものがあります。発行元の値を確認してください。"),)
    )
    return (*_of_city(codes.municipality_code, ours), *wrong)


def _of_city(given: str, ours: str) -> Iterator[Problem]:
    if given != ours:
        yield Problem("other_city", "municipality_code", "市町村コードが当市のものではありません。送信元の値を確認してください。")
