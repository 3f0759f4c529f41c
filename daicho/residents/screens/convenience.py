"""コンビニ交付の履歴の見せ方 — the lines of 交付履歴 that came from konbini. std 1.3.8; layouts/codes.csv convenience_result."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from daicho.certificates.catalogue import ALL_CERTIFICATES
from daicho.residents.models import ConvenienceIssue, IssueDisposal
from daicho.residents.queries.issues_found import key_of_shops
from daicho.residents.rules.convenience_results import ISSUED, result_ja
from daicho.ui.dates import moment

_KINDS = {definition.code: definition.ja for definition in ALL_CERTIFICATES}
_CHOICES = {each.omissible.value: each.ja for definition in ALL_CERTIFICATES for each in definition.omissible}


@dataclass(frozen=True)
class ConvenienceRow:
    """A line as it is drawn."""

    issue: ConvenienceIssue
    answered: str
    kind_ja: str
    result: str
    badge: str
    chosen: str
    is_holder: bool
    disposals: tuple[IssueDisposal, ...]
    key: UUID  # by which its 処分の記録 is addressed


def convenience_rows(issues: Sequence[ConvenienceIssue], public_id: UUID, disposals: Mapping[int, tuple[IssueDisposal, ...]]) -> list[ConvenienceRow]:
    """The lines for one person's page."""
    return [
        ConvenienceRow(
            issue,
            moment(issue.answered_at),
            _KINDS.get(issue.kind, issue.kind),
            result_ja(issue.code),
            "success" if issue.code == ISSUED else "warning",
            "、".join(_CHOICES.get(code, code) for code in issue.chosen) or "すべて省略",
            issue.person.public_id == public_id,
            disposals.get(issue.pk, ()),
            key_of_shops(issue),
        )
        for issue in issues
    ]
