"""発行抑止 — every department that holds the person is told and confirms; who may not know sees nobody. 標準仕様3.2 (N-3.2-01); domain §7, 事故の型2."""

from __future__ import annotations

import re
import uuid
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from daicho.transfers.commands.blocking import confirm_reflection
from daicho.transfers.models import BlockReflection, IssueBlock, Person, WriteBack
from daicho.transfers.permissions import TransfersPermission as P
from daicho.transfers.queries.protection import unreflected
from tests.contracts.block_samples import AT, block
from tests.contracts.transfer_samples import ATENA, ENTRY, MOVE_IN, OTHER_ATENA
from tests.transfers.city_hall import PROPOSER, granted, may_write
from tests.transfers.officers import main_of, signed_in
from tests.transfers.sending import deliver, posted, pull, told
from tests.ui.alike import same_page, statements

pytestmark = pytest.mark.django_db
TODAY = date(2026, 4, 10)
BLIND = (P.PERSON_READ, P.RECORD_READ, P.WRITE_BACK_READ, P.GRANT_READ)


def blocked(since: date | None = TODAY, **later: int) -> None:
    assert deliver(block(ATENA, since, AT + timedelta(**later))).status == "acknowledged"


def carried(people) -> list[str | None]:
    """From which day nothing may be handed out, as each of these people was told to a department."""
    return [{item.item: item.value for item in person.items}.get("issue_prohibited_from") for person in people]


class Test各課への連携:
    def test_抑止と解除は許可の項目によらず直ちに届く(self):
        """domain §7: whoever holds a person must know it, whatever its grant names."""
        granted(items=("name_kanji",))
        told(MOVE_IN)
        blocked()
        blocked(None, minutes=1)
        assert carried(feed.person for feed in posted()) == [None, "20260410", None]

    def test_まだ知らない人の抑止は初めて届くときに添えられる(self):
        granted(items=("name_kanji",))
        blocked()
        told(MOVE_IN)
        assert carried(feed.person for feed in posted()) == ["20260410"]

    def test_取出しにも添えられる(self):
        granted(items=("name_kanji",))
        told(MOVE_IN, replace(MOVE_IN, atena_no=OTHER_ATENA))
        blocked()
        assert carried(pull().people) == ["20260410", None]

    def test_前の知らせが後から届いても新しい状態のままである(self):
        blocked(None, minutes=5)
        blocked(TODAY, minutes=1)
        assert IssueBlock.objects.get().prohibited_from is None


class Test反映の確認:
    @pytest.fixture
    def held(self):
        granted(items=("name_kanji",))
        told(MOVE_IN, replace(MOVE_IN, atena_no=OTHER_ATENA))
        blocked()

    def test_保持している課のうち確認していない課が並び確認すると消える(self, held):
        """事故の型2: those that have not confirmed are listed."""
        [one] = unreflected(PROPOSER)
        assert (one.atena_no, one.department_code, one.prohibited_from) == (ATENA, "1301", TODAY)
        officer = signed_in("n.ogawa")
        page = officer.get("/blocks/")
        assert "福祉保険部" in main_of(page) and ATENA in main_of(page)
        action, name = _form(page)
        assert officer.post(action, {name: ""}).status_code == 422
        assert officer.post(action, {name: "保険年金課　三浦"}).status_code == 302
        assert (unreflected(PROPOSER), BlockReflection.objects.get().confirmed_with) == ([], "保険年金課　三浦")
        assert "確認していない課はありません" in main_of(officer.get("/blocks/"))

    def test_解除は抑止を反映した課だけに求める(self, held):
        [one] = unreflected(PROPOSER)
        blocked(None, minutes=1)
        assert unreflected(PROPOSER) == []
        blocked(TODAY, minutes=2)
        confirm_reflection(PROPOSER, one.block, "1301", "三浦")
        blocked(None, minutes=3)
        assert [each.prohibited_from for each in unreflected(PROPOSER)] == [None]

    def test_抑止が変われば確認をやり直す(self, held):
        [one] = unreflected(PROPOSER)
        confirm_reflection(PROPOSER, one.block, "1301", "三浦")
        blocked(TODAY - timedelta(days=1), minutes=1)
        assert [each.told_at for each in unreflected(PROPOSER)] == [AT + timedelta(minutes=1)]


class Test画面:
    @pytest.fixture
    def life(self):
        granted()
        may_write()
        told(MOVE_IN, replace(MOVE_IN, atena_no=OTHER_ATENA))
        deliver(ENTRY, sender="departments")
        blocked()
        return Person.objects.get(atena_no=ATENA)

    def test_知るべき職員には警告が最初に出る(self, life):
        page = signed_in("n.ogawa").get(f"/persons/{life.public_id}/").content.decode().split("<main", 1)[1]
        assert page.index("発行が抑止されている人です") < page.index(ATENA)

    def test_知ってはならない職員には対象者はいない人と同じである(self, life):
        """domain §7: by number, by opaque id, in the records and the write-backs."""
        client = signed_in("n.ogawa", BLIND)
        same_page([(client.post("/persons/found/", {"atena_no": number}), number) for number in (ATENA, "1000009990")], status=422)
        for way, here in (("persons", life.public_id), ("write-backs", WriteBack.objects.get().public_id)):
            paths = [f"/{way}/{one}/" for one in (here, uuid.uuid4())]
            same_page([(client.get(path), path) for path in paths], status=404)
        same_page([(client.post("/records/found/", {"atena_no": number, "outcome": "any"}), number) for number in (ATENA, "1000009990")], status=200)
        everybody = main_of(client.post("/records/found/", {"outcome": "any"}))
        assert OTHER_ATENA in everybody and ATENA not in everybody
        assert ATENA not in main_of(client.get("/write-backs/"))
        assert client.get("/blocks/").status_code == 403

    def test_だれを探しても問合せの数は同じである(self, life):
        client = signed_in("n.ogawa", BLIND)
        shapes = []
        for number in (ATENA, "1000009990"):
            with CaptureQueriesContext(connection) as queries:
                client.post("/persons/found/", {"atena_no": number})
            shapes.append(statements(queries, number))
        assert shapes[0] == shapes[1]


def _form(page) -> tuple[str, str]:
    """Where the first form of the list goes, and its field."""
    html = page.content.decode()
    [action] = re.findall(r'action="(/blocks/[^"]+)"', html)
    [name] = re.findall(r'name="([^"]*confirmed_with)"', html)
    return action, name
