"""禁じられた道 — tried from outside at real listeners and databases, by everybody with their own real credentials. 設計2章; F-2-04, F-2-05, F-2-31, F-1-56.

One town for all attempts. What may pass stands in doors.py, written down by hand; whatever is not written there must be turned away and be on record.
"""

from __future__ import annotations

import base64
import secrets
from datetime import timedelta

import psycopg
import pytest
import requests

from daicho import clock
from daicho.contracts import base
from daicho.contracts.code_request_v1 import CodeRequestV1
from daicho.contracts.linkage_code_v1 import LinkageCodeV1
from daicho.vault.envelope import Envelope as Sealed
from daicho.vault.envelope import place_of, unseal
from daicho.vault.errors import TamperedError
from daicho.vault.keys import Key
from tests.contracts import atena_samples, chukan_samples, convenience_samples, juki_samples
from tests.journeys.crossing.strangers import Stranger
from tests.journeys.forbidden.doors import APPEND_ONLY, DOORS, PARTIES, REAL, SYSTEMS, department_asks, peers_of, strangers_to

PAIRS = [(one, other) for one in SYSTEMS for other in SYSTEMS if one != other]
NUMBERS = (atena_samples.NUMBER, juki_samples.NUMBER, juki_samples.CODE, convenience_samples.SERIAL)
PERMISSION_DENIED = psycopg.errors.InsufficientPrivilege


@pytest.fixture(scope="module")
def town():
    from tests.journeys.forbidden.town import town

    with town() as standing:
        yield standing


@pytest.fixture(scope="module")
def kinds():
    """Every kind of message that the house knows, for whomever."""
    found = sorted({definition.kind for definition in base.definitions()})
    assert len(found) > 30
    return found


@pytest.fixture(scope="module")
def brought(town):
    """A real message through every open pair, signed by its sender: what travelled, and what was said to it."""
    found = {}
    for (sender, at), message in REAL.items():
        envelope = town.envelope(message(town), sender, at)
        sent = town.sign(envelope.to_bytes(), Stranger(sender, sender, sender))
        found[sender, at] = envelope, sent, town.bring(sent, at)
    return found


@pytest.fixture(scope="module")
def linkage_code(town):
    """A 符号 as 中間サーバー comes by it: 統合宛名 asks, the network core gives."""
    asked = CodeRequestV1(chukan_samples.CITY, "000000000009033", town.now())
    assert town.knock(town.envelope(asked, "atena", "chukan"), "chukan")[0] == 200
    [(control_no,)] = town.rows("chukan", "SELECT request_control_no FROM chukan_linkagecode ORDER BY id DESC LIMIT 1")
    code = secrets.token_hex(16)
    given = LinkageCodeV1(control_no, chukan_samples.CITY, code, town.now())
    assert town.knock(town.envelope(given, "network_core", "chukan"), "chukan")[0] == 200
    return code


@pytest.fixture(scope="module")
def cookies(town, django_db_blocker):
    """Of somebody at work in each system."""
    from tests.journeys.forbidden.officers import at_work

    return at_work(town, django_db_blocker)


