"""個人番号の回答 — what 機構 gave is written where it agrees with what was asked, else a clerk's work. 番号法第7条, 第8条; std 7.1.2.1-02; F-1-03, F-1-05.

Only an answer to a request of ours about the same person comes in. The event is recorded by itself: the notice is its basis.
"""

from __future__ import annotations

from datetime import date

from django.conf import settings

from daicho import clock, rows, vault
from daicho.contracts.number_answer_v1 import NumberAnswerV1
from daicho.outbox.errors import Refused
from daicho.residents.commands.by_system import Ordered, record_by_system
from daicho.residents.commands.filings import law_of
from daicho.residents.commands.receiving_move_in import NETWORK
from daicho.residents.commands.typed import to_typed, unseal
from daicho.residents.models import Filing as FilingRow
from daicho.residents.models import NumberRequest
from daicho.residents.models.number_request import RequestState
from daicho.residents.queries.situations import gather
from daicho.residents.rules.definitions import EventDefinition
from daicho.residents.rules.events import event_on
from daicho.residents.rules.events.individual_number_assigned import INDIVIDUAL_NUMBER_ASSIGNED
from daicho.residents.rules.filing import Filing, Member
from daicho.residents.rules.number_writing import CHANGED, doubts
from daicho.residents.rules.reading import read_filing
from daicho.values.dates import JapaneseDate
from daicho.values.numbers import IndividualNumber

NOT_GIVEN = "地方公共団体情報システム機構から、個人番号を付けられないと回答がありました。{}"
ILL_FORMED = "届いた個人番号の検査用数字が合わないため、取り込みませんでした。もう一度求めてください。"


def receive_number(answer: NumberAnswerV1) -> NumberRequest:
    """Write the number, or keep the request on the list with every reason. In the caller's transaction, which holds the receipt.

    Raises outbox Refused for an answer to no request of ours, about another person, or with another number than was given before.
    """
    row = _asked(answer)
    number = answer.individual_number
    if number is not None and IndividualNumber.is_valid(number):
        _take_in(row, vault.keep(vault.NumberKind.INDIVIDUAL_NUMBER, number))
    else:
        _doubt(row, [NOT_GIVEN.format(answer.reason_ja) if number is None else ILL_FORMED])
    return row


def _asked(answer: NumberAnswerV1) -> NumberRequest:
    """The request, by its number and by 住民票コード."""
    code = settings.INSTALLATION.municipality_code
    row = NumberRequest.objects.filter(municipality_code=code, request_control_no=answer.request_control_no).select_related("person", "filing").first()
    if row is None or answer.municipality_code != code:
        raise Refused("unknown_request", "この依頼管理番号で個人番号を求めていません。依頼管理番号を確認してください。")
    if vault.find(vault.NumberKind.JUMINHYO_CODE, answer.juminhyo_code) != row.code_ref:
        raise Refused("another_person", "回答の住民票コードが、個人番号を求めた人のものと違います。住民票コードを確認してください（番号法第8条）。")
    return row


def _take_in(row: NumberRequest, number: int) -> None:
    """Under the locks of the person, then of the request."""
    definition, paper = (law_of(row.filing), row.filing) if row.filing else (event_on(INDIVIDUAL_NUMBER_ASSIGNED.code, clock.today()), None)
    member = Member(row.person.atena_no, {"individual_number": number})
    filing = Filing(definition.code, JapaneseDate.of(clock.today()), _filed_on(definition, paper), {}, (member,))
    situation = gather(definition, filing, lock=True)
    row.refresh_from_db(from_queryset=NumberRequest.objects.select_for_update())
    if row.state == RequestState.WRITTEN:
        if row.number_ref != number:
            raise Refused("already_given", "この要求には別の個人番号を受け取っています。発行元に確認してください（番号法第8条）。")
        return
    why = doubts(situation, member, row.old_number_ref)
    if why == [CHANGED] and situation.person(row.person.atena_no).entries.individual_number == number:
        _done(row, number, None)  # another request of the same person brought it before
    elif why:
        _doubt(row, why)
    else:
        ordered = Ordered.on(paper) if paper else None
        done = record_by_system(NETWORK, definition, situation, filing, definition.apply(situation, filing), "juki_net", ordered)
        _done(row, number, done[0].version.event_id)
        if paper is not None:
            paper.event_id_no = done[0].version.event_id
            rows.update(paper, "event_id_no")


def _filed_on(definition: EventDefinition, paper: FilingRow | None) -> date | None:
    """請求日, of a 変更 by request."""
    return read_filing(definition, to_typed(unseal(paper.typed)))[0].filed_on if paper else None


def _done(row: NumberRequest, number: int, event: int | None) -> None:
    row.state, row.number_ref, row.why, row.event_id, row.handled_by, row.handled_at = RequestState.WRITTEN, number, "", event, NETWORK.name, clock.now()
    row.save(update_fields=["state", "number_ref", "why", "event", "handled_by", "handled_at"])


def _doubt(row: NumberRequest, why: list[str]) -> None:
    """To the clerk's list. What was withdrawn stays so: nobody waits for it."""
    row.why = "\n".join(why)
    row.state = RequestState.DOUBTFUL if row.state == RequestState.WAITING else row.state
    row.save(update_fields=["why", "state"])
