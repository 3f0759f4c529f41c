"""国外転出 — moving out of Japan: planned and closed like a 転出 (leaving.py), to a place that no dictionary of Japan knows. 住民基本台帳法第24条; std 4.1.3.0.2.

No city will tell of a 転入, and no 転出証明書 goes with them: who comes back shows 戸籍 and 附票. Before they leave they may have their
個人番号カード kept in use abroad (番号法第17条; 令和6年5月27日から); without that it ends with the removal. What they chose stays on the filing:
the card itself is dealt with at 統合端末.
"""

from __future__ import annotations

from dataclasses import replace

from daicho.residents.rules.changes import Changes
from daicho.residents.rules.definitions import Field, FieldKind
from daicho.residents.rules.events.move_out import MOVE_OUT
from daicho.residents.rules.filing import Filing
from daicho.residents.rules.leaving import COMMON, Destination, apply_leaving, check_leaving
from daicho.residents.rules.problems import Problem, problem
from daicho.residents.rules.situation import Situation
from daicho.residents.rules.vocabulary import CARDS_ABROAD, KEEPS_CARD, MOVED_OUT_ABROAD

_PLANNED = "転出先（予定）"
FIELDS = (
    *COMMON,
    Field("planned_country", "転出先の国", FieldKind.COUNTRY, required=True, hint="国の名前。例　アメリカ合衆国", group=_PLANNED),
    Field("planned_address", "国外の住所", FieldKind.TEXT, hint="国より下。わかるところまで", group=_PLANNED),
    Field("card", "個人番号カード", FieldKind.CHOICE, required=True, choices=CARDS_ABROAD, group="個人番号カード"),
)
_HOME = frozenset({"日本", "日本国"})


def _destination(filing: Filing) -> Destination:
    """国 and the address below it, as they are to stand on the sheet; nothing of Japan."""
    where = [text for name in ("planned_country", "planned_address") if (text := filing.text(name))]
    nothing = dict.fromkeys(("planned_move_out_building", "planned_move_out_postal_code", "planned_move_out_address_code"))
    return {"planned_move_out_address": "　".join(where) or None, **nothing}


def _check(situation: Situation, filing: Filing) -> tuple[Problem, ...]:
    found: list[Problem] = []
    if filing.text("planned_country") in _HOME:
        found.append(problem("E311", "planned_country"))
    if filing.text("card") == KEEPS_CARD:
        found.append(problem("E312", "card"))
    return check_leaving(MOVE_OUT_ABROAD, situation, filing, _destination(filing), found, late="E313")


def _apply(situation: Situation, filing: Filing) -> Changes:
    return apply_leaving(MOVE_OUT_ABROAD, situation, filing, _destination(filing))


MOVE_OUT_ABROAD = replace(
    MOVE_OUT,
    code=MOVED_OUT_ABROAD,
    standard_code="国外転出",
    ja="転出（国外へ）",
    fields=FIELDS,
    check=_check,
    apply=_apply,
    identity_reason=("move_out", "abroad"),
    certificates=(),
)
