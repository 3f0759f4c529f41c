"""発行抑止 — kept beside the file, warned of first, and for who may not know the person is not there; nobody outside is told. 標準仕様3.1 (N-3.1-19); domain §7."""

from __future__ import annotations

import uuid
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from daicho import clock, vault
from daicho.contracts.issue_block_v1 import BlockedPerson, IssueBlockV1
from daicho.juki_net.models import IdentityRecord, IssueBlock
from daicho.juki_net.rules.issue_block import REFUSED, refusal_of_paper
from daicho.outbox.models import Notice
from daicho.values.numbers import IndividualNumber, JuminhyoCode
from tests.contracts.juki_samples import CODE, NUMBER
from tests.juki_net.searching import HANAKO, P, names, public_id, search, signed_in
from tests.juki_net.sending import deliver
from tests.staff.people import TODAY
from tests.ui.alike import same_page, statements

pytestmark = pytest.mark.django_db
BLIND = (P.SEARCH_BY_CODE, P.SEARCH_BY_NUMBER, P.SEARCH_BY_ITEMS, P.IDENTITY_READ, P.NUMBER_REVEAL)
NOBODY = JuminhyoCode.from_body("9999999998"), IndividualNumber.from_body("99999999987")


@pytest.fixture(autouse=True)
def today(settings):
    settings.STAFF_TERMINALS = "tests.staff.people.terminals_on"
    with clock.at(TODAY):
        yield


def blocked(since: date | None, *, minutes: int = 0, code: str = CODE):
    return deliver(IssueBlockV1(clock.now() + timedelta(minutes=minutes), (BlockedPerson(code, since),)))


def today_() -> date:
    return clock.today()


def test_設定と解除がそれぞれ届く():
    """N-3.1-19; what comes late changes nothing."""
    deliver(HANAKO)
    states = []
    for since, minutes in ((today_(), 0), (None, 5), (today_(), 0)):
        assert blocked(since, minutes=minutes).status == "acknowledged"
        states.append(IssueBlock.objects.get().prohibited_from)
    assert states == [today_(), None, None]


def test_都道府県にも他の市区町村にも知らせず本人確認情報も変わらない():
    """F-2-02, F-2-07, N-3.1-19: a 抑止 concerns papers, not 本人確認情報."""
    deliver(HANAKO)
    before = (IdentityRecord.objects.values().get(), Notice.objects.count())
    blocked(today_())
    assert (IdentityRecord.objects.values().get(), Notice.objects.count()) == before


def test_住民票コードでないものは理由を付けて断る():
    refused = blocked(today_(), code="12345678901")
    assert (refused.status, "住民票コード" in refused.reason_ja, "12345678901" in refused.reason_ja) == ("refused", True, False)


def test_住民票コードが変わっても抑止は続く():
    """N-3.1-14: it ends by a release alone."""
    from daicho.juki_net.commands.blocking import follow_new_code

    blocked(today_())
    old, new = vault.find(vault.NumberKind.JUMINHYO_CODE, CODE), vault.keep(vault.NumberKind.JUMINHYO_CODE, NUMBER[:11])
    follow_new_code(old, new)
    row = IssueBlock.objects.get()
    assert (row.juminhyo_code_ref, row.prohibited_from) == (new, today_())


@pytest.mark.parametrize(
    ("days", "said"),
    [((None,), ""), ((date(2026, 4, 10),), REFUSED), ((None, date(2000, 1, 1)), REFUSED), ((date(2026, 4, 11),), "")],
)
def test_広域交付は載る人の一人でも抑止されていれば断る(days, said):
    """N-3.1-19: the pure check, for when this room answers 広域交付 (法12条の4)."""
    assert refusal_of_paper(days, date(2026, 4, 10)) == said


def test_知るべき職員には検索結果に印が付き個人票では警告が最初に出る():
    deliver(HANAKO)
    blocked(today_())
    client = signed_in(*BLIND, P.PROTECTED_READ)
    assert "発行抑止" in search(client, juminhyo_code=CODE).content.decode()
    main = client.get(f"/identity/{public_id()}/").content.decode().split("<main", 1)[1]
    assert main.index("発行が抑止されている人です") < main.index("用務")


class Test知ってはならない職員:
    """domain §7: results, counts, status and body are those of somebody who is not in the file."""

    @pytest.fixture
    def client(self):
        deliver(HANAKO)
        blocked(today_())
        return signed_in(*BLIND)

    @pytest.mark.parametrize(
        ("typed", "absent"),
        [
            ({"juminhyo_code": CODE}, {"juminhyo_code": NOBODY[0]}),
            ({"individual_number": NUMBER}, {"individual_number": NOBODY[1]}),
            ({"name": HANAKO.name_kanji, "birth": "S60.4.1"}, {"name": HANAKO.name_kanji, "birth": "S61.4.1"}),
        ],
    )
    def test_どの鍵で探してもいない人と同じ頁である(self, client, typed, absent):
        answers = [search(client, **keys) for keys in (typed, absent)]
        same_page([(answer, "—") for answer in answers], status=200)
        assert names(answers[0]) == []

    @pytest.mark.parametrize("way", ["", "number/"])
    def test_番号を知っていても個人票は開かない(self, client, way):
        search(client, juminhyo_code=CODE)
        here, nobody = f"/identity/{public_id()}/{way}", f"/identity/{uuid.uuid4()}/{way}"
        answers = [client.post(path, {"item": "juminhyo_code"}) if way else client.get(path) for path in (here, nobody)]
        same_page(list(zip(answers, (here, nobody), strict=True)), status=404)

    def test_問合せはだれを探しても同じである(self, client):
        shapes = []
        for birth in ("S60.4.1", "S61.4.1"):
            with CaptureQueriesContext(connection) as queries:
                search(client, name=HANAKO.name_kanji, birth=birth)
            shapes.append(statements(queries, birth))
        assert shapes[0] == shapes[1]
