"""辞書の変更の承認 — what waits for another officer, and one change: added, changed and ended rows with before and after. 標準1.3.3, 1.3.4."""

from __future__ import annotations

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from daicho import audit
from daicho.city import dictionary_changes as commands
from daicho.city.dictionaries import Dictionary, table
from daicho.city.dictionary_queries import decided_changes, find_change, residents_concerned, waiting_changes
from daicho.city.differences import Difference
from daicho.city.models import DictionaryChange
from daicho.city.permissions import CityPermission
from daicho.city.screens.deciding import REASON, decide, decision_facts
from daicho.city.screens.dictionary_words import counts_ja, entries, listed, summary
from daicho.city.screens.words import OUTCOMES
from daicho.outbox.leading import is_led
from daicho.staff.queries import actor_of
from daicho.ui.dates import moment, wareki_text
from daicho.ui.forms import BoundForm

SHOWN = 300


@require_GET
def dictionary_changes(request: HttpRequest) -> HttpResponse:
    """Waiting, oldest first, and the last that were decided."""
    audit.require(actor_of(request), CityPermission.SETTING_READ)
    context = {"waiting": [listed(one) for one in waiting_changes()], "decided": [listed(one) for one in decided_changes()]}
    return render(request, "city/dictionary_changes.html", context)


@require_GET
def dictionary_change(request: HttpRequest, no: int) -> HttpResponse:
    audit.require(actor_of(request), CityPermission.SETTING_READ)
    return _page(request, no, BoundForm((REASON,), {}))


@require_POST
def approve_dictionary(request: HttpRequest, no: int) -> HttpResponse:
    return _decide(request, no, lambda: commands.approve(actor_of(request), no), "承認しました。適用日から変わります。")


@require_POST
def decline_dictionary(request: HttpRequest, no: int) -> HttpResponse:
    form = BoundForm((REASON,), request.POST)
    return _decide(request, no, lambda: commands.decline(actor_of(request), no, form.value("reason")), "却下しました。", form)


@require_POST
def withdraw_dictionary(request: HttpRequest, no: int) -> HttpResponse:
    audit.require(actor_of(request), CityPermission.SETTING_READ)
    return _decide(request, no, lambda: commands.withdraw(actor_of(request), no), "申請を取り下げました。")


def _decide(request: HttpRequest, no: int, command: Callable[[], None], said: str, form: BoundForm | None = None) -> HttpResponse:
    def page(typed: BoundForm, status: int) -> HttpResponse:
        return _page(request, no, typed, status)

    return decide(request, command, said, page=page, done=reverse("city:dictionary_change", args=[no]), form=form)


def _page(request: HttpRequest, no: int, form: BoundForm, status: int = 200) -> HttpResponse:
    actor, change = actor_of(request), find_change(no)
    if change is None:
        raise Http404
    of, differences = table(change.dictionary), commands.differences_of(change)
    waits, own, led = not change.outcome, change.proposed_by == actor.login, is_led(actor)
    concerned = residents_concerned(of, differences) if waits else {}
    context = {
        "of": of, "change": change, "state": OUTCOMES[change.outcome], "facts": _facts(of, change, differences), "form": form, "own_waits": own and waits,
        "parts": _parts(of, differences), "one": _compared(of, differences[0]) if len(differences) == 1 else [], "shown": SHOWN,
        "concerned": sorted(concerned.items()), "people": sum(concerned.values()),
        "may_decide": waits and not own and not led and actor.may(CityPermission.SETTING_APPROVE),
        "may_withdraw": waits and own and not led and actor.may(CityPermission.DICTIONARY_IMPORT),
    }  # fmt: skip
    return render(request, "city/dictionary_change.html", context, status=status)


def _parts(of: Dictionary, differences: tuple[Difference, ...]) -> list[dict[str, object]]:
    """What is added, changed and ended, each with its number and the first rows; of what changes, only the entries that do."""
    added = [(of.title_of(one.row), "", summary(of, one.row)) for one in differences if one.before is None]
    ended = [(of.title_of(one.row), summary(of, one.row), "") for one in differences if one.after is None]
    changed = [(of.title_of(one.before), *_only_changed(of, one)) for one in differences if one.before is not None and one.after is not None]
    parts = (("added", "追加", added), ("changed", "変更", changed), ("ended", "廃止", ended))
    return [{"name": name, "ja": ja, "count": len(rows), "rows": rows[:SHOWN]} for name, ja, rows in parts if rows]


def _only_changed(of: Dictionary, one: Difference) -> tuple[str, str]:
    pairs = [(ja, old, new) for ja, old, new, _ in _compared(of, one) if old != new]
    if not pairs:
        return "並び順", "並び順"
    return "　".join(f"{ja}：{old or '（空欄）'}" for ja, old, _ in pairs), "　".join(f"{ja}：{new or '（空欄）'}" for ja, _, new in pairs)


def _compared(of: Dictionary, one: Difference) -> list[tuple[str, str, str, bool]]:
    return [(ja, old, new, True) for (ja, old), (_, new) in zip(entries(of, one.before), entries(of, one.after), strict=True)]


def _facts(of: Dictionary, change: DictionaryChange, differences: tuple[Difference, ...]) -> list[tuple[str, str]]:
    facts = [
        ("辞書", of.ja), ("適用日", wareki_text(change.valid_from)), ("内容", counts_ja(differences) + (f"（変わらないもの{change.unchanged:,}件）" if change.digest else "")), ("出所", change.source),
        ("理由", change.reason), ("申請", f"{change.proposed_by}　{moment(change.proposed_at)}"),
    ]  # fmt: skip
    if change.digest:
        facts.insert(4, ("ファイルの照合値", change.digest[:16] + "…"))
    return [*facts, *decision_facts(change)]
