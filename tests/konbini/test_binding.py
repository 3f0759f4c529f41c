"""結び付け — which request has which paper, proven before it leaves; what does not fit stops the service until two officers reopen it. S5-02.

The press is replaced by doubles that make the errors which such systems have made: another's paper, an altered one, the same one twice.
"""

import hashlib
import json
from dataclasses import replace

import pytest

from daicho import audit
from daicho.konbini.commands import printing, service
from daicho.konbini.commands.service import CannotTurn
from daicho.konbini.models import Answer, ServiceTurn
from daicho.konbini.rules.binding import Paper, answer_of, mismatches
from daicho.konbini.rules.refusal import Refusal
from daicho.outbox.models import Notice
from daicho.paper.press import Press, open_press
from tests.contracts.convenience_samples import HANAKO
from tests.konbini.sending import ask, beat, paper_of, question

pytestmark = pytest.mark.django_db
PAPER = Paper(b"%PDF-1", "20260410 小樽市 コンビニ 　 001", 1, 300, hashlib.sha256(b"%PDF-1").hexdigest(), "d", "t", "f")


class Double:
    """A press that does as `wrong` says on the call number `at`, and as it should on all others."""

    def __init__(self, monkeypatch, at: int, wrong) -> None:
        self.calls, self.at, self.wrong, self.printed = 0, at, wrong, []
        monkeypatch.setattr(printing, "open_press", lambda fonts, templates: self._of(open_press(fonts, templates)))

    def _of(self, press: Press) -> "Double":
        self.press = press
        return self

    def print(self, form, overflow):
        self.calls += 1
        right = self.press.print(form, overflow)
        self.printed.append(right)
        return self.wrong(right, self.printed) if self.calls == self.at else right


def stopped() -> list[tuple[str, str]]:
    return list(ServiceTurn.objects.order_by("pk").values_list("kind", "cause"))


