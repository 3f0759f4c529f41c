"""この部屋の定例 — the scheduled work of the residents' room. 標準9.1; design §4."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any  # JSON values

from daicho import jobs


def prove_job() -> jobs.Job:
    """夜間の自己検査: the current tables against the history, every night."""
    return jobs.Job("prove", "現在の記録の自己検査", jobs.daily("02:30"), _prove)


def _prove(for_date: date, parameters: Mapping[str, Any]) -> Mapping[str, int]:
    from daicho.residents.queries.proof import prove

    proof = prove()
    if not proof.proven:
        raise RuntimeError(f"{len(proof.findings)} findings; run `daicho prove` to see them")
    return {"人": proof.persons, "履歴": proof.versions, "世帯": proof.households}
