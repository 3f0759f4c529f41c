"""宛名の照会と付番依頼 — a department's system asks atena for the integrated number and the basic items of one person. 番号法第9条第1項 別表; G-30, S4-01, S4-03.

Nothing but basic items comes back, and no 個人番号: who may know it named it (F-1-07).
"""

from dataclasses import dataclass
from datetime import date, datetime

from daicho.contracts.base import contract


@dataclass(frozen=True)
class AtenaBasics:
    """5情報 of one person."""

    name: str | None  # 氏名
    name_furigana: str | None  # 氏名の振り仮名
    birth_date: str  # 生年月日, JapaneseDate.encode()
    sex_code: str  # 性別
    address: str  # 住所 (with 方書)


@contract("atena_question", version=1, category="question")
@dataclass(frozen=True)
class AtenaQuestionV1:
    """An inquiry names the person by 個人番号 or by the affair's own 宛名番号, by one of them.

    A request for numbering (付番依頼) carries the 5情報 as the affair holds them, the affair's 宛名番号, and the 個人番号 if it is known:
    the person's number is found or made, and the affair's 宛名番号 is joined to it.
    """

    question_id: str
    purpose: str  # 利用目的, recorded at both ends
    deadline: datetime
    department_code: str  # 部署コード
    affair_code: str  # 事務コード: whose 宛名番号 it is, and by what right it is asked (番号法別表)
    atena_no: str | None  # 宛名番号 of that affair
    individual_number: str | None  # 個人番号
    basics: AtenaBasics | None


@contract("atena_answer", version=1, category="answer")
@dataclass(frozen=True)
class AtenaAnswerV1:
    """Only `found` and `numbered` name a person.

    `result`: found 登録済み | numbered 新規付番 | not_found 該当なし | number_differs 登録の個人番号と異なる (changed since, or wrong) |
    in_doubt 個人番号の重複を確認中 (a clerk of atena decides; ask again later).
    """

    question_id: str
    result: str
    integrated_atena_no: str | None  # 団体内統合宛名番号, 15 digits
    basics: AtenaBasics | None
    state: str | None  # current 現存 | removed 消除 | unregistered 住民基本台帳に記録のない者
    removed_on: date | None  # 消除日
