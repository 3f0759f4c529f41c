"""転出地としての転出証明書情報 — kept from residents, given to the city that asks, taken back and erased. 住民基本台帳法第24条の2; G-11; N-4.1.3.0.4-03, -06."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from daicho import clock
from daicho.audit.models import AuditEntry
from daicho.contracts import base
from daicho.contracts.move_out_certificate_info_v1 import MoveOutCertificateInfoV1, MoveOutCertificateWithdrawnV1
from daicho.juki_net.commands.certifying import erase_certified
from daicho.juki_net.models import IdentityRecord, IdentityVersion, MoveOutInfo, MoveOutSubject
from daicho.outbox import intake
from daicho.outbox.models import Notice
from daicho.values.made_up import made_up_juminhyo_code
from daicho.vault.models import SealedPayload
from tests.contracts.juki_samples import CODE, MOVE_IN, NUMBER, OTHER_CODE, OTHER_NUMBER
from tests.contracts.move_out_samples import CERTIFICATE, QUESTION, TARO, YULIN
from tests.juki_net.sending import deliver, envelope_of

pytestmark = pytest.mark.django_db
ID = "6c0f4f7e-2a1d-4f0a-8f0d-0c2b5d1e9a11"
LAST_DAY = date(2026, 5, 31)
HANAKO = replace(TARO, juminhyo_code=CODE, individual_number=NUMBER)
GUEST = replace(YULIN, juminhyo_code=OTHER_CODE, individual_number=OTHER_NUMBER)
CERTIFIED = replace(CERTIFICATE, former_municipality_code="012033", planned_move_out_date=date(2026, 5, 1), people=(HANAKO, GUEST))
INFO = MoveOutCertificateInfoV1(ID, LAST_DAY, CERTIFIED)


@pytest.fixture(autouse=True)
def today():
    with clock.at(date(2026, 4, 20)):
        yield


@pytest.fixture
def residents():
    """Both are in file (2)."""
    for code, number in ((CODE, NUMBER), (OTHER_CODE, OTHER_NUMBER)):
        assert deliver(replace(MOVE_IN, juminhyo_code=code, individual_number=number)).status == "acknowledged"


@pytest.fixture
def kept(residents):
    assert deliver(INFO).status == "acknowledged"


def asked(number: str = "1", **changes):
    """Another city's question as its server sends it."""
    own = {"question_id": f"0b9f6c1e-5a7d-4b7e-9d55-1f6f0a3f7c{number:0>2}", "addressee_municipality_code": "012033", "municipality_code": "012041"}
    question = replace(QUESTION, **{**own, "juminhyo_code": CODE, "deadline": clock.now() + timedelta(seconds=5), **changes})
    return deliver(None, envelope_of(question, sender="other_city", subjects=()), peer="other_city")


def answer(number: str = "1", **changes):
    reply = asked(number, **changes)
    assert reply.status == "acknowledged", reply
    return base.decode("move_out_certificate_answer", 1, reply.answer.encode())


@pytest.mark.parametrize(
    "numbers",
    [{}, {"juminhyo_code": None, "individual_number": NUMBER}, {"juminhyo_code": OTHER_CODE}],
    ids=["住民票コード", "個人番号", "同行する人"],
)
def test_他の市区町村が照会すれば届け出たとおりに答える(kept, numbers):
    """G-11 as 転出地, 法24条の2."""
    found = answer(**numbers)
    assert (found.outcome, found.certificate, found.question_id) == ("found", CERTIFIED, "0b9f6c1e-5a7d-4b7e-9d55-1f6f0a3f7c01")


def test_本人確認情報ファイルには何も入らず外へも送らない(residents):
    """F-2-02, F-2-05: file (2) holds its forty items; nothing leaves until a city asks."""
    before = [row.to_value() for row in IdentityRecord.objects.order_by("pk")], IdentityVersion.objects.count(), Notice.objects.count()
    deliver(INFO)
    assert ([row.to_value() for row in IdentityRecord.objects.order_by("pk")], IdentityVersion.objects.count(), Notice.objects.count()) == before
    assert (MoveOutInfo.objects.get().answer_until, MoveOutSubject.objects.count()) == (LAST_DAY, 2)


