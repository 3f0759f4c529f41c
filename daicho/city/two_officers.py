"""二人の職員 — who may decline a proposed change, and who may withdraw it: another officer with a reason, and only who proposed it. 標準1.3."""

from __future__ import annotations

from daicho.city.errors import CityProblem


def reason_of_decline(proposed_by: str, login: str, reason: str) -> str:
    """The reason as it is kept. CityProblem for one's own proposal, and without a reason."""
    if proposed_by == login:
        raise CityProblem("自分の申請は却下できません。取り下げてください。")
    if not reason.strip():
        raise CityProblem("却下の理由を入力してください。", [("reason", "却下の理由を入力してください。")])
    return reason.strip()


def must_be_own(proposed_by: str, login: str) -> None:
    """CityProblem when another officer would withdraw it."""
    if proposed_by != login:
        raise CityProblem("取り下げられるのは、申請した職員だけです。ほかの職員は却下してください。")
