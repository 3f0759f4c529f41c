"""交付申請書のCSV — what an applicant filled in elsewhere, read into the choices of the issuing screen. 標準仕様10.8 (N-10.8-03, -05).

The first line names the columns, the second is the application; how the file was made does not matter. What the screen does not have is told, never guessed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from daicho.certificates.request import Delivery
from daicho.residents.rules.csv_papers import REQUEST_COLUMNS, REQUEST_PAPER, every_paper, must_not_be_of
from daicho.residents.rules.csv_reading import UnreadableFile, read_table, yes_or_no

KIND, HOUSEHOLD, SHOWN, PURPOSE, DELIVERY, COPIES = REQUEST_COLUMNS
_DELIVERIES = {"": Delivery.COUNTER, "窓口": Delivery.COUNTER, "郵送": Delivery.MAIL_TO_RESIDENCE}


@dataclass(frozen=True)
class Taken:
    """What the screen opens with. `problems`: what could not be taken over, as sentences."""

    kind: str = ""
    whole_household: bool = False
    shown: tuple[str, ...] = ()
    purpose: str = ""
    delivery: Delivery = Delivery.COUNTER
    problems: tuple[str, ...] = field(default=())


def read_request(content: bytes, kinds: Mapping[str, str], entries: Mapping[str, str]) -> Taken:
    """`kinds`, `entries`: the names of certificates and of entries to be asked for, by code; the file may use either."""
    try:
        table = read_table(content)
        must_not_be_of(REQUEST_PAPER, table.headings.keys(), every_paper())
    except UnreadableFile as refused:
        return Taken(problems=refused.problems)
    if len(table.lines) != 1:
        return Taken(problems=("1行目に項目名、2行目に記載事項のある、申請1件のCSVを選んでください。",))
    cells = table.lines[0].cells
    problems = [f"「{ja}」という項目は、発行画面にありません。" for key, ja in table.headings.items() if key not in REQUEST_COLUMNS]
    kind = _code(cells.get(KIND, ""), kinds)
    if kind is None:
        problems.append(f"証明書の種類「{cells[KIND]}」は、発行できる証明書にありません。選び直してください。")
    shown = {word: _code(word, entries) for word in cells.get(SHOWN, "").replace(",", "、").replace(" ", "、").split("、") if word}
    problems += [f"記載する事項「{word}」は、選べる事項にありません。選び直してください。" for word, code in shown.items() if code is None]
    whole, delivery = yes_or_no(cells.get(HOUSEHOLD) or "いいえ"), _DELIVERIES.get(cells.get(DELIVERY, ""))
    if whole is None:
        problems.append("「世帯全員」は、はい・いいえのどちらかです。画面で選び直してください。")
    if delivery is None:
        problems.append("「渡し方」は、窓口・郵送のどちらかです。画面で選び直してください。")
    if cells.get(COPIES, "1") not in ("", "1"):
        problems.append(f"{cells[COPIES]}通の申請です。部数を{cells[COPIES]}にして交付してください。")
    return Taken(
        kind or "", bool(whole), tuple(code for code in shown.values() if code), cells.get(PURPOSE, "")[:200], delivery or Delivery.COUNTER, tuple(problems)
    )


def _code(word: str, names: Mapping[str, str]) -> str | None:
    """The code of a name or of a code; "" for none, None for what is neither."""
    if not word or word in names:
        return word
    return next((code for code, ja in names.items() if ja == word), None)
