"""使者 — one suite against the courier in memory and the one on the wire; then what only the wire can do wrong. F-2-21, design §5."""

import json
import threading
import time
from contextlib import ExitStack
from dataclasses import replace
from datetime import timedelta

import pytest
from django.conf import settings

from daicho import clock
from daicho.contracts import base
from daicho.outbox import signing
from daicho.outbox.envelope import Envelope, Reply, digest_of
from daicho.outbox.errors import DeliveryError, Refused, Unauthorized, Unavailable
from daicho.outbox.wire import MAX_REPLY, WireCourier
from daicho.site.config import Peer
from daicho.site.launch.keys import create_party, trust
from tests.outbox import messages  # noqa: F401 — registers the contracts
from tests.outbox.courier_suite import CourierSuite, FarEnd
from tests.outbox.couriers import MemoryCourier
from tests.outbox.messages import OutboxSampleV1
from tests.outbox.parties import envelope_of
from tests.outbox.tls_door import door, dying_door


class TestMemoryCourier(CourierSuite):
    @pytest.fixture
    def far_end(self):
        courier = MemoryCourier()

        def once(error, when):
            def raise_once(envelope):
                setattr(courier, when, lambda _: None)
                raise error

            setattr(courier, when, raise_once)

        return FarEnd(
            courier=courier,
            name="there",
            received=lambda: [notice_id for _, _, notice_id in courier.received],
            refuse_next=lambda code, reason_ja: once(Refused(code, reason_ja), "before"),
            be_away=lambda: once(Unavailable("connection"), "before"),
            lose_next_reply=lambda: once(Unavailable("timeout", whole_line=False), "after"),
            forget_us=lambda: once(Unauthorized("bad_signature"), "before"),
        )


class Peerage:
    """Two parties with keys and authorities of their own, and a door of the second that judges like a receiver."""

    def __init__(self, folder, now):
        self.me, self.peer, self.stranger = (create_party(folder / name, name, now) for name in ("residents", "there", "stranger"))
        trust(self.me, [self.peer])
        trust(self.peer, [self.me])
        self.known = {"residents": self.me.public_key}
        self.received: dict[str, str] = {}
        self.next: list = []  # replies to give instead; None: no reply at all, after having taken the message in
        self.reply_key = self.peer.signing_key
        self.lock = threading.Lock()
        self.alter = lambda status, headers, content: (status, headers, content)

    def answer(self, path, headers, body):
        request = signing.SignedRequest("POST", "https://wire" + path, headers, body)
        with self.lock:
            lose = bool(self.next) and self.next[0] is None
            reply = self.next.pop(0) if self.next and not lose else self._judge(request, body)
            if lose:
                self.next.pop(0)
                return None
        status = {"acknowledged": 200, "duplicate": 200, "refused": 422, "unauthorized": 401}[reply.status]
        content, signed = reply.to_bytes(), {}
        signing.sign_reply(signing.SignedReply(status, signed, request, content), sender="there", private_key_file=self.reply_key)
        return self.alter(status, {**signed, "Content-Type": "application/json"}, content)

    def _judge(self, request, body):
        try:
            signing.verify_request(request, public_key_files=self.known, freshness=timedelta(seconds=300))
        except signing.BadSignature as error:
            return Reply("unauthorized", error.code, "署名を確認できません。")
        envelope = base.read(Envelope, body)
        known = self.received.get(envelope.notice_id)
        if known is None:
            self.received[envelope.notice_id] = digest_of(body)
            return Reply("acknowledged", "ok", "")
        return Reply("duplicate", "duplicate", "") if known == digest_of(body) else Reply("refused", "different_content", "内容が異なります。")


@pytest.fixture
def peerage(tmp_path, monkeypatch):
    made = Peerage(tmp_path, clock.now())
    mine = replace(
        settings.DAICHO,
        name="residents",
        signing_key_file=made.me.signing_key,
        tls_cert_file=made.me.tls_cert,
        tls_key_file=made.me.tls_key,
        tls_ca_file=made.me.trusted,
    )
    monkeypatch.setattr(settings, "DAICHO", mine)
    return made


@pytest.fixture
def opened(peerage):
    """The peer's door, open until the test ends or closes it."""
    with ExitStack() as stack:
        url = stack.enter_context(door(peerage.answer, peerage.peer.tls_cert, peerage.peer.tls_key, peerage.peer.trusted))
        yield url, stack


@pytest.fixture
def courier(peerage, opened):
    made = WireCourier(Peer("there", opened[0], peerage.peer.public_key, "system"))
    yield made
    made.close()


