"""情報提供 — one inquiry from permit to sealed answer, and everything for which it is refused; each recorded. 番号法19条8号, 21条, 23条; G-19, S3-03, S3-05, S3-08."""

import ast
import tempfile
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from django.db import connection

from daicho import audit, chukan, clock
from daicho.audit.models import AuditEntry
from daicho.chukan.commands import import_provisions
from daicho.chukan.models import Inquiry, Person, Replica
from daicho.chukan.permissions import ChukanPermission
from daicho.contracts import base
from daicho.contracts.layouts import code_list
from daicho.outbox.models import RefusedMessage
from simulators.asking import CannotOpen
from tests.chukan.sending import CODE, OLD_TAX, ask, deliver, envelope_of, load_lists, message_of, obtain_code, opened, put, replica, someone_asked_about
from tests.contracts.chukan_samples import CITY, INTEGRATED_NO

pytestmark = pytest.mark.django_db
SWITCH = datetime(2025, 7, 24, 15, 0, tzinfo=UTC)  # 令和7年7月25日 0時 in Japan


def refused_for(answer) -> list[str]:
    """The reasons, which the record holds as well."""
    assert (answer["result"], answer["sealed"]) == ("refused", None)
    record = Inquiry.objects.get(question_id=answer["question_id"])
    assert (record.result, record.reasons) == ("refused", answer["reasons"])
    return answer["reasons"]


class Test提供する:
    def test_許可された照会に続柄と世帯主氏名を答える(self):
        """S3-03, E-03: 住民基本台帳法7条4号 and nothing else of what the replica holds."""
        someone_asked_about()
        asked = ask()
        answer = put(asked)
        assert (answer["result"], answer["reasons"], answer["provider_municipality_code"], answer["route"]) == ("answered", [], CITY, asked.question["route"])
        content = opened(asked, answer)
        assert content["items"] == [{"identifier": "relationship", "value": "世帯主"}, {"identifier": "householder_name", "value": "葛\U000e0104城\u3000花子"}]
        assert (content["state"], content["information_code"]) == ("current", "JUMINHYO")

    def test_回答は照会者の鍵でしか開かない(self):
        """S3-08, F-1-53: with another key, as another question's answer, or altered by one bit it does not open."""
        someone_asked_about()
        asked = ask()
        answer = put(asked)
        assert opened(asked, answer)
        other = ask()
        with pytest.raises(CannotOpen, match="this key"):
            opened(replace(asked, private_key=other.private_key), answer)
        with pytest.raises(CannotOpen, match="another question"):
            opened(replace(asked, question={**asked.question, "question_id": other.question["question_id"]}), answer)
        with pytest.raises(CannotOpen, match="signature"):
            opened(asked, {**answer, "route": "R0"})

    def test_回答のどこにも個人の事項が平文で現れない(self):
        someone_asked_about()
        text = str(put(ask()))
        assert not any(word in text for word in ("花子", "世帯主", "花園", CODE, INTEGRATED_NO))

    def test_提供の記録は番号法23条の事項を持つ(self):
        """S3-05: who asked whom, when, when it was provided, which information for which affair on what basis; seven years."""
        someone_asked_about()
        with clock.at(datetime(2026, 4, 10, 3, 0, tzinfo=UTC)):
            deliver(replica())
            asked = ask(asked_at=datetime(2026, 4, 10, 2, 59, tzinfo=UTC))
            answer = put(asked)
        [record] = Inquiry.objects.all()
        assert (record.inquirer_ja, record.provider_ja, record.asked_at) == ("札幌市長", "小樽市長", datetime(2026, 4, 10, 2, 59, tzinfo=UTC))
        assert (record.affair_ja, record.information_ja, record.basis_ja, record.item_no) == (
            "地方税法等による地方税の賦課徴収", "住民票関係情報", "番号法第19条第8号・主務省令第2条の表", "48",
        )  # fmt: skip
        assert (record.result, record.person, record.replica) == ("answered", Person.objects.get(), Replica.objects.order_by("-version_no").first())
        assert (str(record.question_id), record.permit_no) == (asked.question["question_id"], asked.question["permit"]["permit_no"])
        assert base.write_instant(record.answered_at) == answer["answered_at"]
        assert record.keep_until == date(2033, 4, 10)

    def test_提供は操作履歴にも誰の何の事務かを残す(self):
        """F-1-43."""
        someone_asked_about()
        put(ask())
        entry = AuditEntry.objects.get(action="chukan:inquiry:answer")
        assert (entry.subjects, entry.outcome, entry.purpose) == ([Person.objects.get().pk], "done", "地方税法等による地方税の賦課徴収")

    def test_消除された人についても答える(self):
        """E-04: the same persons as the file, removed ones too."""
        someone_asked_about()
        deliver(replica(state="removed", removed_on=date(2026, 4, 1)))
        asked = ask()
        assert opened(asked, put(asked))["state"] == "removed"

    def test_最新の副本で答える(self):
        someone_asked_about()
        deliver(replica(relationship="妻", householder_name="葛\U000e0104城\u3000太郎"))
        asked = ask()
        assert [item["value"] for item in opened(asked, put(asked))["items"]] == ["妻", "葛\U000e0104城\u3000太郎"]

    def test_問合せの数は記録の数によらない(self, django_assert_num_queries):
        someone_asked_about()
        for _ in range(3):
            put(ask())
        question = message_of(ask())
        with django_assert_num_queries(16):
            deliver(question, "network_core")

    def test_同じ照会番号に二度は答えない(self):
        """A recorded question cannot be asked again by whoever recorded it."""
        someone_asked_about()
        question = message_of(ask())
        assert deliver(question, "network_core").status == "acknowledged"
        assert deliver(question, "network_core").status == "refused"
        assert Inquiry.objects.count() == 1