class Test電文:
    @pytest.mark.parametrize(("sender", "at"), REAL)
    def test_取決めにある電文は一度だけ届き_再び送っても別の所へ送っても届かない(self, town, brought, sender, at):
        """F-2-21: recorded and brought again, as it was or newly signed; and to everybody else who knows the sender."""
        envelope, first, (status, reply) = brought[sender, at]
        assert (status, reply.status) == (200, "acknowledged")
        again = [town.bring(first, at), town.knock(envelope, at)]
        expected = (422, "replayed") if envelope.kind.endswith("_question") else (200, "duplicate")
        assert [(status, reply.code) for status, reply in again] == [expected] * 2
        assert town.rows(at, "SELECT count(*) FROM outbox_receipt WHERE notice_id = %s", envelope.notice_id) == [(1,)]
        with clock.at(town.now() - timedelta(minutes=10)):
            old = town.sign(envelope.to_bytes(), Stranger(sender, sender, sender))
        assert [(status, reply.code) for status, reply in [town.bring(old, at)]] == [(401, "stale")]
        for elsewhere in (system for system in SYSTEMS if system != at and sender in DOORS[system]):
            assert [(status, reply.code) for status, reply in [town.bring(first, elsewhere)]] == [(401, "credential")]
            assert town.refusal_of(envelope, elsewhere) == ("credential", sender, True)

    def test_法の根拠のない事務の課は403で断られ記録される(self, town):
        """S4-06; design §2: the pair exists, and yet nobody is told without a ground in law."""
        envelope = town.envelope(department_asks(town), "departments", "atena")
        assert town.knock(envelope, "atena")[0] == 403
        [(code, sender, proven)] = [town.refusal_of(envelope, "atena")]
        assert (code, sender, proven) == ("forbidden", "departments", True)

    def test_どの開いた扉も上で通られている(self):
        """That what is refused here is refused for its sender, and not because nothing ever passes."""
        assert set(REAL) | {("departments", "atena")} == {(sender, at) for at in DOORS for sender, kinds in DOORS[at].items() if kinds}

    @pytest.mark.parametrize("at", SYSTEMS)
    def test_相手方も_取決めにない種類は断られ記録される(self, town, kinds, at):
        """Design §2: every kind that the house knows, by every peer with its own key."""
        brought = {(sender, kind): town.empty(kind, sender, at) for sender in peers_of(at) for kind in kinds}
        said = {which: town.knock(envelope, at) for which, envelope in brought.items()}
        expected = {(sender, kind): "contract" if kind in DOORS[at][sender] else "not_allowed" for sender, kind in brought}
        assert {which: reply.code for which, (_, reply) in said.items()} == expected
        assert {status for status, _ in said.values()} == {422}
        recorded = town.refusals(at)
        assert {which: recorded[envelope.digest] for which, envelope in brought.items()} == {
            (sender, kind): (code, sender, True) for (sender, kind), code in expected.items()
        }

    @pytest.mark.parametrize("at", SYSTEMS)
    def test_相手方でない者は自分の証明書では話せず_借りた証明書では断られ記録される(self, town, at):
        """F-2-25: G; F-2-31: who is no peer, and the system itself."""
        [wanted, *_] = [(sender, kind) for sender, some in DOORS[at].items() for kind in sorted(some)]
        for name in strangers_to(at):
            envelope = town.empty(wanted[1], name, at)
            with pytest.raises(requests.exceptions.ConnectionError):
                town.knock(envelope, at)
            assert town.refusal_of(envelope, at) is None
            status, reply = town.knock(envelope, at, Stranger(name, name, wanted[0]))
            assert (status, reply.code) == (401, "bad_signature")
            assert town.refusal_of(envelope, at) == ("bad_signature", name, False)

    @pytest.mark.parametrize("at", SYSTEMS)
    def test_誰も他の者を名乗れない(self, town, at):
        """F-2-21: with one's own key under a peer's name; and properly signed, but with another's name in the envelope."""
        said, recorded = {}, {}
        for peer in peers_of(at):
            kind = min(DOORS[at][peer], default="identity_info")
            for name in PARTIES:
                if name == peer:
                    continue
                forged, mislabelled = town.empty(kind, peer, at), town.empty(kind, name, at)
                said[name, "signs as", peer] = town.knock(forged, at, Stranger(peer, name, peer)), forged
                said[peer, "writes as", name] = town.knock(mislabelled, at, Stranger(peer, peer, peer)), mislabelled
                recorded[name, "signs as", peer] = ("bad_signature", peer, False)
                recorded[peer, "writes as", name] = ("credential", peer, True)
        assert {which: (status, reply.code) for which, ((status, reply), _) in said.items()} == {which: (401, code) for which, (code, _, _) in recorded.items()}
        kept = town.refusals(at)
        assert {which: kept[envelope.digest] for which, (_, envelope) in said.items()} == recorded

    @pytest.mark.parametrize("at", SYSTEMS)
    def test_断った物は全て監査証跡にもある(self, town, at):
        """F-2-20."""
        town.knock(town.empty("no_such_kind", peers_of(at)[0], at), at)
        [(turned_away,)] = town.rows(at, "SELECT count(*) FROM outbox_refusedmessage")
        trail = "SELECT count(*) FROM audit_entry WHERE outcome = 'refused' AND action = 'outbox:message:receive'"
        assert turned_away and town.rows(at, trail) == [(turned_away,)]


class Test画面:
    @pytest.mark.parametrize(("whose", "at"), PAIRS)
    def test_他のシステムの利用中の証は通らない(self, town, cookies, whose, at):
        """F-1-10: neither under its own name, nor under that of the other system, nor with its row laid into the other's table."""
        assert self._is_admitted(town, whose, cookies[whose])
        renamed = {name.replace(whose, at): value for name, value in cookies[whose].items()}
        assert set(renamed) == set(cookies[at]) != set(cookies[whose])
        assert not self._is_admitted(town, at, cookies[whose])
        assert not self._is_admitted(town, at, renamed)
        session = cookies[whose][f"daicho_{whose}_session"]
        [row] = town.rows(whose, "SELECT session_key, session_data, expire_date FROM django_session WHERE session_key = %s", session)
        with town.connect(at, at) as theirs:
            theirs.execute("INSERT INTO django_session (session_key, session_data, expire_date) VALUES (%s, %s, %s)", row)
            assert not self._is_admitted(town, at, renamed)
            theirs.execute("DELETE FROM django_session WHERE session_key = %s", [session])

    @staticmethod
    def _is_admitted(town, at, cookies):
        """By the door's own page: it sends on whoever is at work, and asks everybody else for a password."""
        address = f"{town.made.system(at).origin}/sign-in/"
        answer = requests.get(address, cookies=cookies, allow_redirects=False, timeout=20)
        assert (answer.status_code, "パスワード" in answer.text) in ((302, False), (200, True))
        return answer.status_code == 302


