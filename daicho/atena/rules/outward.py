"""中間サーバーへの電文 — the replica as it is passed on, and the request for a new number's 符号. 番号法第19条第8号, 第21条の2; G-18, S4-05.

A replica is made of what came and of the number alone; nothing of its 住民票関係情報 stays here (F-1-07).
"""

from __future__ import annotations

from dataclasses import asdict
from datetime import date, datetime

from daicho.atena.rules.vocabulary import State, state_of
from daicho.contracts.atena_info_v1 import AtenaPerson
from daicho.contracts.code_request_v1 import CodeRequestV1
from daicho.contracts.replica_v1 import ReplicaV1


def replica(person: AtenaPerson, integrated_atena_no: str, municipality_code: str, as_of: datetime, today: date) -> ReplicaV1 | None:
    """`person` as the register told of them, under their number. None for who has no name yet: no replica is without one, and a later event brings it."""
    if person.name is None:
        return None
    state = state_of(True, person.removed_on, today)
    return ReplicaV1(
        municipality_code=municipality_code,
        integrated_atena_no=integrated_atena_no,
        as_of=as_of,
        state=state.value,
        removed_on=person.removed_on if state is State.REMOVED else None,
        name_kana=person.name_furigana,
        name_kanji=person.name,
        birth_date=person.birth_date,
        sex_code=person.sex_code,
        address=person.address,
        **asdict(person.juminhyo),
    )


def code_request(integrated_atena_no: str, municipality_code: str, at: datetime) -> CodeRequestV1:
    return CodeRequestV1(municipality_code=municipality_code, integrated_atena_no=integrated_atena_no, requested_at=at)
