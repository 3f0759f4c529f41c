"""転出 — moving to another city: told beforehand, the sheet closes on the day planned. 住民基本台帳法第24条; std 4.1.3.0.1, 4.1.3.0.2, 1.1.5.

What lies in the future is a value (転出予定年月日, 消除日), never a key: the person stays a resident until then (design §4). On the day a
job tells of the removal and records what changes for those who remain (commands/due_removals.py); where the day has come
already, this event does both. A 転入通知 may close earlier and never touches what was planned (events/move_in_notice.py).
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from daicho.residents.rules.changes import Changes, Revision
from daicho.residents.rules.check import check_days, check_filer, check_open, check_overtaken
from daicho.residents.rules.closing import check_closing, closing
from daicho.residents.rules.definitions import IN_HOUSE, Basis, Effect, EventDefinition, Field, FieldKind, Filer, NoticeKind, Notify, Scope
from daicho.residents.rules.filing import Filing
from daicho.residents.rules.filing_fields import EFFECTIVE_ON, FILED_ON, FILER, FILER_NAME
from daicho.residents.rules.problems import Problem, alert, error
from daicho.residents.rules.situation import PersonState, Situation
from daicho.residents.rules.succession import check_successions, successions
from daicho.residents.rules.vocabulary import MOVED_OUT
from daicho.values.municipalities import municipality_name

FIELDS = (
    replace(EFFECTIVE_ON, label="転出予定年月日（異動日）", hint="これからの日も入力できます。例　令和8年4月20日"),
    FILED_ON,
    FILER,
    FILER_NAME,
    Field("planned_municipality_code", "転出先の市区町村", FieldKind.MUNICIPALITY, hint="名前か6桁のコード。例　札幌市中央区", group="転出先（予定）"),
    Field("planned_address", "転出先の住所", FieldKind.TEXT, hint="都道府県から。市区町村までしか決まっていないときは空欄", group="転出先（予定）"),
    Field("planned_address_building", "転出先の方書", FieldKind.TEXT, group="転出先（予定）"),
)
DAYS_AS_A_FILING = 14
"""So many days after the removal it can still be filed; later it is recorded ex officio (N-4.1.3.0.1-02)."""


def _basis(filing: Filing) -> Basis:
    filed, effective = filing.filed_on, filing.effective_on
    late = filed is not None and effective is not None and effective.last < filed - timedelta(days=DAYS_AS_A_FILING)
    return Basis.EX_OFFICIO if late else Basis.FILING


def _closed_on(filing: Filing) -> date:
    assert filing.effective_on is not None
    return filing.effective_on.last


def _is_due(situation: Situation, filing: Filing) -> bool:
    """Whether the day has come, so that nobody lives here any more and the removal is told now."""
    return _closed_on(filing) <= situation.today


def _destination(filing: Filing) -> str | None:
    """転出先住所（予定） as text; to the municipality alone is enough (N-4.1.3.0.2-02)."""
    code = filing.text("planned_municipality_code")
    return filing.text("planned_address") or (municipality_name(code) if code else None)


def _asserts(filing: Filing) -> dict[str, object]:
    assert filing.effective_on is not None
    return {
        "planned_move_out_address": _destination(filing),
        "planned_move_out_building": filing.text("planned_address_building"),
        "planned_move_out_date": _closed_on(filing),
        "planned_move_out_notified_date": filing.filed_on if _basis(filing) is Basis.FILING else None,
        "planned_move_out_reason_code": MOVED_OUT,
        **closing(MOVED_OUT, filing.effective_on, _closed_on(filing)),
    }


def _leavers(situation: Situation, filing: Filing) -> list[PersonState]:
    return [situation.person(m.atena_no) for m in filing.members if m.atena_no is not None]


def _check(situation: Situation, filing: Filing) -> tuple[Problem, ...]:
    found = [*check_days(MOVE_OUT, situation, filing), *check_filer(filing), *check_open(situation, filing), *_check_destination(situation, filing)]
    if not filing.members:
        found.append(error("E301", "members", "転出する人が選ばれていません。1人以上選んでください。"))
    if filing.effective_on is None or any(p.blocks for p in found):
        return tuple(found)
    for index, person in enumerate(_leavers(situation, filing)):
        found += _check_person(situation, filing, person, index)
    if _basis(filing) is Basis.EX_OFFICIO:
        found.append(alert("E306", "filed_on", _LATE))
    return (*found, *check_successions(situation, {p.atena_no for p in _leavers(situation, filing)}))


_LATE = (
    f"届出日が転出の日から{DAYS_AS_A_FILING}日を過ぎています。このまま進めると、届出ではなく職権で記載し、届出日は記録しません。"
    "転出証明書に代えて、転出証明書に準ずる証明書か除票の写しを渡してください（標準仕様4.1.3.0.3）。"
)


def _check_person(situation: Situation, filing: Filing, person: PersonState, index: int) -> list[Problem]:
    if person.entries.closed_on is not None:
        message = "この者の転出の届出は済んでいます。転出先や予定日が変わったときは、先にその転出を取り消してから入力してください。"
        return [error("E305", "person", message, index)]
    assert filing.effective_on is not None
    return [*check_overtaken(situation, person, filing.effective_on, _asserts(filing), index), *check_closing(person, _closed_on(filing), index)]


def _check_destination(situation: Situation, filing: Filing) -> list[Problem]:
    """Not within this city (domain §11); the municipality and the address agree; 空欄 only when somebody says why (N-1.1.5-04)."""
    code, address = filing.text("planned_municipality_code"), filing.text("planned_address")
    if code == situation.municipality_code or (address or "").startswith(situation.city_prefix):
        field = "planned_municipality_code" if code == situation.municipality_code else "planned_address"
        return [error("E302", field, "転出先が本市です。市内の引越しは転居で届け出てもらってください（法第23条）。")]
    if code is None and address is None:
        return [alert("E303", "planned_municipality_code", "転出先が空欄です。特別養子縁組に伴う転出など、空欄にする理由を確かめてください。")]
    if code is not None and address is not None and not address.startswith(municipality_name(code)):
        message = "転出先の住所が、転出先の市区町村から始まっていません。住所は都道府県から入力してください。"
        return [alert("E304", "planned_address", message)]
    return []


def _apply(situation: Situation, filing: Filing) -> Changes:
    assert filing.effective_on is not None
    leavers = _leavers(situation, filing)
    left = tuple(Revision(i, p.atena_no, _asserts(filing)) for i, p in enumerate(leavers))
    if not _is_due(situation, filing):
        return Changes(revisions=left)
    return Changes(revisions=left + successions(situation, {p.atena_no for p in leavers}, filing.effective_on))


MOVE_OUT = EventDefinition(
    code=MOVED_OUT,
    standard_code="国内転出",
    ja="転出",
    article="住民基本台帳法第24条",
    basis=Basis.FILING,
    filed_by=frozenset({Filer.SELF, Filer.HEAD, Filer.AGENT}),
    days_to_file=None,
    fields=FIELDS,
    member_fields=(),
    scope=Scope.CHOSEN,
    effect=Effect.REMOVAL,
    notices=(Notify(NoticeKind.IDENTITY_INFO, when=_is_due), *IN_HOUSE),
    permission="residents:filing:enter",
    check=_check,
    apply=_apply,
    identity_reason=("move_out", "to_municipality"),
    future_day=True,
    basis_of=_basis,
)
