"""交付申請書のCSV — what an applicant filled in elsewhere, read into the choices of the issuing screen. 標準仕様10.8 (N-10.8-03, -05).

The first line names the columns, the second is the application; how the file was made does not matter. What the screen does not have is told, never guessed.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass, field

from daicho.certificates.request import Delivery

KIND, HOUSEHOLD, SHOWN, PURPOSE, DELIVERY, COPIES = "証明書の種類", "世帯全員", "記載する事項", "使用目的", "渡し方", "通数"
COLUMNS = (KIND, HOUSEHOLD, SHOWN, PURPOSE, DELIVERY, COPIES)
_YES = {"はい": True, "1": True, "yes": True, "いいえ": False, "0": False, "no": False, "": False}
_DELIVERIES = {"": Delivery.COUNTER, "窓口": Delivery.COUNTER, "郵送": Delivery.MAIL_TO_RESIDENCE}
_LONGEST = 20_000


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
    text = _decoded(content)
    if text is None:
        return Taken(problems=("文字の読めないファイルです。UTF-8又はシフトJISのCSVを選んでください。",))
    rows = [row for row in csv.reader(io.StringIO(text)) if any(cell.strip() for cell in row)]
    if len(rows) != 2:
        return Taken(problems=("1行目に項目名、2行目に記載事項のある、申請1件のCSVを選んでください。",))
    cells = {name.strip(): value.strip() for name, value in zip(*rows, strict=False)}
    problems = [f"「{name}」という項目は、発行画面にありません。" for name in cells if name not in COLUMNS]
    if len(rows[0]) != len(rows[1]):
        problems.append("項目名の数と記載事項の数が違います。ファイルを確認してください。")
    kind = _code(cells.get(KIND, ""), kinds)
    if kind is None:
        problems.append(f"証明書の種類「{cells[KIND]}」は、発行できる証明書にありません。選び直してください。")
    shown = {word: _code(word, entries) for word in cells.get(SHOWN, "").replace(",", "、").replace(" ", "、").split("、") if word}
    problems += [f"記載する事項「{word}」は、選べる事項にありません。選び直してください。" for word, code in shown.items() if code is None]
    whole, delivery = _YES.get(cells.get(HOUSEHOLD, "")), _DELIVERIES.get(cells.get(DELIVERY, ""))
    if whole is None:
        problems.append("「世帯全員」は、はい・いいえのどちらかです。画面で選び直してください。")
    if delivery is None:
        problems.append("「渡し方」は、窓口・郵送のどちらかです。画面で選び直してください。")
    if cells.get(COPIES, "1") not in ("", "1"):
        problems.append(f"{cells[COPIES]}通の申請です。部数を{cells[COPIES]}にして交付してください。")
    return Taken(
        kind or "", bool(whole), tuple(code for code in shown.values() if code), cells.get(PURPOSE, "")[:200], delivery or Delivery.COUNTER, tuple(problems)
    )


def _decoded(content: bytes) -> str | None:
    """As text; None for what is no text of a known encoding, or too long to be one application."""
    if len(content) > _LONGEST:
        return None
    for encoding in ("utf-8-sig", "cp932"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None


def _code(word: str, names: Mapping[str, str]) -> str | None:
    """The code of a name or of a code; "" for none, None for what is neither."""
    if not word or word in names:
        return word
    return next((code for code, ja in names.items() if ja == word), None)
