"""本人確認情報の個人票 — one person, for a case: masked, on record, and compared with what the visitor brought. A-10, F-2-09; S2-02."""

import uuid

import pytest

from daicho import clock
from tests.contracts.juki_samples import CODE, NUMBER
from tests.juki_net.searching import ALL, HANAKO, TEXT, P, public_id, purposes, search, signed_in, subjects_of
from tests.juki_net.sending import deliver
from tests.staff.people import TODAY, trail

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today(settings):
    settings.STAFF_TERMINALS = "tests.staff.people.terminals_on"
    with clock.at(TODAY):
        yield


class Test個人票:
    @pytest.fixture
    def client(self):
        deliver(HANAKO)
        client = signed_in(*ALL)
        search(client, juminhyo_code=CODE)
        return client

    def card(self, way: str = "") -> str:
        return f"/identity/{public_id()}/{way}"

    def test_一人の項目を示し番号は伏せ見たことが記録される(self, client):
        page = client.get(self.card()).content.decode()
        for shown in ("昭和60年4月1日", "花園三丁目1番2号", "011002", "転入等", "女", TEXT):
            assert shown in page
        assert not any(digits in page for digits in (CODE, NUMBER))
        assert [(outcome, detail["case_no"]) for outcome, *_, detail in trail(P.IDENTITY_READ)] == [("done", "R8-0001")]
        assert (subjects_of(P.IDENTITY_READ), purposes(P.IDENTITY_READ)) == ([1], [TEXT])

    def test_用務がなければ個人票は開かない(self):
        deliver(HANAKO)
        answer = signed_in(*ALL).get(self.card())
        assert (answer.status_code, answer["Location"], trail(P.IDENTITY_READ)) == (302, "/identity/", [])

    def test_番号は権限のある人が一つずつ表示し記録される(self, client):
        answer = client.post(self.card("number/"), {"item": "juminhyo_code"}, HTTP_HX_REQUEST="true")
        assert CODE in answer.content.decode()
        assert NUMBER in client.post(self.card("number/"), {"item": "individual_number"}).content.decode()
        told = [(outcome, detail["item"], sorted(detail["numbers"])) for outcome, *_, detail in trail(P.NUMBER_REVEAL)]
        assert told == [("done", "juminhyo_code", ["juminhyo_code"]), ("done", "individual_number", ["individual_number"])]

    @pytest.mark.parametrize("item", ["old_juminhyo_code", "name_kanji", ""])
    def test_ない番号は404(self, client, item):
        assert client.post(self.card("number/"), {"item": item}).status_code == 404

    def test_権限がなければ番号も照合も個人票もない(self):
        deliver(HANAKO)
        client = signed_in(P.SEARCH_BY_CODE)
        page = search(client, juminhyo_code=CODE).content.decode()
        assert "/identity/" + str(public_id()) not in page
        ways = (client.get(self.card()), client.post(self.card("number/"), {"item": "juminhyo_code"}))
        assert [answer.status_code for answer in ways] == [403, 403]
        assert client.post(self.card("comparison/"), {"method": "card", "outcome": "same"}).status_code == 403
        assert [outcome for right in (P.IDENTITY_READ, P.NUMBER_REVEAL, P.IDENTITY_COMPARE) for outcome, *_ in trail(right)] == ["refused"] * 3

    def test_ない人は404で試みは記録される(self, client):
        assert client.get(f"/identity/{uuid.uuid4()}/").status_code == 404
        assert [outcome for outcome, *_ in trail(P.IDENTITY_READ)] == ["failed"]

    def test_カードとの照合の方法と結果が用務とともに記録される(self, client):
        """S2-02, A-10: the method and the outcome."""
        assert client.post(self.card("comparison/"), {"method": "card", "outcome": "different"}).status_code == 302
        assert "個人番号カードとの照合の結果（一致しなかった）を記録しました" in client.get(self.card()).content.decode()
        [(outcome, login, terminal, detail)] = trail(P.IDENTITY_COMPARE)
        assert (outcome, login, terminal) == ("done", "h.otaru", "H01")
        assert detail == {"method": "個人番号カード", "outcome": "一致しなかった", "case_no": "R8-0001"}
        assert (subjects_of(P.IDENTITY_COMPARE), purposes(P.IDENTITY_COMPARE)) == ([1], [TEXT])

    def test_照合の欄が足りなければ記録しない(self, client):
        for sent in ({"method": "card"}, {"outcome": "same"}, {"method": "eye", "outcome": "same"}):
            assert client.post(self.card("comparison/"), sent).status_code == 422
        assert trail(P.IDENTITY_COMPARE) == []
