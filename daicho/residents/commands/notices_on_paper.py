"""書面による通知 — 転入通知, 戸籍の附票記載事項通知 and 法9条2項・法19条2項通知 on paper, where no wire reaches or the wire is down. 住民基本台帳法第9条, 第19条第1項; decision 0050.

What the paper says is what the wire would carry. Whether the notice by wire is then withdrawn, an officer says with a reason (連携の状況).
"""

from __future__ import annotations

from uuid import UUID

from django.conf import settings

from daicho import audit, vault
from daicho.audit.actor import Actor
from daicho.certificates.letters.move_in import MOVE_IN_NOTICE
from daicho.certificates.letters.register_notices import ARTICLE_9_2, ARTICLE_19_2, FUHYO_NOTICE
from daicho.contracts.family_register_notice_v1 import FamilyRegisterNoticeV1
from daicho.contracts.move_in_notice_v1 import MoveInNoticeV1
from daicho.residents.commands.handing_over import Click, Shown, issued_once
from daicho.residents.commands.letters import Draft, Pile, put_out, shown
from daicho.residents.errors import CannotDo
from daicho.residents.models import FuhyoWithoutSeat
from daicho.residents.models.received import ReceivedKind
from daicho.residents.permissions import Permission
from daicho.residents.queries.current import BY_PERSON_ID, newest_rows
from daicho.residents.queries.letters_put_out import fuhyo_case, notice_case, received_case
from daicho.residents.queries.notices_on_paper import to_be_printed
from daicho.residents.queries.received import read_notice
from daicho.residents.queries.support import protected
from daicho.residents.rules.events import event_ja
from daicho.residents.rules.letters_of_cases.family_register import fuhyo_letter, fuhyo_letter_without_wire, passed_on_letter
from daicho.residents.rules.letters_of_cases.moving import move_in_notice_letter
from daicho.values.municipalities import BadMunicipality, read_municipality
from daicho.values.numbers import BadNumber

_RIGHT = Permission.FILING_ENTER
_ERASED = "この通知の内容は、保存期間が過ぎて消去されています。書面は、住民票の記録から作成してください。"


def put_out_notice(actor: Actor, notice_id: UUID, click: Click) -> Pile:
    """The notice of this id on paper: 転入通知 or 戸籍の附票記載事項通知. Http404 for another one; CannotDo once its content was erased."""
    audit.require(actor, _RIGHT)
    with issued_once(click.once):
        found = to_be_printed(notice_id)
        if found.message is None or not found.people:
            raise CannotDo(_ERASED)
        is_protected = bool(protected([person for person, _, _ in found.people]))
        if isinstance(found.message, MoveInNoticeV1):
            code, letter = MOVE_IN_NOTICE.code, move_in_notice_letter(found.message, protected=is_protected)
        else:
            code, letter = FUHYO_NOTICE.code, fuhyo_letter(found.message, protected=is_protected)
        return put_out(actor, _RIGHT, [Draft(code, letter, tuple(Shown(*one) for one in found.people), notice_case(notice_id))], click)


def put_out_fuhyo(actor: Actor, public_id: UUID, seat: str, click: Click) -> Pile:
    """戸籍の附票記載事項通知 of somebody from whose 本籍 no municipality could be read. `seat`: as the clerk found it. CannotDo for none."""
    audit.require(actor, _RIGHT)
    code = _municipality(seat, "本籍地")
    with issued_once(click.once):
        rows = FuhyoWithoutSeat.objects.filter(municipality_code=settings.INSTALLATION.municipality_code, public_id=public_id)
        row = rows.select_related("event").first()
        if row is None:
            raise CannotDo("この人は一覧にいません。一覧を開き直してください。")
        person = newest_rows(BY_PERSON_ID, [row.person_id])[row.person_id]
        number = person.entries.juminhyo_code
        clear = vault.reveal(number, because="戸籍の附票記載事項通知（書面）") if number is not None else ""
        letter = fuhyo_letter_without_wire(
            person.entries, code, event_ja(row.event.code), row.event.effective_on.wareki(), clear, protected=bool(protected([row.person_id]))
        )
        return put_out(actor, _RIGHT, [Draft(FUHYO_NOTICE.code, letter, shown(person), fuhyo_case(public_id))], click)


def pass_on(actor: Actor, received_id: UUID, to: str, click: Click) -> Pile:
    """法9条2項通知 or 法19条2項通知 that came here of somebody who lives elsewhere, on to that municipality. CannotDo when nobody of this register is in it."""
    audit.require(actor, _RIGHT)
    code = _municipality(to, "住所地")
    with issued_once(click.once):
        row, message, reading, people = read_notice(received_id)
        if not isinstance(message, FamilyRegisterNoticeV1) or reading is None:
            raise CannotDo("戸籍の届出・法9条2項・法19条2項の通知ではないため、この書面は作成できません。")
        if not people:
            raise CannotDo("この通知の人は、本市の記録に見つかりません。届いた通知を、送ってきた市区町村に返してください（法第9条第2項）。")
        definition = ARTICLE_19_2 if row.kind == ReceivedKind.ARTICLE_19_2 else ARTICLE_9_2
        letter = passed_on_letter(message, reading, code)
        return put_out(actor, _RIGHT, [Draft(definition.code, letter, shown(*people), received_case(row.public_id))], click)


def _municipality(typed: str, what: str) -> str:
    try:
        code = read_municipality(typed)
    except (BadMunicipality, BadNumber) as bad:
        raise CannotDo(f"{what}の市区町村を確かめてください。{bad}") from None
    if code == settings.INSTALLATION.municipality_code:
        raise CannotDo(f"{what}が本市です。書面で通知する必要はありません。")
    return code
