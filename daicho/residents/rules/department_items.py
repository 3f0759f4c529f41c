"""個別記載事項 — the entries that departments write, what may be said in them, and that nobody else writes them. 住民基本台帳法第7条第9号–第11号の2; F-1-04, D-R6."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from daicho.contracts.department_items_v1 import WrittenItem
from daicho.residents.rules.changes import Changes
from daicho.residents.rules.definitions import EventDefinition, Field, FieldKind
from daicho.residents.rules.entries import ENTRIES, Kind, SheetEntries, Writer
from daicho.residents.rules.problems import Problem, problem
from daicho.residents.rules.situation import Situation
from daicho.values.numbers import BasicPensionNo

DEPARTMENTS_ENTRIES = frozenset(name for name, entry in ENTRIES.items() if entry.writer is Writer.DEPARTMENT)
"""Items 30–49 of file (1)."""

_CHOICES = {
    "nhi_retiree_class_code": (("0", "該当しない"), ("1", "退職被保険者本人"), ("2", "退職被保険者の被扶養者")),
    "np_category_code": (("1", "第1号被保険者"), ("2", "第2号被保険者"), ("3", "第3号被保険者"), ("4", "任意加入被保険者")),
}
CATEGORIES_OF_PENSION = dict(_CHOICES["np_category_code"])
_KINDS = {Kind.FLAG: FieldKind.FLAG, Kind.DATE: FieldKind.DATE, Kind.CODE: FieldKind.CHOICE, Kind.NUMBER: FieldKind.BASIC_PENSION_NUMBER}
MONTHS = frozenset({"child_allowance_start_date", "child_allowance_end_date"})
"""年月 without a day (法7条11号の2): kept as its first day, shown without it."""
ENTRY_FIELDS = tuple(
    Field(name, entry.ja, _KINDS[entry.kind], choices=_CHOICES.get(name, ())) for name, entry in ENTRIES.items() if name in DEPARTMENTS_ENTRIES
)
"""What a notice of a department may say, and nothing else (F-1-04)."""

_FIELDS = {field.name: field for field in ENTRY_FIELDS}
_QUALIFICATIONS = ("nhi", "np", "ltc", "late_elderly")


def read_items(items: Iterable[WrittenItem]) -> tuple[dict[str, object], list[Problem]]:
    """The values that a notice asserts, typed, and every reason why one of them cannot be read."""
    values: dict[str, object] = {}
    found: list[Problem] = []
    for item in items:
        field = _FIELDS.get(item.entry)
        if field is None:
            found.append(problem("G001", item.entry[:60]))
        elif item.entry in values:
            found.append(problem("G002", item.entry, label=field.label))
        else:
            try:
                values[item.entry] = _typed(field, item.value)
            except ValueError:
                found.append(problem("G003", item.entry, label=field.label))
    return values, found


def _typed(field: Field, text: str | None) -> object:
    if text is None:
        return None
    if field.kind is FieldKind.DATE:
        day = date.fromisoformat(f"{text}-01" if field.name in MONTHS and len(text) == len("2018-04") else text)
        return day.replace(day=1) if field.name in MONTHS else day
    if field.kind is FieldKind.BASIC_PENSION_NUMBER:
        return str(BasicPensionNo.parse(text))
    allowed: Mapping[str, object] = {"1": True, "0": False} if field.kind is FieldKind.FLAG else {code: code for code, _ in field.choices}
    if text not in allowed:
        raise ValueError(field.name)
    return allowed[text]


def check_qualifications(after: SheetEntries, today: date) -> list[Problem]:
    """資格の有無 and its days must say the same of each insurance, and 児童手当 must not end before it began (法7条10号–11号の2)."""
    found = [one for name in _QUALIFICATIONS for one in _check_qualification(name, after, today)]
    if after.nhi_qualified_flag and after.nhi_not_applicable_flag:
        found.append(problem("G014", "nhi_not_applicable_flag"))
    began, ended = after.child_allowance_start_date, after.child_allowance_end_date
    if ended is not None and (began is None or ended < began):
        found.append(problem("G015", "child_allowance_end_date"))
    return found


def _check_qualification(name: str, after: SheetEntries, today: date) -> list[Problem]:
    qualified, acquired, lost = (getattr(after, f"{name}_{part}") for part in ("qualified_flag", "acquired_date", "lost_date"))
    ja = ENTRIES[f"{name}_qualified_flag"].ja.removesuffix("資格有無")
    found: list[Problem] = []
    if qualified and acquired is None:
        found.append(problem("G010", f"{name}_acquired_date", insurance=ja))
    if qualified and lost is not None:
        found.append(problem("G011", f"{name}_lost_date", insurance=ja))
    if lost is not None and (acquired is None or lost < acquired):
        found.append(problem("G012", f"{name}_lost_date", insurance=ja))
    if acquired is not None and acquired > today:
        found.append(problem("G013", f"{name}_acquired_date", insurance=ja))
    return found


def only_of_departments(asserts: Mapping[str, object] | None) -> bool:
    """Whether a version says 個別記載事項 and nothing else."""
    return asserts is not None and bool(asserts) and asserts.keys() <= DEPARTMENTS_ENTRIES


def written_by_others(definition: EventDefinition | None, situation: Situation, changes: Changes) -> frozenset[str]:
    """Entries that the event asserts and that are not its to write: none, or the program is wrong. A new sheet of someone known may carry them over."""
    asserted = {name for revision in changes.revisions for name in revision.asserts}
    if definition is not None and definition.of_departments:
        return frozenset(asserted - DEPARTMENTS_ENTRIES) | frozenset(name for opening in changes.openings for name in ENTRIES if getattr(opening.entries, name))
    blank = SheetEntries()
    for opening in changes.openings:
        known = situation.persons[opening.atena_no].entries if opening.atena_no is not None else blank
        asserted |= {name for name in DEPARTMENTS_ENTRIES if getattr(opening.entries, name) not in (None, getattr(known, name))}
    return frozenset(asserted & DEPARTMENTS_ENTRIES)