class Test許可証を確かめる:
    """F-1-51, F-1-57: an answer goes only to what the core has permitted."""

    @pytest.mark.parametrize(
        ("fault", "reasons"),
        [
            ("wrong_signature", ["permit_signature"]),
            ("expired_permit", ["permit_expired"]),
            ("wrong_item", ["permit_mismatch", "not_listed"]),
            ("wrong_person", ["permit_mismatch"]),
            ("wrong_day", ["permit_mismatch"]),
            ("bad_key", ["key_unusable"]),
            ("future", ["asked_in_future"]),
            ("unknown_code", ["code_unknown"]),
        ],
    )
    def test_合わない許可証を拒み記録する(self, fault, reasons):
        someone_asked_about()
        assert refused_for(put(ask(fault=fault))) == reasons

    def test_同じ許可証で二度は答えない(self):
        someone_asked_about()
        assert put(ask(permit_no="P1"))["result"] == "answered"
        assert refused_for(put(ask(permit_no="P1"))) == ["permit_used"]

    def test_拒まれた許可証は使われたことにならない(self):
        someone_asked_about()
        assert refused_for(put(ask(permit_no="P1", fault="wrong_day")))
        assert put(ask(permit_no="P1"))["result"] == "answered"

    def test_期限の切れた後は答えない(self):
        someone_asked_about()
        question = message_of(ask())
        with clock.at(clock.now() + timedelta(minutes=11)):
            deliver(question, "network_core")
        assert Inquiry.objects.get().reasons == ["permit_expired"]

    @pytest.mark.parametrize("name", ["inquirer_code", "affair_code", "procedure_code", "information_code", "route", "provider_municipality_code"])
    def test_許可証と違う項目があれば拒む(self, name):
        """F-1-57."""
        someone_asked_about()
        asked = ask()
        changed = {**asked.question, name: "C00000000012025" if name == "inquirer_code" else "011002"}
        assert "permit_mismatch" in refused_for(put(replace(asked, question=changed)))

    def test_別の照会者の鍵では受け取れない(self):
        """Who steps between core and asker cannot put a key of their own in."""
        someone_asked_about()
        asked, thief = ask(), ask()
        changed = {**asked.question, "inquirer_public_key": thief.question["inquirer_public_key"]}
        assert refused_for(put(replace(asked, question=changed))) == ["permit_mismatch"]

    def test_他団体あての照会を拒む(self):
        someone_asked_about()
        assert refused_for(put(ask(provider_municipality_code="011002"))) == ["wrong_provider"]

    def test_記録できない照会は入口で断られそれが残る(self):
        someone_asked_about()
        reply = deliver(message_of(ask(inquirer_code="X" * 17)), "network_core")
        assert (reply.status, Inquiry.objects.count(), RefusedMessage.objects.count()) == ("refused", 0, 1)

    def test_照会番号と電文の番号が違えば断る(self):
        someone_asked_about()
        question = message_of(ask())
        envelope = envelope_of(question, "network_core", notice_id="6f1c1d4e-0000-4000-8000-000000000001")
        assert deliver(question, "network_core", envelope=envelope).code == "contract"

    @pytest.mark.parametrize("sender", ["atena", "residents"])
    def test_核のほかからの照会を受けない(self, sender):
        someone_asked_about()
        assert deliver(message_of(ask()), sender).code == "not_allowed"
        assert Inquiry.objects.count() == 0