class Test回答は請求に結び付いている:
    def test_センターは送ったものと受けたものから同じ値を作れる(self, family):
        """As the centre does, with nothing of ours: SHA256 of the body as sent, and of the canonical JSON of what is bound."""
        from daicho.contracts import base

        asked = question(shown=("01",))
        answer = ask(**{name: getattr(asked, name) for name in ("question_id", "request_no", "shown", "deadline")})
        body = base.encode(asked)
        bound = {name: value for name, value in vars(answer).items() if name not in ("question_id", "message_ja", "document", "binding")}
        said = json.dumps(bound, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
        assert answer.request_digest == hashlib.sha256(body).hexdigest()
        assert answer.binding == hashlib.sha256(said).hexdigest()

    def test_断りも請求に結び付いている(self, family):
        answer = ask(certificate_kind="99")
        assert (answer.code, len(answer.request_digest), len(answer.binding)) == ("K08", 64, 64)

    def test_記録は出ていく前に残り紙そのものは残らない(self, family):
        answer = ask()
        row = Answer.objects.get()
        assert (row.document_digest, row.binding, row.request_digest) == (answer.document_digest, answer.binding, answer.request_digest)
        assert row.template_digest and row.font_digest and row.definition_digest
        assert not [field.name for field in Answer._meta.concrete_fields if "pdf" in field.name or field.name == "document"]

    @pytest.mark.parametrize(
        ("changes", "what"),
        [
            ({"request_digest": "0" * 64}, {"request", "binding"}),
            ({"request_no": "r2"}, {"binding"}),
            ({"document": "JVBERi0y"}, {"document", "paper"}),
            ({"document": None}, {"document", "paper"}),
            ({"document_digest": "0" * 64}, {"binding", "document", "document_digest"}),
            ({"certificate_no": "20260410 小樽市 コンビニ 　 002"}, {"binding", "certificate_no"}),
            ({"pages": 2}, {"binding", "pages"}),
            ({"fee_yen": 0}, {"binding", "fee_yen"}),
            ({"template_digest": "x"}, {"binding", "template_digest"}),
            ({"font_digest": "x"}, {"binding", "font_digest"}),
            ({"definition_digest": "x"}, {"binding", "definition_digest"}),
            ({"code": "K01"}, {"binding"}),
        ],
    )
    def test_どこか一つでも違えば見つかる(self, changes, what):
        body = b"question"
        right = answer_of("q", "r1", hashlib.sha256(body).hexdigest(), PAPER)
        assert mismatches(right, body, PAPER) == ()
        assert set(mismatches(replace(right, **changes), body, PAPER)) == what

    def test_断りに紙が付いていても紙があるのに断っても見つかる(self):
        refused = answer_of("q", "r1", hashlib.sha256(b"question").hexdigest(), Refusal.PROHIBITED)
        assert mismatches(refused, b"question", None) == ()
        assert "paper" in mismatches(replace(refused, document="JVBERi0y"), b"question", None)
        assert "paper" in mismatches(refused, b"question", PAPER)


class Test食い違えば止まる:
    def test_別の人の紙が出来たら何も渡さず止まる(self, family, monkeypatch, caplog):
        """S5-02; The press hands over what it made for the request before: as when two requests meet."""
        Double(monkeypatch, 3, lambda right, printed: printed[0])
        assert ask().code == "A00"
        answer = ask(user_certificate_serial=HANAKO.user_certificate_serial, request_no="r2")
        assert (answer.code, answer.document) == ("K12", None)
        assert stopped() == [("stopped", "mismatch")]
        [record] = [record for record in caplog.records if record.levelname == "CRITICAL"]
        assert "r2" in record.getMessage()
        assert not any(said in record.getMessage() for said in ("花子", HANAKO.atena_no))
        assert list(Answer.objects.order_by("pk").values_list("code", flat=True)) == ["A00", "K12"]

    def test_二度目に作った紙が違えば止まる(self, family, monkeypatch):
        Double(monkeypatch, 2, lambda right, printed: replace(right, pdf=right.pdf + b" "))
        assert ask().code == "K12"
        assert stopped() == [("stopped", "mismatch")]

    def test_紙と要約値が合わなければ止まる(self, family, monkeypatch):
        Double(monkeypatch, 1, lambda right, printed: replace(right, pdf=right.pdf + b" "))
        assert ask().code == "K12"

    def test_書体や雛形の要約値が違えば止まる(self, family, monkeypatch):
        Double(monkeypatch, 1, lambda right, printed: replace(right, font_digest="0" * 64))
        assert ask().code == "K12"

    def test_いつも同じ紙を出す印刷でも二人目で止まる(self, family, monkeypatch):
        """Made twice alike, and yet not the second person's: every paper bears its own 発行番号, so none is given out twice."""
        double = Double(monkeypatch, 0, None)
        monkeypatch.setattr(double, "print", lambda form, overflow: double.printed[0] if double.printed else Double.print(double, form, overflow))
        assert ask().code == "A00"
        assert ask(user_certificate_serial=HANAKO.user_certificate_serial).code == "K12"
        assert stopped() == [("stopped", "mismatch")]

    def test_止まった後は誰にも渡さず番号も使わない(self, family, monkeypatch):
        Double(monkeypatch, 1, lambda right, printed: replace(right, pages=9))
        ask()
        assert {ask().code, ask(user_certificate_serial=HANAKO.user_certificate_serial).code} == {"K12"}
        service.propose_reopening(officer_of(1), "印刷の不具合を直した")
        service.reopen(officer_of(2), "確かめた")
        assert ask().certificate_no.split()[-1] == "001"

    def test_止まった請求も履歴として知らせる(self, family, monkeypatch):
        Double(monkeypatch, 1, lambda right, printed: replace(right, pages=9))
        ask()
        assert Notice.objects.filter(kind="convenience_issued").count() == 1


def officer_of(number: int) -> audit.Actor:
    rights = frozenset({"konbini:service:read", "konbini:service:stop", "konbini:service:reopen"})
    return audit.Actor(number, f"officer{number}", f"職員　{number}", "1", "課", "honcho", "H01", rights)


class Test停止と再開:
    """Stopped by one officer, reopened by two."""

    def test_職員が止めるとすぐに断る(self, family):
        service.stop(officer_of(1), "印字の苦情")
        assert ask().code == "K12"

    def test_再開には申し出た職員と別の職員の承認がいる(self, family):
        service.stop(officer_of(1), "印字の苦情")
        service.propose_reopening(officer_of(1), "印字に問題はなかった")
        assert ask().code == "K12"
        with pytest.raises(CannotTurn, match="別の職員が承認"):
            service.reopen(officer_of(1), "確かめた")
        service.reopen(officer_of(2), "確かめた")
        assert ask().code == "A00"
        assert [kind for kind, _ in stopped()] == ["stopped", "proposed", "reopened"]

    def test_申出がなければ承認できず動いていれば申し出られない(self, family):
        for act in (service.reopen, service.propose_reopening):
            with pytest.raises(CannotTurn):
                act(officer_of(1), "理由")
        service.stop(officer_of(1), "点検")
        with pytest.raises(CannotTurn, match="既に停止"):
            service.stop(officer_of(2), "点検")
        with pytest.raises(CannotTurn, match="申出がありません"):
            service.reopen(officer_of(2), "確かめた")

    def test_権限がなければ止めも再開もできない(self, family):
        nobody = replace(officer_of(3), grants=frozenset())
        for act in (service.stop, service.propose_reopening, service.reopen):
            with pytest.raises(audit.Refused):
                act(nobody, "理由")


def test_黙っていた間に止まっていても止まっていることが先に分かる(family):
    service.stop(officer_of(1), "点検")
    beat(waiting=1, all_wait=True)
    assert ask().code == "K12"


def test_紙を読んでも請求した人のものである(family):
    assert "ハナゾノハナコ" in paper_of(ask(user_certificate_serial=HANAKO.user_certificate_serial))
