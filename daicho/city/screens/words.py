"""市の設定の言葉 — how a period, an outcome and a thing's entries are told. 標準1.3."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from daicho.city.kinds import Value
from daicho.city.proposals import ProposalView
from daicho.city.queries import Period
from daicho.city.rules import ABOUT_JA, CERTIFIERS_JA, About, shown
from daicho.ui.dates import moment, wareki_text
from daicho.ui.forms import BoundForm, FieldSpec, Kind, Problem, Width
from daicho.values.dates import BadDate, JapaneseDate

OUTCOMES: Mapping[str, tuple[str, str]] = {
    "": ("waiting", "承認待ち"), "approved": ("success", "承認"), "declined": ("error", "却下"), "withdrawn": ("neutral", "取下げ"),
}  # fmt: skip
ON = FieldSpec("on", "基準日", Kind.DATE, width=Width.MEDIUM, hint="その日の内容を表示します。空欄は本日です。")
LED = "この内容は住民記録のシステムで変更します。変更はここに1分以内に反映されます。"


def period_ja(valid_from: date, valid_to: date | None) -> str:
    """「令和8年4月1日から令和8年4月20日まで」."""
    return f"{wareki_text(valid_from)}から{wareki_text(valid_to) + 'まで' if valid_to else ''}"


def title_of(about: About, key: str, name: str = "") -> str:
    """「駅前サービスセンター（ekimae）」, 「職務代理者」; a setting is called by its own name."""
    if about is About.CERTIFIER:
        return CERTIFIERS_JA.get(key, key)
    return f"{ABOUT_JA[about]}　{name}（{key}）" if name else f"{ABOUT_JA[about]}（{key}）"


def entries_of(about: About, key: str, given: Mapping[str, Value] | None, offices: Mapping[str, str]) -> list[tuple[str, str]]:
    """Each entry with its text; an office's code together with its name."""
    return [(ja, f"{offices[text]}（{text}）" if ja == "入力場所" and text in offices else text) for ja, text in shown(about, key, given)]


def summary_of(about: About, key: str, given: Mapping[str, Value] | None, offices: Mapping[str, str]) -> str:
    """The entries in one line of a list; 「廃止」 where there will be nothing."""
    if given is None:
        return "廃止"
    return "　".join(text for ja, text in entries_of(about, key, given, offices) if text and ja != "並び順")


def period_rows(about: About, key: str, periods: Iterable[Period], today: date, offices: Mapping[str, str]) -> list[dict[str, object]]:
    """The periods of one thing, newest first, each with whether it is over, holds or is planned."""
    rows = []
    for period in sorted(periods, key=lambda one: (one.valid_from, one.no), reverse=True):
        state = ("info", "予定") if period.valid_from > today else ("neutral", "終了") if period.valid_to and period.valid_to < today else ("success", "有効")
        rows.append({"period": period_ja(period.valid_from, period.valid_to), "summary": summary_of(about, key, period.given, offices), "state": state})
    return rows


def proposal_row(view: ProposalView, offices: Mapping[str, str]) -> dict[str, object]:
    """A proposal as lists show it."""
    change = view.change
    decided = f"{view.decided_by}　{moment(view.decided_at)}" if view.decided_at else ""
    return {
        "no": view.no, "name": change.name_ja, "summary": summary_of(change.about, change.key, change.given, offices), "state": OUTCOMES[view.outcome],
        "period": period_ja(change.valid_from, change.valid_to), "proposed": f"{view.proposed_by}　{moment(view.proposed_at)}", "decided": decided,
        "about": ABOUT_JA[change.about],
    }  # fmt: skip


def read_day(form: BoundForm, name: str) -> tuple[date | None, tuple[Problem, ...]]:
    """The day typed in a field; None when it is empty, or with a problem when it is none of the calendar."""
    text = form.value(name)
    try:
        return (JapaneseDate.parse(text).certain() if text else None), ()
    except BadDate as problem:
        return None, (Problem(name, str(problem)),)
