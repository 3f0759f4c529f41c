"""形式チェック — whether each item of a replica or of a request for a 符号 is what layouts/replica.csv says. S3-06, F-1-58."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime

from daicho.chukan.rules.problems import Problem
from daicho.contracts.code_request_v1 import CodeRequestV1
from daicho.contracts.layouts import Item, code_list, layout
from daicho.contracts.provision_question_v1 import ProvisionQuestionV1
from daicho.contracts.replica_v1 import ReplicaV1
from daicho.values.dates import BadDate, JapaneseDate

NAME = "replica"
STATES = ("current", "removed")  # of list record_status: a replica is never of a past row
_KANA = re.compile("[ァ-ヺー・ \u3000]+")
_PRINTABLE = re.compile("[^\x00-\x1f\x7f]+")


def form_problems(replica: ReplicaV1, municipality_code: str, now: datetime) -> tuple[Problem, ...]:
    """Everything that is wrong with a replica, in the order of the layout; `now` bounds 基準日時."""
    values = vars(replica)
    return (
        *(problem for item in layout(NAME).values() for problem in _of_item(item, values[item.identifier])),
        *_of_city(replica.municipality_code, municipality_code),
        *_of_moment(replica.as_of, now, "as_of"),
        *_of_state(replica),
        *_of_withholding(replica),
    )


def request_problems(request: CodeRequestV1, municipality_code: str, now: datetime) -> tuple[Problem, ...]:
    """Everything that is wrong with a request for a 符号."""
    items = (layout(NAME)[name] for name in ("municipality_code", "integrated_atena_no"))
    return (
        *(problem for item in items for problem in _of_item(item, getattr(request, item.identifier))),
        *_of_city(request.municipality_code, municipality_code),
        *_of_moment(request.requested_at, now, "requested_at", "依頼日時"),
    )


_LONGEST = {
    "provider_municipality_code": 6, "inquirer_code": 16, "affair_code": 16, "item_no": 10, "procedure_code": 16, "information_code": 16, "route": 60,
}  # fmt: skip
"""Interface widths as one public municipal tool shows them (spec B-4); 経路情報 our own."""


def question_problems(question: ProvisionQuestionV1) -> tuple[Problem, ...]:
    """What of a question cannot even be recorded: a code that is empty or too long for the record."""
    given = {**{name: getattr(question, name) for name in _LONGEST}, "permit_no": question.permit.permit_no}
    longest = {**_LONGEST, "permit_no": 60}
    wrong = [name for name, text in given.items() if not 1 <= len(text) <= longest[name] or not _PRINTABLE.fullmatch(text)]
    return tuple(
        Problem("ill_formed", name, f"照会の項目（{name}）が空か、{longest[name]}文字を超えています。送信元で形式を確認してください。") for name in wrong
    )


def _of_item(item: Item, value: object) -> Iterator[Problem]:
    """Whether it is there, its length, and its form."""
    if value is None:
        if item.required:
            yield Problem("missing", item.identifier, f"{item.ja}がありません。空欄にできない項目です。送信元の値を確認してください。")
        return
    if not isinstance(value, str):
        return  # a date or an instant: the contract read it as one
    if not item.min_length <= len(value) <= (item.max_length or len(value)):
        yield Problem("length", item.identifier, f"{item.ja}は{_length_ja(item)}です。{len(value)}文字が送られています。送信元の値を確認してください。")
        return
    wrong = _FORMS[item.type](item, value)
    if wrong:
        yield Problem("ill_formed", item.identifier, f"{item.ja}{wrong}送信元の値を確認してください。")


def _length_ja(item: Item) -> str:
    return f"{item.max_length}文字" if item.min_length == item.max_length else f"{item.min_length}文字以上{item.max_length}文字以内"


def _digits(item: Item, value: str) -> str:
    return "" if value.isascii() and value.isdigit() else "に数字以外の文字があります。"


def _hex(item: Item, value: str) -> str:
    return "" if re.fullmatch("[0-9a-f]+", value) else "の形式が違います（16進数字）。"


def _identifier(item: Item, value: str) -> str:
    if item.code_list:
        return "" if value in code_list(item.code_list) else "がコード表にない値です。"
    return "" if re.fullmatch("[a-z][a-z0-9_]*", value) else "の形式が違います（英小文字・数字・下線）。"


def _code(item: Item, value: str) -> str:
    return "" if value in {code.code for code in code_list(item.code_list).values()} else "がコード表にない値です。"


def _text(item: Item, value: str) -> str:
    return "" if value.strip() and _PRINTABLE.fullmatch(value) else "が空白だけか、制御文字を含んでいます。"


def _kana(item: Item, value: str) -> str:
    return "" if value.strip() and _KANA.fullmatch(value) else "に片仮名でない文字があります。"


def _uncertain(item: Item, value: str) -> str:
    try:
        return "" if JapaneseDate.decode(value).encode() == value else "の書き方が取決めと違います。"
    except BadDate:
        return "が年月日として読み取れません。"


_FORMS: Mapping[str, Callable[[Item, str], str]] = {
    "digits": _digits, "hex": _hex, "identifier": _identifier, "code": _code, "string": _text, "kana": _kana, "uncertain_date": _uncertain,
}  # fmt: skip


def _of_city(given: str, ours: str) -> Iterator[Problem]:
    if given != ours:
        yield Problem("other_city", "municipality_code", "市町村コードがこの団体のものではありません。送信元の値を確認してください（F-1-60）。")


def _of_moment(given: datetime, now: datetime, item: str, ja: str = "基準日時") -> Iterator[Problem]:
    if given > now:
        yield Problem("in_future", item, f"{ja}が受付の時刻より後です。送信元の時計を確認してください。")


def _of_state(replica: ReplicaV1) -> Iterator[Problem]:
    if replica.state in code_list("record_status") and replica.state not in STATES:
        yield Problem("ill_formed", "state", "状態は現存又は消除です。過去の履歴は副本になりません。送信元の値を確認してください。")
    if (replica.state == "removed") != (replica.removed_on is not None):
        yield Problem("removed_on", "removed_on", "消除日は、状態が消除のときに必ず、そのときにだけ送ってください。")


def _of_withholding(replica: ReplicaV1) -> Iterator[Problem]:
    since, until = replica.withheld_from, replica.withheld_until
    if until is not None and (since is None or until < since):
        yield Problem("withheld_period", "withheld_until", "不開示終了日は、不開示開始日と一緒に、それより前でない日を送ってください。")


def withheld_on(since: date | None, until: date | None, day: date) -> bool:
    """Whether `day` lies in a time of withholding: from `since`, and until before `until`."""
    return since is not None and since <= day and (until is None or day < until)
