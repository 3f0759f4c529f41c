"""二つの団体の仕事 — two municipalities at work in one database, through the room's own commands: the same number, the same 符号, the same question. F-1-60.

What the database itself keeps apart is in test_row_security.py; here no command notices that there is another.
"""

from contextlib import contextmanager
from dataclasses import replace
from datetime import date

import pytest
from django.db import connection, connections
from django.http import Http404

from daicho import audit, clock
from daicho.chukan.commands import erase_expired
from daicho.chukan.commands.replicas import opened
from daicho.chukan.models import Inquiry, LinkageCode, Person, Replica
from daicho.chukan.permissions import ChukanPermission
from daicho.chukan.queries.exporting import export_replicas
from daicho.chukan.queries.inquiries import Wanted, listed, one
from daicho.chukan.queries.persons import card, find_person
from daicho.contracts.code_request_v1 import CodeRequestV1
from daicho.contracts.linkage_code_v1 import LinkageCodeV1
from tests import harness
from tests.audit.sealing import seal_everything
from tests.chukan.sending import CODE, ask, deliver, load_lists, message_of, put, replica
from tests.chukan.sending import opened as asker_opened
from tests.contracts.chukan_samples import CITY, INTEGRATED_NO

OTHER = "011002"


@pytest.fixture
def two_cities(committed_db, settings):
    """The web role serves both; `serving(code)` makes this process that municipality's, with a connection of its own, as its own installation would."""
    with harness.cluster().connect(committed_db.name) as superuser:
        superuser.execute("INSERT INTO chukan_servedmunicipality (municipality_code, role) VALUES (%s, %s)", [OTHER, settings.DAICHO.database.web])
    first = settings.INSTALLATION
    chosen = connections.settings["default"]["OPTIONS"]
    before = chosen["options"]

    @contextmanager
    def serving(code):
        settings.INSTALLATION = replace(first, municipality_code=code, municipality_name={CITY: "小樽市", OTHER: "札幌市"}[code])
        connection.close()
        chosen["options"] = before.replace(CITY, code)
        connection.settings_dict["OPTIONS"]["options"] = chosen["options"]
        try:
            yield
        finally:
            connection.close()
            chosen["options"] = connection.settings_dict["OPTIONS"]["options"] = before
            settings.INSTALLATION = first

    return serving


def someone_of(code, **changes):
    """A person with replica and 符号, told as that municipality's atena would."""
    load_lists()
    assert deliver(replica(municipality_code=code, **changes)).status == "acknowledged"
    deliver(CodeRequestV1(code, INTEGRATED_NO, clock.now()))
    [row] = LinkageCode.objects.all()
    assert deliver(LinkageCodeV1(row.request_control_no, code, CODE, clock.now()), "network_core").status == "acknowledged"


def test_同じ番号と同じ符号の人が二団体にいても互いに混じらない(two_cities, officer, tmp_path):
    for code, name in ((CITY, "小樽\u3000一"), (OTHER, "札幌\u3000二")):
        with two_cities(code):
            someone_of(code, name_kanji=name, relationship=name)
    for code, name in ((CITY, "小樽\u3000一"), (OTHER, "札幌\u3000二")):
        with two_cities(code):
            asked = ask(provider_municipality_code=code)
            answer = put(asked)
            assert asker_opened(asked, answer)["items"][0]["value"] == name
            assert [person.municipality_code for person in Person.objects.all()] == [code]
            person = find_person(officer, INTEGRATED_NO)
            assert card(officer, person).told.name_kanji == name
            assert [row.provider_ja for row in listed(officer, Wanted()).rows] == [{CITY: "小樽市長", OTHER: "札幌市長"}[code]]
            assert export_replicas(officer, tmp_path / f"{code}.csv", purpose="原本照合").rows == 1
            assert name in (tmp_path / f"{code}.csv").read_text("utf-8")


def test_他団体の人の番地は404になる(two_cities, officer):
    with two_cities(OTHER):
        someone_of(OTHER)
        [theirs] = Person.objects.values_list("pk", flat=True)
        put(ask(provider_municipality_code=OTHER))
        [inquiry] = Inquiry.objects.values_list("pk", flat=True)
    with two_cities(CITY):
        assert find_person(officer, INTEGRATED_NO) is None
        with pytest.raises(Http404):
            card(officer, theirs)
        with pytest.raises(Http404):
            one(officer, inquiry)


def test_同じ照会番号と許可証番号が二団体に来ても衝突しない(two_cities):
    """Natural keys hold the municipality: nobody learns from a refusal that another has the same."""
    asked = {}
    for code in (CITY, OTHER):
        with two_cities(code):
            someone_of(code)
            question = message_of(ask(provider_municipality_code=code, permit_no="P1"))
            asked[code] = replace(question, question_id="6f1c1d4e-0000-4000-8000-000000000001")
            assert deliver(asked[code], "network_core").status == "acknowledged"
            assert list(Inquiry.objects.values_list("result", "permit_no")) == [("answered", "P1")]


def test_一方の消去は他方に及ばない(two_cities):
    for code in (CITY, OTHER):
        with two_cities(code):
            deliver(replica(municipality_code=code, state="removed", removed_on=date(2010, 1, 1)))
    with two_cities(CITY):
        erase_expired(audit.Actor.system("job", ChukanPermission.EXPIRED_ERASE), clock.today())
        assert Person.objects.get().erased_at is not None
    with two_cities(OTHER):
        assert (Person.objects.get().erased_at, opened(Replica.objects.get()).state) == (None, "removed")


def test_操作履歴の封印も団体ごとに連なる(two_cities):
    """Each municipality's trail is chained and proven by itself, from its own first seal."""
    for code in (CITY, OTHER):
        with two_cities(code):
            deliver(replica(municipality_code=code))
            assert [head.no for head in seal_everything()][:1] == [1]
    for code in (CITY, OTHER):
        with two_cities(code):
            report = audit.verify()
            assert (report.ok, report.entries > 0, report.unsealed) == (True, True, 0)
