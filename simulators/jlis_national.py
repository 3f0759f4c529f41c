"""全国サーバ（機構） — gives 個人番号 and 住民票コード from pools of made-up ones, by messages of its own. 番号法第8条; 法第30条の2; G-12, G-13.

The first number of a 住民票コード stays its number however often it is asked for; a 変更 takes the next of the pool. The same request again is answered
again as before. Whoever plays the demo may let answers wait or be refusals (POST /_answers):

    {"mode": "give"}      as it is at first; what was held is given now
    {"mode": "hold"}      nothing is answered until then
    {"mode": "refuse", "reason_ja": "該当する住民票コードがありません。"}
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any  # JSON

from simulators.counterpart import Counterpart, Reply
from simulators.moment import Clock
from simulators.sending import CannotSend
from simulators.store import Lines

MODES = frozenset({"give", "hold", "refuse"})
FIRST_OF_POOL = 9_900_000  # of the made-up people, the last hundred thousand: synthetic cities have the first
FIRST_CODE_OF_POOL = 9_800_000
_WEIGHTS = (6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2)
log = logging.getLogger("simulators")


class JlisNational(Counterpart):
    """Refuses a 変更 that names another old number than it gave."""

    name = "jlis_national"
    layouts_by_path: Mapping[str, str] = {"/v1/number-requests": "number_request", "/v1/code-stock-requests": "code_stock_request"}

    def __init__(self, folder: Path, layouts_dir: Path, clock: Clock) -> None:
        self._given = Lines(folder / self.name / "numbers.jsonl")
        self._codes = Lines(folder / self.name / "codes.jsonl")
        self._answering: dict[str, str] = {"mode": "give"}
        self._held: list[tuple[str, Mapping[str, Any]]] = []
        super().__init__(folder, layouts_dir, clock)

    @property
    def orders(self) -> Mapping[str, Callable[[object], object]]:
        return {"/_answers": self.answer_as_told}

    def answer_as_told(self, order: object) -> Mapping[str, object]:
        """POST /_answers. CannotSend says what is wrong with it."""
        if not isinstance(order, Mapping) or order.get("mode") not in MODES or set(order) - {"mode", "reason_ja"}:
            raise CannotSend(f'it is told as {{"mode": …}}, one of {", ".join(sorted(MODES))}, and to refuse "reason_ja"')
        with self._lock:
            self._answering = {name: str(text) for name, text in order.items()}
            due, self._held = (self._held, []) if order["mode"] == "give" else ([], self._held)
        for sender, items in due:
            self._answer(sender, items)
        return {"answered": len(due)}

    def judge(self, layout_name: str, items: Mapping[str, object]) -> Reply | None:
        if layout_name == "code_stock_request":
            return None
        newest, old = self._newest(str(items["juminhyo_code"])), items["old_individual_number"]
        if old is not None and newest is not None and newest != old:
            return Reply("L14", str(items["request_control_no"]), ("old_individual_number",))
        return None

    def kept(self, sender: str, layout_name: str, items: Mapping[str, object]) -> None:
        if layout_name == "code_stock_request":
            self._give_codes(sender, items)
        elif self._answering["mode"] == "hold":
            self._held.append((sender, dict(items)))
        else:
            self._answer(sender, dict(items))

    kept_again = kept

    def _answer(self, to: str, items: Mapping[str, Any]) -> None:
        refuses = self._answering["mode"] == "refuse"
        body = {
            "request_control_no": items["request_control_no"], "municipality_code": items["municipality_code"], "juminhyo_code": items["juminhyo_code"],
            "individual_number": None if refuses else self._number(items),
            "reason_ja": self._answering.get("reason_ja", "該当する住民票コードがありません。") if refuses else "",
        }  # fmt: skip
        envelope = self.sender.envelope(to, "number_answer", 1, body)
        threading.Thread(target=self.sender.hand_over, args=(to, envelope), daemon=True).start()

    def _give_codes(self, to: str, items: Mapping[str, Any]) -> None:
        """So many 住民票コード as were asked for; the same again for the same request."""
        control_no, count = str(items["request_control_no"]), int(items["count"])
        with self._lock:
            known = next((line["juminhyo_codes"] for line in self._codes.lines if line["request_control_no"] == control_no), None)
            if known is None:
                first = FIRST_CODE_OF_POOL + sum(len(line["juminhyo_codes"]) for line in self._codes.lines)
                known = [made_up_code(index) for index in range(first, first + count)]
                self._codes.keep({"request_control_no": control_no, "juminhyo_codes": known})
        body = {"request_control_no": control_no, "municipality_code": items["municipality_code"], "juminhyo_codes": known}
        threading.Thread(target=self.sender.hand_over, args=(to, self.sender.envelope(to, "stocked_codes", 1, body)), daemon=True).start()

    def _number(self, items: Mapping[str, Any]) -> str:
        """What was given for this request or, of a first number, for this 住民票コード; else the next of the pool."""
        code, control_no = str(items["juminhyo_code"]), str(items["request_control_no"])
        with self._lock:
            for line in self._given.lines:
                if line["request_control_no"] == control_no:
                    return str(line["individual_number"])
            number = self._newest(code) if items["old_individual_number"] is None else None
            if number is None:
                number = made_up_number(FIRST_OF_POOL + len(self._given.lines))
            self._given.keep({"request_control_no": control_no, "juminhyo_code": code, "individual_number": number})
            return number

    def _newest(self, code: str) -> str | None:
        return next((str(line["individual_number"]) for line in reversed(self._given.lines) if line["juminhyo_code"] == code), None)

    def received(self) -> dict[str, object]:
        return super().received() | {"numbers": list(self._given.lines)}

    def reset(self) -> None:
        self._given.reset()
        self._codes.reset()
        self._answering, self._held = {"mode": "give"}, []
        super().reset()


def made_up_number(index: int) -> str:
    """個人番号 of a made-up person, by the rule of 番号法施行令8条 and with the mark that no real city's load should bear (values/made_up.py)."""
    return _with_check_digit(f"9999{_seven(index)}")


def made_up_code(index: int) -> str:
    """住民票コード of a made-up person, marked likewise."""
    return _with_check_digit(f"999{_seven(index)}")


def _seven(index: int) -> str:
    return f"{(index * 6_180_339 + 2_718_281) % 10_000_000:07d}"


def _with_check_digit(body: str) -> str:
    rest = sum(int(digit) * weight for digit, weight in zip(body, _WEIGHTS[-len(body) :], strict=True)) % 11
    return f"{body}{0 if rest <= 1 else 11 - rest}"
