"""連携の状況 — notices to the other systems, as the post room shows them, with the event and the people of each. F-2-20; design §5."""

from __future__ import annotations

from uuid import UUID, uuid4

from django.urls import reverse

from daicho.audit.actor import Actor
from daicho.certificates.papers import PAPER_NAMES
from daicho.outbox.readings import Life, PaperOffer
from daicho.outbox.screens import NoticeScreens
from daicho.residents.permissions import Permission
from daicho.residents.queries.letters_put_out import ON_PAPER
from daicho.residents.queries.notices import get_notice, list_notices, list_turned_away
from daicho.residents.rules.names_shown import shown_name
from daicho.residents.screens.counter import at_counter
from daicho.residents.screens.words import DESTINATIONS, NOTICE_KINDS
from daicho.ui.dates import moment


def _life(actor: Actor, notice_id: UUID) -> Life:
    found = get_notice(actor, notice_id)
    letters = "、".join(f"{PAPER_NAMES.get(one.kind, one.kind)}（{moment(one.issued_at)}、発行番号 {one.certificate_no}）" for one in found.letters)
    facts = {"もとの異動": f"{found.event.standard_code}（異動日 {found.event.effective_on.wareki()}）"} if found.event else {}
    facts |= {"書面による通知": letters} if letters else {}
    people = [(public_id, shown_name(entries) or "（氏名空欄）") for public_id, entries in found.people]
    offers = found.row.kind in ON_PAPER and actor.may(Permission.FILING_ENTER)
    paper = PaperOffer(reverse("residents:notice_paper", args=[notice_id]), str(uuid4()), f"{NOTICE_KINDS[found.row.kind]}を書面で出力する") if offers else None
    return Life(found.row, facts, people, paper)


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
