"""連携の状況 — notices to the other systems, as the post room shows them, with the event and the people of each. F-2-20; design §5."""

from __future__ import annotations

from uuid import UUID

from daicho.audit.actor import Actor
from daicho.outbox.readings import Life
from daicho.outbox.screens import NoticeScreens
from daicho.residents.permissions import Permission
from daicho.residents.queries.notices import get_notice, list_notices, list_turned_away
from daicho.residents.rules.names_shown import shown_name
from daicho.residents.screens.counter import at_counter
from daicho.residents.screens.words import DESTINATIONS, NOTICE_KINDS


def _life(actor: Actor, notice_id: UUID) -> Life:
    found = get_notice(actor, notice_id)
    facts = {"もとの異動": f"{found.event.standard_code}（異動日 {found.event.effective_on.wareki()}）"} if found.event else {}
    return Life(found.row, facts, [(public_id, shown_name(entries) or "（氏名空欄）") for public_id, entries in found.people])


NOTICES = NoticeScreens(
    namespace="residents",
    title="連携の状況",
    lead="本登録のあと、他のシステムへ自動で送る通知です。拒否された通知は、同じ人の後の通知を止めています。",
    kinds=NOTICE_KINDS,
    destinations=DESTINATIONS,
    listed=list_notices,
    life=_life,
    turned_away=list_turned_away,
    resend_right=Permission.NOTICE_RESEND,
    withdraw_right=Permission.NOTICE_WITHDRAW,
    opened_by=lambda request: at_counter(request).actor,
)
ROUTES = NOTICES.routes()
