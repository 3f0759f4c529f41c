"""他市町村の市町村CS — takes 転入通知 and 戸籍附票記載事項通知, answers what it certified of those who moved out, and what a copy of its residents bears.

住民基本台帳法第9条第1項, 第12条の4, 第19条第1項, 第24条の2; G-10, G-11, G-23.

Plays every other municipality of the country. It knows the made-up people of move_outs.json, and whomever it is told of by POST /_known:

    {"certificates": [{"certificate": {items of layouts/move_out_certificate.csv}, "people": [{items of layouts/move_out_person.csv}]}]}

A certificate without 転出予定年月日 gets yesterday's, so that a demo does not grow old. Its residents are those of wide_area.json, and whomever it is
told of by POST /_residents: {"copies": [{"copy": {items of layouts/wide_area_copy.csv}, "people": [{items of layouts/wide_area_person.csv}]}]}, with
every item, of which a question gets what it asks for; a copy with `"held_back": true` is refused.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any  # JSON

from simulators import layouts
from simulators.counterpart import Counterpart, Reply
from simulators.moment import Clock
from simulators.sending import CannotSend

_KNOWN = Path(__file__).with_name("move_outs.json")
_RESIDENTS = Path(__file__).with_name("wide_area.json")
_ASKED_FOR = {
    "with_relationship": ("relationship",),
    "with_juminhyo_code": ("juminhyo_code",),
    "with_individual_number": ("individual_number",),
    "with_residence_items": (
        "nationality", "article_30_45_class_code", "residence_status", "residence_period", "residence_expiry_date", "residence_card_no",
    ),
}  # fmt: skip
_PLANNED = "planned_move_out_date"


class OtherCity(Counterpart):
    """Refuses a notice that is addressed to the city it comes from. A question is answered as often as it is asked, and nothing of it is kept."""

    name = "other_city"
    layouts_by_path: Mapping[str, str] = {
        "/v1/move-in-notices": "move_in_notice", "/v1/fuhyo-notices": "fuhyo_notice", "/v1/move-out-certificates": "move_out_request",
        "/v1/wide-area-copies": "wide_area_request",
    }  # fmt: skip

    def __init__(self, folder: Path, layouts_dir: Path, clock: Clock) -> None:
        self._certificate, self._person = (layouts.read(layouts_dir, name) for name in ("move_out_certificate", "move_out_person"))
        self._asked: list[dict[str, object]] = []
        self._certified: list[Mapping[str, Any]] = []
        self._residents: list[Mapping[str, Any]] = []
        self._copy, self._of_copy = (layouts.read(layouts_dir, name) for name in ("wide_area_copy", "wide_area_person"))
        super().__init__(folder, layouts_dir, clock)
        self._learn_all()

    def _learn_all(self) -> None:
        self.teach(json.loads(_KNOWN.read_text("utf-8")))
        self.tell_residents(json.loads(_RESIDENTS.read_text("utf-8")))

    @property
    def orders(self) -> Mapping[str, Callable[[object], object]]:
        return {"/_known": self.teach, "/_residents": self.tell_residents}

    # --- 転入通知, 戸籍附票記載事項通知 --------------------------------------------------------------------------------------------------------

    def judge(self, layout_name: str, items: Mapping[str, object]) -> Reply | None:
        if items["addressee_municipality_code"] == items["municipality_code"]:
            return Reply("L04", str(items["request_control_no"]), ("addressee_municipality_code",))
        return None

    # --- 転出証明書情報 --------------------------------------------------------------------------------------------------

    def asked(self, sender: str, layout_name: str, items: Mapping[str, object]) -> Reply | None:
        if layout_name == "wide_area_request":
            return self._asked_for_a_copy(sender, items)
        if layout_name != "move_out_request":
            return None
        control_no = str(items["request_control_no"])
        told = {name: items[name] for name in ("request_control_no", "addressee_municipality_code", "purpose", "deadline")}
        self._asked.append({"sender": sender, "at": self.clock.instant(), **told})
        for known in reversed(self._certified):  # what it was told last is what holds
            of_that_city = known["certificate"]["former_municipality_code"] == items["addressee_municipality_code"]
            if of_that_city and any(_is_asked_for(person, items) for person in known["people"]):
                return Reply("A00", control_no, answer=known | {"certificate": self._dated(known["certificate"])})
        return Reply("L13", control_no)

    def _asked_for_a_copy(self, sender: str, items: Mapping[str, object]) -> Reply:
        """法12条の4: of who stands at the other counter, alone or with the household, what was asked for and nothing else."""
        control_no = str(items["request_control_no"])
        told = {name: items[name] for name in ("request_control_no", "addressee_municipality_code", "whole_household", "purpose", "deadline")}
        self._asked.append({"sender": sender, "at": self.clock.instant(), **told})
        for known in reversed(self._residents):
            lives_there = known["copy"]["municipality_code"] == items["addressee_municipality_code"]
            own = [person for person in known["people"] if _is_asked_for(person, items)]
            if lives_there and own:
                if known.get("held_back"):
                    return Reply("L32", control_no)
                people = known["people"] if items["whole_household"] else own
                copy = {**known["copy"], "whole_household": items["whole_household"]}
                if not items["with_relationship"]:
                    copy["head_name"] = None
                return Reply("A00", control_no, answer={"copy": copy, "people": [_without(person, items) for person in people]})
        return Reply("L31", control_no)

    def tell_residents(self, order: object) -> Mapping[str, object]:
        """POST /_residents. CannotSend says what is wrong with it."""
        told = order.get("copies") if isinstance(order, Mapping) else None
        if not isinstance(told, list):
            raise CannotSend('it is told as {"copies": [{"copy": {…}, "people": [{…}]}]}')
        for each in told:
            try:
                faults = [*self._copy.faults(each["copy"]), *(fault for person in each["people"] for fault in self._of_copy.faults(person))]
            except (KeyError, TypeError, AttributeError):
                raise CannotSend("a copy has `copy` and `people`, each with every item of its layout") from None
            if faults or not each["people"]:
                raise CannotSend(f"not as the layouts have it: {[(fault.item, fault.code) for fault in faults]}")
        with self._lock:
            self._residents += told
        return {"known": len(self._residents)}

    def spoilt(self, reply: Reply, kind: str) -> Reply:
        assert reply.answer is not None
        if kind == "wrong_question":
            return replace(reply, control_no=reply.control_no[::-1])
        if kind == "wrong_person":
            known = self._residents if "copy" in reply.answer else self._certified
            others = next(each for each in known if each["people"] != reply.answer["people"])
            return replace(reply, answer={**reply.answer, "people": others["people"]})
        if kind == "ill_formed":
            return replace(reply, answer={name: each for name, each in reply.answer.items() if name != "people"})
        return reply

    def teach(self, order: object) -> Mapping[str, object]:
        """POST /_known. CannotSend says what is wrong with it."""
        told = order.get("certificates") if isinstance(order, Mapping) else None
        if not isinstance(told, list):
            raise CannotSend('it is told as {"certificates": [{"certificate": {…}, "people": [{…}]}]}')
        for each in told:
            try:
                faults = self._certificate.faults(self._dated(each["certificate"]))
                faults = faults + [fault for person in each["people"] for fault in self._person.faults(person)]
            except (KeyError, TypeError, AttributeError):
                raise CannotSend("a certificate has `certificate` and `people`, each with every item of its layout") from None
            if faults or not each["people"]:
                raise CannotSend(f"not as the layouts have it: {[(fault.item, fault.code) for fault in faults]}")
        with self._lock:
            self._certified += told
        return {"known": len(self._certified)}

    def _dated(self, certificate: Mapping[str, Any]) -> Mapping[str, Any]:
        if certificate[_PLANNED] is not None:
            return certificate
        yesterday = datetime.fromisoformat(self.clock.instant()).date() - timedelta(days=1)
        return {**certificate, _PLANNED: f"{yesterday:%Y%m%d}"}

    # --- looking in from outside ----------------------------------------------------------------------------------------

    def received(self) -> dict[str, object]:
        return {**super().received(), "asked": list(self._asked)}

    def reset(self) -> None:
        self._asked, self._certified, self._residents = [], [], []
        super().reset()
        self._learn_all()


def _is_asked_for(person: Mapping[str, object], items: Mapping[str, object]) -> bool:
    """By whichever of the two numbers was read from the card."""
    return any(items[name] is not None and person[name] == items[name] for name in ("juminhyo_code", "individual_number"))


def _without(person: Mapping[str, object], items: Mapping[str, object]) -> Mapping[str, object]:
    """The person without what was not asked for."""
    left_out = {name for flag, names in _ASKED_FOR.items() if not items[flag] for name in names}
    return {name: None if name in left_out else value for name, value in person.items()}
