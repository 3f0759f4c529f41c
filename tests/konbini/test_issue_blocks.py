"""発行抑止 — once residents tells it, a shop hands out nothing of the person, nor a paper that shows them; released, it does again. 標準仕様3.1, 3.4; domain §7."""

from __future__ import annotations

import uuid
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from daicho.konbini.models import CertifiedPerson, IssueBlock
from daicho.konbini.permissions import KonbiniPermission as P
from daicho.konbini.rules.refusal import Refusal
from tests.contracts.block_samples import AT, block
from tests.contracts.convenience_samples import HANAKO, TARO
from tests.konbini.sending import HOUSEHOLD, ask, beat, paper_of, send, tell
from tests.konbini.test_screens import signed_in
from tests.ui.alike import same_page, statements

pytestmark = pytest.mark.django_db
TODAY = date(2026, 4, 10)
NOBODY = "1000009999"


@pytest.fixture(autouse=True)
def terminals(settings):
    settings.STAFF_TERMINALS = "tests.staff.people.terminals_on"


def told(person, since, **later) -> None:
    assert send(block(person.atena_no, since, AT + timedelta(**later))).status == "acknowledged"


class Test交付:
    def test_抑止が届けば交付できず解除が届けば交付できる(self, family):
        """N-3.1-18, S5-01: nobody sends anything by hand."""
        told(HANAKO, TODAY)
        assert ask(user_certificate_serial=HANAKO.user_certificate_serial).code == Refusal.PROHIBITED.value
        told(HANAKO, None, minutes=1)
        assert "花子" in paper_of(ask(user_certificate_serial=HANAKO.user_certificate_serial))

    def test_対象者が載る世帯の写しも別の世帯員に交付しない(self, family):
        """S5-03, N-3.4-02: 太郎 asks for all of the household; for himself alone he is served."""
        told(HANAKO, TODAY)
        assert ask(certificate_kind=HOUSEHOLD).code == Refusal.PROHIBITED.value
        assert "太郎" in paper_of(ask())

    def test_断りの文は理由によらず同じである(self, family):
        """std 3.4: the terminal does not say that somebody is protected."""
        told(HANAKO, TODAY)
        answer = ask(user_certificate_serial=HANAKO.user_certificate_serial)
        assert answer.message_ja == ask(user_certificate_serial="9" * 20).message_ja

    def test_開始日の前は交付する(self, family):
        told(TARO, TODAY + timedelta(days=1))
        assert ask().document is not None

    def test_まだ知らない人の抑止も覚えている(self, city):
        """A first load may come after it."""
        told(TARO, TODAY)
        tell(TARO)
        beat()
        assert ask().code == Refusal.PROHIBITED.value

    def test_前の知らせが後から届いても新しい状態のままである(self, family):
        told(TARO, None, minutes=5)
        told(TARO, TODAY, minutes=1)
        assert (list(IssueBlock.objects.values_list("prohibited_from", flat=True)), ask().document is not None) == ([None], True)

    def test_証明データが新しくなっても抑止のままである(self, family):
        told(TARO, TODAY)
        tell(replace(TARO, history_no=2))
        assert ask().code == Refusal.PROHIBITED.value


class Test画面:
    def card(self, person) -> str:
        return f"/persons/{CertifiedPerson.objects.get(atena_no=person.atena_no).public_id}/"

    def test_知るべき職員には警告が最初に出る(self, family):
        """domain §7: the warning stands before anything else of the person."""
        told(HANAKO, TODAY)
        main = signed_in(P.PERSON_READ, P.PROTECTED_READ).get(self.card(HANAKO)).content.decode().split("<main", 1)[1]
        assert main.index("発行が抑止されている人です") < main.index("花園")
        assert "発行禁止" in main

    def test_知ってはならない職員には対象者はいない人と同じである(self, family):
        """domain §7: by number, by opaque id, among the household, and in the answers: as if there were nobody."""
        told(HANAKO, TODAY)
        ask(user_certificate_serial=HANAKO.user_certificate_serial)
        ask(certificate_kind=HOUSEHOLD)
        client = signed_in(P.PERSON_READ, P.ANSWER_READ)
        same_page([(client.post("/persons/find/", {"atena_no": number}), number) for number in (HANAKO.atena_no, NOBODY)], status=422)
        nobody = f"/persons/{uuid.uuid4()}/"
        same_page([(client.get(path), path) for path in (self.card(HANAKO), nobody)], status=404)
        of_taro = client.get(self.card(TARO)).content.decode()
        assert HANAKO.atena_no not in of_taro and "2人" in of_taro and "K01" not in of_taro and "発行禁止" not in of_taro
        assert "該当する回答はありません" in client.get("/answers/").content.decode()

    def test_だれを探しても問合せの数は同じである(self, family):
        """domain §7: what takes longer tells."""
        told(HANAKO, TODAY)
        client = signed_in(P.PERSON_READ)
        counted = []
        for number in (HANAKO.atena_no, NOBODY):
            with CaptureQueriesContext(connection) as queries:
                client.post("/persons/find/", {"atena_no": number})
            counted.append(statements(queries, number))
        assert counted[0] == counted[1]