class Test照合リストを確かめる:
    """E-01, F-1-51: a request whose 照会者, 事務, 情報 is not on the list in force on that day is refused and recorded."""

    def test_リストにない事務を拒む(self):
        """F-1-51."""
        someone_asked_about()
        assert refused_for(put(ask(affair_code="O2-49", item_no="49"))) == ["not_listed"]

    def test_リストにない情報を拒む(self):
        """F-1-51."""
        someone_asked_about()
        assert refused_for(put(ask(information_code="TAX"))) == ["not_listed"]

    def test_その事務の照会者でない機関を拒む(self):
        """F-1-51."""
        someone_asked_about()
        assert refused_for(put(ask(inquirer_code="M00000000000001"))) == ["inquirer_not_listed"]

    def test_登録のない機関を拒み名を伏せて記録する(self):
        someone_asked_about()
        assert refused_for(put(ask(inquirer_code="C00000000099999"))) == ["inquirer_unknown"]
        assert Inquiry.objects.get().inquirer_ja == "（登録のない機関）"

    @pytest.mark.parametrize("item", ["59", "110", "13", "166"])
    def test_確かめていない行は許可しない(self, item):
        """The provision table: rows graded U or L are on the list, and permit nothing."""
        someone_asked_about()
        assert refused_for(put(ask(affair_code=f"O2-{item}", item_no=item, procedure_code=f"O2-{item}-01"))) == ["undecided"]

    def test_リストを取り込む前は何も許可しない(self):
        deliver(replica())
        obtain_code()
        assert refused_for(put(ask())) == ["not_listed", "inquirer_unknown"]

    def test_許されない照会に人の有無を教えない(self):
        """Who may not ask learns nothing about the person, known or not."""
        load_lists()
        someone = refused_for(put(ask(inquirer_code="M00000000000001")))
        deliver(replica())
        obtain_code()
        assert refused_for(put(ask(inquirer_code="M00000000000001"))) == someone == ["inquirer_not_listed"]


