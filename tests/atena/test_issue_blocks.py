"""発行抑止 — kept as residents tells it; who must know is warned first, and for who may not know the person is not there. 標準仕様3.2 (N-3.2-01); domain §7."""

from __future__ import annotations

import uuid
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from daicho.atena.models import IntegratedPerson, IssueBlock
from daicho.atena.permissions import AtenaPermission as P
from tests.atena.desks import signed_in, text_of
from tests.atena.sending import deliver
from tests.contracts.atena_samples import ATENA_NO, HANAKO, JIRO, told
from tests.contracts.block_samples import AT, block
from tests.ui.alike import same_page, statements

pytestmark = pytest.mark.django_db
BLIND = (P.PERSON_SEARCH, P.PERSON_READ, P.NUMBER_REVEAL, P.DOUBLE_READ, P.INQUIRY_READ)
NAMED = {"purpose": "person", "name": "かつらぎ", "address": "花園3丁目"}


@pytest.fixture(autouse=True)
def city(settings):
    settings.STAFF_TERMINALS = "tests.staff.people.terminals_on"
    deliver(told(HANAKO, JIRO))


def blocked(since: date | None = date(2026, 4, 3), **later: int) -> None:
    assert deliver(block(ATENA_NO, since, AT + timedelta(**later))).status == "acknowledged"


def hanako() -> IntegratedPerson:
    return IntegratedPerson.objects.get(name=HANAKO.name)


def test_設定と解除が順に届き状態が一致する():
    """N-3.2-01; what comes late changes nothing, what comes twice neither."""
    states = []
    for since, minutes in ((date(2026, 4, 3), 0), (None, 5), (date(2026, 4, 3), 0), (None, 5)):
        blocked(since, minutes=minutes)
        states.append(IssueBlock.objects.get().prohibited_from)
    assert states == [date(2026, 4, 3), None, None, None]


def test_まだ知らない人の抑止も覚えている():
    assert deliver(block("1000009990", date(2026, 4, 1))).status == "acknowledged"
    assert IssueBlock.objects.get().atena_no == "1000009990"


def test_知るべき職員には検索結果に印が付き個人票では警告が最初に出る():
    """domain §7: the warning comes first."""
    blocked()
    client = signed_in(*BLIND, P.PROTECTED_READ)
    rows = text_of(client.post("/search/found/", NAMED))
    assert rows.count("発行抑止") == 1
    main = client.get(f"/person/{hanako().public_id}/").content.decode().split("<main", 1)[1]
    assert main.index("発行が抑止されている人です") < main.index("統合宛名番号")


def test_解除された人には印も警告もない():
    blocked()
    blocked(None, minutes=1)
    client = signed_in(*BLIND, P.PROTECTED_READ)
    assert "発行抑止" not in text_of(client.post("/search/found/", NAMED))
    assert "抑止" not in text_of(client.get(f"/person/{hanako().public_id}/"))


def test_重複を判断する職員は知ることができる():
    """Whoever decides about a person must know whom they have before them."""
    blocked()
    assert HANAKO.name in signed_in(*BLIND, P.DOUBLE_DECIDE).post("/search/found/", NAMED).content.decode()


class Test知ってはならない職員:
    """domain §7: results, counts, order, status and body are those of somebody who is not there."""

    @pytest.fixture
    def client(self):
        blocked()
        return signed_in(*BLIND)

    def test_検索では初めからいない(self, client):
        page = text_of(client.post("/search/found/", NAMED))
        assert JIRO.name in page and HANAKO.name not in page and "1件を表示" in page and "抑止" not in page

    @pytest.mark.parametrize(
        ("typed", "absent"),
        [
            ({"integrated_atena_no": "000000000000019"}, {"integrated_atena_no": "000000000009024"}),
            ({"affair_code": "0000", "atena_no": ATENA_NO}, {"affair_code": "0000", "atena_no": "1000009990"}),
            ({"name": "葛城", "birth": "S60.4.1", "sex": "2"}, {"name": "葛城", "birth": "S61.4.1", "sex": "2"}),
        ],
    )
    def test_どの鍵で探してもいない人と同じ頁である(self, client, typed, absent):
        asked = [client.post("/search/found/", {"purpose": "person", **keys}) for keys in (typed, absent)]
        same_page([(answer, "—") for answer in asked], status=200)
        assert "該当する人はいません" in text_of(asked[0])

    @pytest.mark.parametrize("way", ["", "number/"])
    def test_番号を知っていても個人票は開かない(self, client, way):
        client.post("/search/found/", NAMED)
        here, nobody = f"/person/{hanako().public_id}/{way}", f"/person/{uuid.uuid4()}/{way}"
        answers = [client.post(path, {"reason": "照合"}) if way else client.get(path) for path in (here, nobody)]
        same_page(list(zip(answers, (here, nobody), strict=True)), status=404)

    def test_統合で使われなくなった番号でも現れない(self, client):
        """A number that was given up leads to its person."""
        IntegratedPerson.objects.filter(name=JIRO.name).update(united_with=hanako())
        assert "該当する人はいません" in text_of(client.post("/search/found/", NAMED))

    def test_問合せはだれを探しても同じである(self, client):
        shapes = []
        for number in ("000000000000019", "000000000009024"):
            with CaptureQueriesContext(connection) as queries:
                client.post("/search/found/", {"purpose": "person", "integrated_atena_no": number})
            shapes.append(statements(queries, number))
        assert shapes[0] == shapes[1]