def test_期限の日までは答え過ぎれば該当なしで夜に消す(kept):
    """法24条の2: until the last day that residents named, this day too."""
    with clock.at(LAST_DAY):
        assert answer("1").outcome == "found"
        assert erase_certified(LAST_DAY) == 0
    ref = MoveOutInfo.objects.get().payload_ref
    with clock.at(LAST_DAY + timedelta(days=1)):
        assert (answer("2").outcome, answer("3").certificate) == ("not_found", None)
        assert erase_certified(LAST_DAY + timedelta(days=1)) == 1
    assert (MoveOutInfo.objects.count(), MoveOutSubject.objects.count()) == (0, 0)
    assert SealedPayload.objects.get(pk=ref).ciphertext is None, "its content is gone, not only out of sight"


def test_転出を取り消した人は載らず全員が取り消せば消える(kept):
    """N-4.1.3.0.4: cancelled for one of the household, then for the other."""
    assert deliver(MoveOutCertificateWithdrawnV1(ID, (OTHER_CODE,))).status == "acknowledged"
    assert answer("1").certificate == replace(CERTIFIED, people=(HANAKO,))
    assert answer("2", juminhyo_code=OTHER_CODE).outcome == "not_found"
    deliver(MoveOutCertificateWithdrawnV1(ID, (CODE,)))
    assert (answer("3").outcome, MoveOutInfo.objects.count()) == ("not_found", 0)
    assert deliver(MoveOutCertificateWithdrawnV1(ID, (CODE,))).status == "acknowledged", "what was erased before needs no taking back"


def test_転出し直せば新しいほうを答える(kept):
    again = replace(CERTIFIED, planned_address="北海道函館市東雲町4番13号")
    with clock.at(date(2026, 4, 21)):
        deliver(replace(INFO, certificate_id="6c0f4f7e-2a1d-4f0a-8f0d-0c2b5d1e9a12", certificate=again))
        assert answer().certificate == again


def test_知らない人と通常の転出の人は該当なしと答える(residents):
    """N-4.1.3.0.4-01: of an ordinary 転出 nothing is certified here."""
    assert [answer("1").outcome, answer("2", juminhyo_code=str(made_up_juminhyo_code(977))).outcome] == ["not_found", "not_found"]


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"addressee_municipality_code": "011011"}, "not_for_us"),
        ({"municipality_code": "012033"}, "from_ourselves"),
        ({"juminhyo_code": None}, "ill_formed"),
        ({"individual_number": NUMBER}, "ill_formed"),
    ],
)
def test_照会そのものの誤りは拒む(kept, wrong, code):
    """F-2-22."""
    reply = asked(**wrong)
    assert (reply.status, reply.code) == ("refused", code) and reply.reason_ja


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"former_municipality_code": "011011"}, "other_city"),
        ({"people": ()}, "missing"),
        ({"people": (HANAKO, HANAKO)}, "repeated"),
        ({"people": (replace(HANAKO, juminhyo_code=str(made_up_juminhyo_code(978))),)}, "unknown_person"),
    ],
)
def test_既存住基からの誤った転出証明書情報は拒む(residents, changes, code):
    """F-2-22: with words for residents' work list, and nothing kept."""
    reply = deliver(replace(INFO, certificate=replace(CERTIFIED, **changes)))
    assert (reply.status, reply.code) == ("refused", code) and reply.reason_ja
    assert not MoveOutInfo.objects.exists()


def test_誰が何のために照会し誰のことを答えたかが番号も名前もなく残る(kept):
    """design §5; F-2-09."""
    answer()
    entry = AuditEntry.objects.get(action="juki_net:move_out:answer")
    assert (entry.purpose, entry.detail["asked_by"], entry.detail["stage"]) == (QUESTION.purpose, "012041", "found")
    assert set(entry.subjects) == set(IdentityRecord.objects.values_list("public_id", flat=True))
    trail = str([(each.detail, each.purpose) for each in AuditEntry.objects.all()])
    assert not any(secret in trail for secret in (CODE, NUMBER, "太郎"))


@pytest.mark.parametrize("peer", ["atena", "prefecture"])
def test_住民記録のほかからは預からず他の市区町村のほかには答えない(kept, peer):
    """F-2-05."""
    assert deliver(INFO, envelope_of(INFO, sender=peer), peer=peer).status == "refused"
    reply = deliver(None, envelope_of(replace(QUESTION, addressee_municipality_code="012033"), sender=peer, subjects=()), peer=peer)
    assert reply.status == "refused"


def test_他の市区町村は転出証明書情報を預けられない(residents):
    assert deliver(INFO, envelope_of(INFO, sender="other_city", subjects=()), peer="other_city").code == "not_allowed"
    assert {kind for sender, kind in intake.registered() if sender == "other_city"} == {
        "move_in_outward",
        "move_out_certificate_question",
        "family_register_notice",
        "wide_area_question",
    }
