"""受信箱のことば — what others tell, for tests: 戸籍の届出, 法9条2項通知, 法19条2項通知, applications of マイナポータル; and one item through two officers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime
from uuid import UUID, uuid4

from django.db import transaction

from daicho.contracts.family_register_notice_v1 import FamilyRegisterNoticeV1, RegisterEntries, RegisterPerson
from daicho.contracts.moving_answer_v1 import MovingAnswerV1
from daicho.contracts.moving_application_v1 import MovingApplicationV1, MovingPerson, MovingWithdrawalV1
from daicho.outbox import Outgoing
from daicho.residents.commands import filings, receiving, registering
from daicho.residents.commands.receiving_family_register import receive_family_register
from daicho.residents.commands.receiving_moving import receive_application, receive_withdrawal
from daicho.residents.commands.typed import unseal
from daicho.residents.commands.writing import Written
from daicho.residents.models import Filing, ReceivedNotice
from daicho.values.dates import JapaneseDate
from tests.cast import CLERK, EXAMINER, Role
from tests.residents.counter import visit

OURS, ASAHIKAWA = "012033", "012041"


def entries(**texts: str) -> RegisterEntries:
    """What the 戸籍 says of one person; nothing of the rest."""
    return replace(RegisterEntries(None, None, None, None, None, None, None), **texts)


def of(role: Role, *, code: str | None = "", **texts: str) -> RegisterPerson:
    """Someone who lives here, by their number and three facts."""
    born = JapaneseDate.parse(role.birth).encode()
    return RegisterPerson(role.juminhyo_code if code == "" else code, role.name or role.texts["foreign_name_alphabet"], born, role.sex, entries(**texts))


def register_notice(matter: str, people: Iterable[RegisterPerson], day: str = "R8-04-05", **changes: object) -> FamilyRegisterNoticeV1:
    """A 届書 that our own 戸籍 accepted on 4/8, unless `municipality_code` says another city."""
    notice = FamilyRegisterNoticeV1("0001", OURS, OURS, matter, day, date(2026, 4, 8), tuple(people), ())
    return replace(notice, **changes)


@transaction.atomic
def tell(message: FamilyRegisterNoticeV1) -> ReceivedNotice:
    """It arrives, from the 戸籍 or from 市町村CS."""
    return receive_family_register(message, uuid4())


def mover(role: Role) -> MovingPerson:
    return MovingPerson(role.name, role.kana, JapaneseDate.parse(role.birth).encode(), role.sex, role.relationship)


def application(people: Iterable[Role], matter: str = "move_out", **changes: object) -> MovingApplicationV1:
    """太郎 and whoever moves with him apply on 4/9 for a move on 4/20."""
    made = MovingApplicationV1(
        application_no="MP-1", revision_no=1, matter=matter, applied_at=datetime(2026, 4, 9, 1, tzinfo=UTC), moving_on=date(2026, 4, 20),
        visit_on=None if matter == "move_out" else date(2026, 4, 21), former_address="北海道小樽市花園2丁目12番1号", new_municipality_code=ASAHIKAWA,
        new_address="北海道旭川市七条通九丁目48番地", new_address_building="旭荘2号", new_postal_code=None, people=tuple(mover(one) for one in people),
    )  # fmt: skip
    return replace(made, **changes)


@transaction.atomic
def apply(message: MovingApplicationV1) -> ReceivedNotice:
    return receive_application(message, uuid4())


@transaction.atomic
def withdraw(application_no: str = "MP-1") -> ReceivedNotice:
    return receive_withdrawal(MovingWithdrawalV1(application_no, datetime(2026, 4, 10, 1, tzinfo=UTC)), uuid4())


def begin(row: ReceivedNotice, *people: UUID | None, in_hand: bool = True) -> Filing:
    """A clerk opens the 異動 it asks for, about these people in its places."""
    chosen = {at: person for at, person in enumerate(people) if person is not None}
    return receiving.begin(CLERK, visit() if in_hand else None, row.public_id, chosen)


def typed(filing: Filing) -> tuple[dict[str, str], list[dict[str, str]]]:
    """What the form of a filing says: its own fields, and each person's."""
    form = unseal(filing.typed)
    return dict(form.filing), [dict(member.texts) for member in form.members]


def through(filing: Filing) -> list[Written]:
    """仮登録, 照合, 本登録 of what the form says, every alert answered."""
    form = unseal(filing.typed)
    judged = filings.judge(filings.definition_of(filing.code), form, filing.visit)
    overrides = {p.key: "確認した" for p in judged.problems if not p.blocks}
    judged = filings.enter(CLERK, filing.public_id, form, overrides)
    assert not judged.standing(overrides), [p.message for p in judged.standing(overrides)]
    filings.examine(EXAMINER, filing.public_id)
    return registering.register(EXAMINER, filing.public_id)


def answers(sent: Iterable[Outgoing]) -> list[tuple[str, str]]:
    """(申請番号, 処理結果) of what マイナポータル was told."""
    return [(one.message.application_no, one.message.result_code) for one in sent if isinstance(one.message, MovingAnswerV1)]
