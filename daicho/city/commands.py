"""市の設定の変更 — proposed by one officer, decided by another, in force from its day. 標準1.3.1, 1.3.9; spec/domain.md §13; G-29.

One way for settings, offices, terminals and certifiers alike. What the installation itself registers before there are officers
(no account behind it) is `install`ed; an officer never can.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from django.conf import settings
from django.db import transaction

from daicho import audit, clock
from daicho.audit.actor import Actor
from daicho.city.errors import CityProblem
from daicho.city.models import Proposal
from daicho.city.permissions import CityPermission
from daicho.city.proposals import change_of, known_on, standing_before
from daicho.city.provisioning import tell_places, tell_setting
from daicho.city.rules import About, Change, change_problems, content_problems
from daicho.city.taking_effect import put, put_setting
from daicho.city.two_officers import must_be_own, reason_of_decline
from daicho.outbox.leading import is_led

PROPOSES: Mapping[About, CityPermission] = MappingProxyType(
    {
        About.SETTING: CityPermission.SETTING_ENTER,
        About.OFFICE: CityPermission.OFFICE_REGISTER,
        About.TERMINAL: CityPermission.OFFICE_REGISTER,
        About.CERTIFIER: CityPermission.CERTIFIER_APPOINT,
    }
)


@transaction.atomic
def propose(actor: Actor, change: Change) -> int:
    """Put a change before another officer. Returns the proposal's number. CityProblem with everything that is wrong."""
    audit.require(actor, PROPOSES[change.about])
    _must_lead(actor)
    if problems := change_problems(change, known_on(change)):
        raise CityProblem.of(problems)
    row = Proposal.objects.create(
        municipality_code=settings.INSTALLATION.municipality_code, about=change.about, key=change.key, given=change.given, valid_from=change.valid_from,
        valid_to=change.valid_to, reason=change.reason.strip(), proposed_by=actor.login, proposed_at=clock.now(),
    )  # fmt: skip
    audit.record(actor, PROPOSES[change.about], detail=_detail(row))
    return row.pk


@transaction.atomic
def approve(actor: Actor, proposal_no: int) -> None:
    """Put a proposed change in force from its day, and tell the systems that follow. Not by who proposed it, and judged again as things stand now."""
    audit.require(actor, CityPermission.SETTING_APPROVE)
    row = _waiting(actor, proposal_no)
    change = change_of(row)
    if row.proposed_by == actor.login:
        raise CityProblem(f"「{change.name_ja}」の変更を申請した職員は承認できません。別の職員が承認してください。")
    if problems := change_problems(change, known_on(change)):
        raise CityProblem.of(problems)
    _decide(actor, row, Proposal.Outcome.APPROVED)
    audit.record(actor, CityPermission.SETTING_APPROVE, detail=_detail(row))
    if change.about is About.SETTING:
        tell_setting(actor, put_setting(change, row))
    else:
        put(change)
        tell_places(actor)


@transaction.atomic
def decline(actor: Actor, proposal_no: int, reason: str) -> None:
    """却下: decide that a change is not made, and say why."""
    audit.require(actor, CityPermission.SETTING_APPROVE)
    row = _waiting(actor, proposal_no)
    _decide(actor, row, Proposal.Outcome.DECLINED, reason_of_decline(row.proposed_by, actor.login, reason))
    audit.record(actor, "city:setting:decline", detail=_detail(row))


@transaction.atomic
def withdraw(actor: Actor, proposal_no: int) -> None:
    """取下げ of one's own proposal, as long as nobody decided it."""
    row = _waiting(actor, proposal_no)
    audit.require(actor, PROPOSES[About(row.about)])
    must_be_own(row.proposed_by, actor.login)
    _decide(actor, row, Proposal.Outcome.WITHDRAWN)
    audit.record(actor, "city:setting:withdraw", detail=_detail(row))


@transaction.atomic
def install(actor: Actor, change: Change) -> None:
    """Register an office, a terminal or a certifier as the installation's own, at once and also for days past. ValueError for an officer."""
    audit.require(actor, PROPOSES[change.about])
    if actor.account_id is not None or change.about is About.SETTING:
        raise ValueError("what officers change, and every setting, is proposed by one and approved by another")
    if problems := content_problems(change, known_on(change)):
        raise CityProblem.of(problems)
    put(change)
    audit.record(actor, PROPOSES[change.about], detail={change.about.value: change.key, "valid_from": change.valid_from.isoformat()})


def _must_lead(actor: Actor) -> None:
    if is_led(actor):
        raise CityProblem("市の設定、入力場所、端末、認証者は、住民記録のシステムで変更してください。ここには1分以内に反映されます。")


def _waiting(actor: Actor, proposal_no: int) -> Proposal:
    """The proposal, locked, as long as it waits."""
    _must_lead(actor)
    row = Proposal.objects.select_for_update().filter(municipality_code=settings.INSTALLATION.municipality_code, pk=proposal_no, outcome="").first()
    if row is None:
        raise CityProblem("この申請は承認待ちではありません。一覧を開き直してください。")
    return row


def _decide(actor: Actor, row: Proposal, outcome: Proposal.Outcome, reason: str = "") -> None:
    row.outcome, row.decided_by, row.decided_at, row.decision_reason = outcome, actor.login, clock.now(), reason
    row.before = standing_before(change_of(row))  # what the officer saw beside it
    row.save(update_fields=["outcome", "decided_by", "decided_at", "decision_reason", "before"])


def _detail(row: Proposal) -> dict[str, str]:
    return {"proposal": str(row.pk), "about": row.about, "key": row.key, "valid_from": row.valid_from.isoformat()}