class Testデータベース:
    @pytest.mark.parametrize(("whose", "to"), PAIRS)
    def test_他のシステムのデータベースにはつながらない(self, town, whose, to):
        """Design §2, F-2-31: with either role and its real password; under the other's name with one's own password; without any."""
        for role in ("web", "owner"):
            with pytest.raises(psycopg.OperationalError, match="permission denied for database"):
                town.connect(to, whose, role)
            theirs = getattr(town.made.system(to).database, role)
            with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
                town.connect(to, whose, role, user=theirs)
            with pytest.raises(psycopg.OperationalError, match="no password supplied"):
                town.connect(to, whose, role, user=theirs, password=None)
            with town.connect(whose, whose, role) as own, pytest.raises(PERMISSION_DENIED, match="set role"):
                own.execute(f"SET ROLE {theirs}")

    @pytest.mark.parametrize("system", SYSTEMS)
    def test_追記だけの表は自分の画面の役割でも書き換えも消去もできない(self, town, system):
        """F-1-14; design §4: a grant of the database, not a habit of the program."""
        with town.connect(system, system) as own:
            for table in APPEND_ONLY[system]:
                for statement in (
                    "UPDATE {0} SET municipality_code = '000000'",
                    "DELETE FROM {0}",
                    "TRUNCATE {0}",
                    "ALTER TABLE {0} DISABLE TRIGGER ALL",
                    "DROP TABLE {0}",
                ):
                    with pytest.raises(PERMISSION_DENIED):
                        own.execute(statement.format(table))
                own.execute(f"SELECT 1 FROM {table} LIMIT 1")

    @pytest.mark.parametrize("system", SYSTEMS)
    def test_金庫は鍵ファイルがなければ自分の役割でも読めない(self, town, brought, linkage_code, system):
        """F-0-18, F-1-61: who holds a system's database, and even every table of it, has no number."""
        for secret in (*NUMBERS, linkage_code):
            assert _tables_with(town, system, secret) == []

    def test_他のシステムの金庫の鍵では開かない(self, town, brought, linkage_code):
        """F-1-61: a stolen copy of one system's vault, and the key of another."""
        query = "SELECT municipality_code, id, key_number, wrapped_key, ciphertext FROM vault_payload WHERE erased_at IS NULL LIMIT 1"
        sealed = {system: found[0] for system in SYSTEMS if (found := town.rows(system, query))}
        assert set(sealed) >= {"residents", "juki_net", "chukan", "atena"}  # of what they have posted
        assert {system: [name for name in SYSTEMS if _opens(town, name, *row)] for system, row in sealed.items()} == {system: [system] for system in sealed}


class Test符号:
    def test_符号は中間サーバーの金庫にだけある(self, town, linkage_code):
        """F-1-56, C-07."""
        kept = {system: town.rows(system, "SELECT count(*) FROM vault_number WHERE kind = 'linkage_code'")[0][0] for system in SYSTEMS}
        assert kept == {"chukan": 1, **dict.fromkeys((system for system in SYSTEMS if system != "chukan"), 0)}

    def test_中間サーバーは符号を誰にも渡さない(self, town, linkage_code):
        """F-1-56: nothing is posted to anybody but the network core, and none of the replies of this module holds it."""
        assert town.rows("chukan", "SELECT DISTINCT destination, kind FROM outbox_notice") == [("network_core", "code_acquisition")]
        assert town.heard
        assert not any(linkage_code.encode() in reply for reply in town.heard)


def _tables_with(town, system: str, text: str) -> list[str]:
    """The tables in which it stands, as text or as the bytes of a text."""
    tables = [
        name
        for (name,) in town.rows(
            system,
            "SELECT c.oid::regclass::text FROM pg_class c WHERE relkind IN ('r', 'p') AND relnamespace = 'public'::regnamespace AND has_table_privilege(c.oid, 'SELECT')",
        )
    ]
    looked = [f"SELECT '{table}' WHERE EXISTS (SELECT 1 FROM {table} t WHERE strpos(t::text, %s) > 0 OR strpos(t::text, %s) > 0)" for table in tables]
    assert len(looked) > 30
    return [name for (name,) in town.rows(system, " UNION ALL ".join(looked), *[text, text.encode().hex()] * len(looked))]


def _opens(town, whose: str, municipality: str, row_id: int, key_number: int, wrapped: bytes, ciphertext: bytes) -> bool:
    """Whether the key file of this system opens a sealed payload."""
    number, secret = town.keys(whose).vault_key.read_text("ascii").split()
    try:
        unseal(Key(int(number), base64.b64decode(secret)), place_of("vault_payload", municipality, "", row_id), Sealed(key_number, wrapped, ciphertext))
    except TamperedError:
        return False
    return True