class Test照会の日のリストで判定する:
    """H-01, H-17: a request is judged by the list of its own day."""

    def put_at(self, moment, **codes):
        with clock.at(moment):
            return put(ask(**codes))

    @pytest.fixture(autouse=True)
    def person(self):
        with clock.at(datetime(2019, 1, 1, tzinfo=UTC)):
            deliver(replica())
            obtain_code()
        load_lists()

    def test_切替えの前の日は旧い表の項で許可する(self):
        asked = self.put_at(SWITCH - timedelta(minutes=1), **OLD_TAX)
        assert asked["result"] == "answered"
        assert Inquiry.objects.get().basis_ja == "番号法第19条第8号・別表第二"

    def test_切替えの前の日に新しい項は使えない(self):
        assert refused_for(self.put_at(SWITCH - timedelta(minutes=1))) == ["not_in_force"]

    def test_切替えの日からは新しい表の項で許可し旧い項は使えない(self):
        """F-1-51, E-01, H-01."""
        assert self.put_at(SWITCH)["result"] == "answered"
        assert refused_for(self.put_at(SWITCH, **OLD_TAX)) == ["not_in_force"]

    def test_切替えの直前の照会が切替えの後に届いても旧い表で判定する(self):
        """The day of the request counts, not that of its arrival."""
        with clock.at(SWITCH - timedelta(minutes=1)):
            question = message_of(ask(**OLD_TAX))
        with clock.at(SWITCH + timedelta(minutes=1)):
            deliver(question, "network_core")
        assert Inquiry.objects.get().result == "answered"

    def test_根拠の条番号はその日のもの(self):
        """H-02: 19条7号 until 令和3年, 8号 after it."""
        self.put_at(datetime(2020, 6, 1, tzinfo=UTC), **OLD_TAX)
        self.put_at(datetime(2022, 6, 1, tzinfo=UTC), **OLD_TAX)
        assert list(Inquiry.objects.order_by("asked_at").values_list("basis_ja", flat=True)) == ["番号法第19条第7号・別表第二", "番号法第19条第8号・別表第二"]

    def test_廃止された項は廃止の日から許可しない(self):
        """H-17: item 21 was dropped in 令和3年. The seed has only its number, so this list is made up: item 900 of an invented law."""
        load_made_up_list()
        made_up = {"affair_code": "Z-900", "item_no": "900", "procedure_code": "Z-900-01"}
        assert self.put_at(datetime(2021, 11, 1, tzinfo=UTC), **made_up)["result"] == "answered"
        assert refused_for(self.put_at(datetime(2021, 11, 2, tzinfo=UTC), **made_up)) == ["not_in_force"]

    def test_別表第二の21は令和3年の版にない(self):
        """H-17, as the assessment has it: on the list of its time, though undecided; later not in force at all."""
        item = {"affair_code": "B2-21", "item_no": "21", "procedure_code": "B2-21-01"}
        assert refused_for(self.put_at(datetime(2020, 6, 1, tzinfo=UTC), **item)) == ["undecided"]
        assert refused_for(self.put_at(datetime(2022, 6, 1, tzinfo=UTC), **item)) == ["not_in_force"]


def load_made_up_list():

    heading = "law_version,basis_ja,item_no,valid_from,valid_to,inquirer_ja,inquirer_kinds,affair_ja,affair_code,procedure_code,information_ja,information_code,items,decided"
    row = "made_up,架空の法律,900,2019-01-01,2021-11-01,市町村長,mayor,架空の事務,Z-900,Z-900-01,住民票関係情報,JUMINHYO,relationship,yes"
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "list.csv"
        file.write_text(f"{heading}\n{row}\n", encoding="utf-8")
        import_provisions(audit.Actor.system("import", ChukanPermission.LIST_IMPORT), file)


def test_理由は全て符号表にある():
    """Each reason has its word for clerks."""

    said = set()
    for name in ("rules/judging.py", "rules/permit.py", "commands/provisions.py", "commands/decisions.py"):
        tree = ast.parse((Path(chukan.__file__).parent / name).read_text("utf-8"))
        said |= {node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)}
    assert set(code_list("provision_reason")) <= said


def test_副本のない人について提供しない():
    load_lists()
    obtain_code()
    assert refused_for(put(ask())) == ["no_replica"]


def test_人が分かる限り拒否の記録も人に結び付く():
    """番号法23条: refusals are records of the person's too."""
    someone_asked_about()
    put(ask(fault="wrong_signature"))
    assert Inquiry.objects.get().person == Person.objects.get()


def test_記録に個人の事項は書かれない():
    someone_asked_about()
    put(ask())
    with connection.cursor() as cursor:
        cursor.execute("SELECT t::text FROM chukan_inquiry t")
        [(text,)] = cursor.fetchall()
    assert not any(word in text for word in ("花子", "花園", CODE, INTEGRATED_NO))
