"""通称の記載・削除 — a name by which a foreign resident is known here, on petition, with the municipality and the day. 令第30条の16, 第30条の17; items 114–119."""

from __future__ import annotations

from dataclasses import replace

from daicho.residents.rules.correcting import correctable
from daicho.residents.rules.filing import Filing
from daicho.residents.rules.problems import Problem, problem
from daicho.residents.rules.regrouping import going
from daicho.residents.rules.situation import Situation
from daicho.residents.rules.vocabulary import FOREIGN

ALIAS = tuple(replace(field, clearable=False, required=field.name == "foreign_alias", hint="") for field in correctable("foreign_alias", "foreign_alias_kana"))


def said_of_entry(situation: Situation, filing: Filing) -> list[dict[str, object]]:
    """通称, and that it was entered here on the day of 申出 (令30条の17第1号)."""
    assert filing.filed_on is not None or filing.effective_on is not None
    return [
        {
            "foreign_alias": member.text("foreign_alias"),
            "foreign_alias_kana": member.text("foreign_alias_kana"),
            "alias_history_order": (person.entries.alias_history_order or 0) + 1,
            "alias_history_alias": member.text("foreign_alias"),
            "alias_history_entered_municipality": situation.city_prefix,
            "alias_history_entered_municipality_code": situation.municipality_code,
            "alias_history_entered_date": filing.effective_on.last if filing.effective_on else None,
            "alias_history_deleted_municipality": None,
            "alias_history_deleted_municipality_code": None,
            "alias_history_deleted_date": None,
        }
        for member, person in going(situation, filing)
    ]


def said_of_deletion(situation: Situation, filing: Filing) -> list[dict[str, object]]:
    """No 通称 any more; where and when it was entered and deleted stays to be certified (令30条の17第2号)."""
    deleted_on = filing.effective_on.last if filing.effective_on else None
    gone: dict[str, object] = {"foreign_alias": None, "foreign_alias_kana": None, "foreign_alias_kana_confirmed": None}
    there = {
        "alias_history_deleted_municipality": situation.city_prefix,
        "alias_history_deleted_municipality_code": situation.municipality_code,
        "alias_history_deleted_date": deleted_on,
    }
    return [{**gone, "alias_history_alias": person.entries.foreign_alias, **there} for _, person in going(situation, filing)]


def check_entry(situation: Situation, filing: Filing) -> list[Problem]:
    """One at a time, of a foreign resident, used in daily life: papers are seen (令30条の16第1項)."""
    found = []
    for index, (_, person) in enumerate(going(situation, filing)):
        if person.entries.resident_kind != FOREIGN:
            found.append(problem("Y201", "person", index))
        elif person.entries.foreign_alias is not None:
            found.append(problem("Y202", "foreign_alias", index))
    if not filing.values.get("papers_seen"):
        found.append(problem("Y211", "papers_seen"))
    return found


def check_deletion(situation: Situation, filing: Filing) -> list[Problem]:
    people = enumerate(going(situation, filing))
    return [problem("Y203", "person", i) for i, (_, p) in people if p.entries.foreign_alias is None]
