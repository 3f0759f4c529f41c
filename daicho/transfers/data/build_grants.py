"""移転の一覧 — writes departments.csv and offered_grants.csv from the list of 移転先 that was read out of the assessment. D-01…D-15.

    python -m daicho.transfers.data.build_grants transfers.csv

Run by hand when a new assessment is published, and looked at: what is offered is a proposal, which an officer enters and another approves.
"""

import csv
import sys
from pathlib import Path

HERE = Path(__file__).parent
CODES = {
    "財政部 市民税課": "0401", "財政部 資産税課": "0402", "財政部 納税課": "0403", "福祉保険部 保険年金課": "1301", "福祉保険部 介護保険課": "1302",
    "福祉保険部 保険収納課": "1303", "福祉保険部 福祉総合相談室": "1304", "福祉保険部 生活支援第1課、生活支援第2課": "1305",
    "こども未来部 子育て支援課": "1401", "こども未来部 こども福祉課": "1402", "こども未来部 こども家庭課": "1403", "建設部 建築住宅課": "1501",
    "保健所 健康増進課": "1601", "保健所 保健総務課": "1602", "教育委員会 学校教育支援室": "1701",
}  # fmt: skip
"""Ids of our own: the assessment has numbers, which were given anew twice, and names, which change (D-R3)."""
ELECTORAL = ("1801", "選挙管理委員会事務局", "", "2021-11-02")  # no 移転先 of the assessment, but it writes item 43
SINCE = "2021-11-02"  # the day of the change that the assessment's history tells (H-16)

NAMED = "name_kanji name_kana birth_date sex_code address_postal_code address address_building event_reason_code event_date resident_state_code removed_on"
"""住所、氏名、生年月日、性別, and what happened: 「等」 is no licence for more (D-R2)."""
HOUSEHOLD = "household_no relationship householder_name"
BY_HOUSEHOLD = (
    "国民健康保険関係事務", "後期高齢者医療制度関係事務", "介護保険関係事務", "国民健康保険料の", "介護保険料の", "後期高齢者医療保険料の", "保育所入退所", "教育・保育給付",
    "児童扶養手当の支給", "児童手当又は特例給付", "福祉医療の助成", "生活保護", "公営住宅", "改良住宅", "要保護及び準要保護",
)  # fmt: skip
"""Purposes that go by the household: who pays, whose income counts."""

WRITES = (
    ("1301", "W01", "国民健康保険の資格の記載", "resident_act_7_10", "nhi_qualified_flag nhi_acquired_date nhi_lost_date nhi_retiree_class_code nhi_not_applicable_flag"),
    ("1301", "W02", "国民年金の資格の記載", "resident_act_7_11", "np_qualified_flag basic_pension_number np_category_code np_acquired_date np_category_changed_date np_lost_date"),
    ("1301", "W03", "後期高齢者医療の資格の記載", "resident_act_7_10_2", "late_elderly_qualified_flag late_elderly_acquired_date late_elderly_lost_date"),
    ("1302", "W04", "介護保険の資格の記載", "resident_act_7_10_3", "ltc_qualified_flag ltc_acquired_date ltc_lost_date"),
    ("1402", "W05", "児童手当の受給の記載", "resident_act_7_11_2", "child_allowance_start_date child_allowance_end_date"),
    ("1801", "W06", "選挙人名簿の登録の記載", "resident_act_7_9", "electoral_roll_flag"),
)  # fmt: skip
CAUTION = "条例による助成は、通例、番号法第9条第2項の事務です。評価書は第9条第1項別表としています。移転先に根拠を確かめてから申請してください。"


def main() -> None:
    with Path(sys.argv[1]).open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    names = dict.fromkeys((CODES[row["department_ja"]], row["department_ja"].replace(" ", "　"), row["transfer_no"], SINCE) for row in rows)
    _write("departments.csv", ("code", "name", "transfer_no", "valid_from"), [*names, ELECTORAL])
    offered = [_read(f"{no:03}", row) for no, row in enumerate(rows, 1)]
    offered += [(code, no, ja, "write", basis, items, "residents", "real_time", "") for code, no, ja, basis, items in WRITES]
    columns = ("department_code", "purpose_code", "purpose_ja", "direction", "basis_code", "items", "scope", "method", "caution")
    _write("offered_grants.csv", columns, offered)


def _read(purpose_code: str, row: dict[str, str]) -> tuple[str, ...]:
    if not row["information_ja"].startswith("住所、氏名、生年月日、性別") or "2. ③" not in row["scope_of_persons"] or row["method"] != "庁内連携システム":
        raise SystemExit(f"移転先{row['transfer_no']}の{row['purpose_no']}: 情報、範囲又は方法がこれまでと違います")
    purpose = row["purpose_ja"]
    items = f"{NAMED} {HOUSEHOLD}" if any(word in purpose for word in BY_HOUSEHOLD) else NAMED
    caution = CAUTION if purpose.startswith("福祉医療の助成") else ""
    return CODES[row["department_ja"]], purpose_code, purpose, "read", "number_act_9_1_table", items, "file_one", "real_time", caution


def _write(name: str, columns: tuple[str, ...], rows: list[tuple[str, ...]]) -> None:
    with (HERE / name).open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows(rows)


if __name__ == "__main__":
    main()