class TestWireCourier(CourierSuite):
    @pytest.fixture
    def far_end(self, peerage, opened, courier):
        return FarEnd(
            courier=courier,
            name="there",
            received=lambda: list(peerage.received),
            refuse_next=lambda code, reason_ja: peerage.next.append(Reply("refused", code, reason_ja)),
            be_away=opened[1].close,
            lose_next_reply=lambda: peerage.next.append(None),
            forget_us=peerage.known.clear,
        )

    def deliver(self, courier):
        return courier.deliver(envelope_of(OutboxSampleV1(1, ""), "residents", receiver="there"))

    def test_他人が署名した応答は信じない(self, db, peerage, courier):
        peerage.reply_key = peerage.stranger.signing_key
        with pytest.raises(Unauthorized, match="reply_bad_signature"):
            self.deliver(courier)

    @pytest.mark.parametrize(
        "alter",
        [
            lambda status, headers, content: (422, headers, content),
            lambda status, headers, content: (status, headers, content.replace(b"acknowledged", b"refused")),
            lambda status, headers, content: (status, {"Content-Type": "application/json"}, content),
            lambda status, headers, content: (302, {**headers, "Location": "https://example.invalid/"}, content),
            lambda status, headers, content: (200, {"Content-Type": "text/html"}, b"<html>"),
        ],
    )
    def test_途中で変えられた応答は信じない(self, db, peerage, courier, alter):
        peerage.alter = alter
        with pytest.raises(Unauthorized):
            self.deliver(courier)

    def test_別の要求への応答を使い回しても信じない(self, db, peerage, courier):
        kept = []

        def replay(status, headers, content):
            kept.append((status, headers, content))
            return kept[0]

        peerage.alter = replay
        self.deliver(courier)
        with pytest.raises(Unauthorized, match="reply_bad_signature"):
            self.deliver(courier)

    def test_署名のない障害の応答は後で送り直す(self, db, peerage, courier):
        for status in (500, 502, 503, 504):
            peerage.alter = lambda _status, headers, content, status=status: (status, {}, b"broken")
            with pytest.raises(Unavailable, match=str(status)):
                self.deliver(courier)

    def test_照会は期限より長く待たない(self, db, peerage, courier):
        """The counter never waits on a hung neighbour: neither for the first word of the answer nor for its last."""

        def late(*answer):
            time.sleep(2)
            return answer

        peerage.alter, began = late, time.monotonic()
        with pytest.raises(Unavailable, match="timeout"):
            courier.ask(envelope_of(OutboxSampleV1(1, ""), "residents", receiver="there"), 0.3)
        assert time.monotonic() - began < 1.5

    def test_少しずつ滴る応答も期限で見限る(self, courier):
        class Dripping:
            class raw:  # noqa: N801 — requests' own name
                @staticmethod
                def read1(amount, decode_content):
                    time.sleep(0.02)
                    return b"x"

        with pytest.raises(Unavailable, match="timeout"):
            courier._line._read(Dripping, time.monotonic() + 0.2)

    def test_読めない応答や大きすぎる応答は一件だけ待たせる(self, db, peerage, courier):
        peerage.alter = lambda status, headers, content: (status, headers, b"x" * (MAX_REPLY + 2))
        with pytest.raises(Unavailable, match="too_large") as unavailable:
            self.deliver(courier)
        assert not unavailable.value.whole_line

    def test_信頼しない認証局の相手とは話さない(self, db, peerage):
        """A server whose certificate comes from another authority: the line stops, nothing is sent."""
        seen = []
        with door(lambda *request: seen.append(request), peerage.stranger.tls_cert, peerage.stranger.tls_key) as url:
            courier = WireCourier(Peer("there", url, peerage.peer.public_key, "system"))
            with pytest.raises(Unauthorized, match="tls"):
                self.deliver(courier)
            courier.close()
        assert seen == []

    def test_握手の途中で倒れた相手は留守と同じ(self, db, peerage):
        """A peer that is being restarted stops no line: it is tried again."""
        with dying_door() as url:
            courier = WireCourier(Peer("there", url, peerage.peer.public_key, "system"))
            with pytest.raises(Unavailable, match="tls_broken") as away:
                self.deliver(courier)
            courier.close()
        assert away.value.whole_line

    def test_自分の証明書が信頼されなければ回線を止める(self, db, peerage):
        with door(peerage.answer, peerage.peer.tls_cert, peerage.peer.tls_key, peerage.stranger.authority) as url:
            courier = WireCourier(Peer("there", url, peerage.peer.public_key, "system"))
            with pytest.raises(DeliveryError):
                self.deliver(courier)
            courier.close()
        assert peerage.received == {}

    def test_平文の宛先は作れない(self, db, peerage):
        with pytest.raises(ValueError, match="https"):
            WireCourier(Peer("there", "http://127.0.0.1:1", peerage.peer.public_key, "system"))

    def test_証明書の束は環境変数に左右されない(self, db, peerage, opened, courier, monkeypatch):
        for name in ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"):
            monkeypatch.setenv(name, str(peerage.stranger.authority))
        monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:1")
        assert self.deliver(courier).status == "acknowledged"


def test_封筒の写しは一字も違わない():
    envelope = envelope_of(OutboxSampleV1(1, "葛\U000e0104城"), "residents")
    assert base.read(Envelope, envelope.to_bytes()) == envelope
    assert json.loads(envelope.to_bytes())["body"] == '{"no":1,"text":"葛\U000e0104城"}'
