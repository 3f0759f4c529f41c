"""事実上の世帯主 — held beside the resident, no resident himself, and named in 備考（Ｃ類型）. std 4.1.4.3."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

import pytest

from daicho.certificates.record import NoteKind
from daicho.contracts.certificate_data_v1 import CertificateDataV1
from daicho.residents.models import CivilEvent, Person, SheetCurrent
from daicho.residents.queries.persons import card
from daicho.residents.queries.proof import prove
from daicho.residents.rules.on_certificate import OpenNumbers, certificate_record
from tests.cast import CLERK, ICHIRO, JIRO, Role
from tests.residents.cancelling import cancel, event_of
from tests.residents.counter import TypedForm, TypedPerson, move_in_form, problems, register, told

pytestmark = pytest.mark.django_db
CHILD = Role(ICHIRO.index, ICHIRO.name, ICHIRO.kana, ICHIRO.birth, ICHIRO.sex, "世帯主")


def form(people: list[UUID], **texts: str) -> TypedForm:
    base = {"effective_on": "令和8年4月8日", "who": "facility", "name": "銭函　園長", "in_remarks": "yes"}
    return TypedForm({**base, **texts}, tuple(TypedPerson(str(p), {}) for p in people))


@pytest.fixture
def child() -> UUID:
    """A child who lives in a 児童養護施設."""
    return register("domestic_move_in", move_in_form([CHILD]))[0].person.public_id


def sheet(person: UUID) -> SheetCurrent:
    return SheetCurrent.objects.get(person__public_id=person)


def notes(person: UUID) -> list[tuple[NoteKind, str]]:
    return [(note.kind, note.text) for note in certificate_record(sheet(person).to_entries(), OpenNumbers()).notes]


def test_施設長を住民とせずに登録し照会できる(child):
    """N-1.2.1-05, N-4.1.4.3-01: nobody is added to the register; 世帯主 and 世帯主氏名 stay what the law says."""
    people = Person.objects.count()
    register("de_facto_head", form([child]))
    assert (sheet(child).de_facto_householder_name, sheet(child).householder_name, sheet(child).relationship) == ("銭函　園長", ICHIRO.name, "世帯主")
    assert Person.objects.count() == people
    assert card(replace(CLERK, visit_no="1"), child).sheet.entries.de_facto_householder_name == "銭函　園長"
    event = CivilEvent.objects.get(code="de_facto_head")
    assert (event.standard_code, event.basis, event.effect, event.filed_on) == ("職権修正", "職権", "修正", None)
    assert prove().proven


def test_氏名を統合記載欄の備考Ｃ類型に記載できる(child):
    """N-4.1.4.3-02: what a certificate is composed from."""
    register("de_facto_head", form([child]))
    assert notes(child) == [(NoteKind.REMARK, "事実上の世帯主　銭函　園長")]


def test_記載しないこともでき備考のほかの文は残る(child):
    """N-4.1.4.3-02: 「記載できる」; another name takes the place of the one before."""
    register("de_facto_head", form([child], in_remarks=""))
    assert (sheet(child).de_facto_householder_name, sheet(child).remarks) == ("銭函　園長", None)
    other = register("domestic_move_in", move_in_form([Role(9, "稲穂　三郎", "イナホ　サブロウ", "平成25年1月1日", "1", "世帯主", {"remarks": "通学の便"})]))
    person = other[0].person.public_id
    register("de_facto_head", form([person]))
    register("de_facto_head", form([person], name="新任　園長", effective_on="令和8年4月9日"))
    assert sheet(person).remarks == "通学の便　／　事実上の世帯主　新任　園長"
    register("de_facto_head", form([person], name="", effective_on="令和8年4月10日"))
    assert (sheet(person).remarks, sheet(person).de_facto_householder_name) == ("通学の便", None)


def test_コンビニ交付の証明データにも届く(child, monkeypatch):
    """Where 備考 stands on a certificate, the shops' data say the same."""
    heard = told(monkeypatch, "konbini")
    register("de_facto_head", form([child]))
    assert [p.entries.remarks for one in heard if isinstance(one.message, CertificateDataV1) for p in one.message.persons] == ["事実上の世帯主　銭函　園長"]


def test_だれも選ばなければ断り記載のない人の削除は確かめさせる(child):
    assert ("K001", "members", True) in problems("de_facto_head", form([]))
    assert ("K101", "name", False) in problems("de_facto_head", form([child], name=""))


def test_取り消すと備考も元に戻る(child):
    register("de_facto_head", form([child]))
    cancel(event_of("de_facto_head"))
    assert (sheet(child).de_facto_householder_name, sheet(child).remarks) == (None, None)
    assert prove().proven


def test_兄弟をまとめて登録できる(child):
    other = register("domestic_move_in", move_in_form([Role(JIRO.index, JIRO.name, JIRO.kana, JIRO.birth, "1", "世帯主")], address="銭函1丁目1番1号"))
    register("de_facto_head", form([child, other[0].person.public_id]))
    assert {row.de_facto_householder_name for row in SheetCurrent.objects.all()} == {"銭函　園長"}
