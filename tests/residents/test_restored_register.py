"""復元した住民記録の履歴番号 — what is entered again after a restore bears a number that nobody was told before. std 1.2.1-15; decision 0019."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from django.db import connections

from daicho import clock, outbox, vault
from daicho.contracts import base
from daicho.outbox import epochs
from daicho.outbox.commands import begin_epoch
from daicho.outbox.envelope import Envelope
from daicho.outbox.epochs import Begun, restores_between
from daicho.outbox.models import Notice
from daicho.residents.commands import writing
from daicho.residents.commands.importing import BadFile
from daicho.residents.models import Person, SheetCurrent, SheetVersion
from daicho.residents.queries import proof
from daicho.residents.queries.proof import prove
from daicho.residents.rules.history_numbers import may_follow, next_history_no
from tests.cast import SATO, TARO
from tests.residents import counter
from tests.residents.cancelling import cancel, event_of
from tests.residents.counter import move_in_form, register, relocation_form, removed
from tests.residents.register_files import Cells, come_out, person, take_in
from tests.residents.test_returning import move_in_of

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def family(db) -> list[UUID]:
    return [w.person.public_id for w in register("domestic_move_in", move_in_form())]


def restore(day: date) -> None:
    """What the register knows of it afterwards."""
    with clock.at(day):
        begin_epoch("復元")


ADDRESSES = ("色内1丁目3番5号", "色内2丁目4番6号", "花園3丁目1番2号")


def moves(people: list[UUID], day: date, **texts: str) -> set[int]:
    """転居 of these, entered on that day; the 履歴番号 of their rows."""
    texts = {"effective_on": "令和8年4月9日", "filed_on": "令和8年4月10日", "address": ADDRESSES[day.day % 3], **texts}
    with clock.at(day):
        written = register("relocation", relocation_form(people, **texts))
    return {w.version.history_no for w in written if w.person.public_id in people}


def numbers(person: UUID) -> list[int]:
    return list(SheetVersion.objects.filter(person__public_id=person).order_by("history_no").values_list("history_no", flat=True))


def proven() -> bool:
    found = prove()
    assert found.proven, found.findings
    return True


class Test番号:
    def test_復元がなければ1からの連番(self, family):
        """N-1.2.1-15; an installation's first epoch is no restore."""
        assert [moves(family, date(2026, 4, day)) for day in (12, 13)] == [{2}, {3}]
        assert epochs.begun()[0].number == 1 and len(epochs.begun()) == 1

    def test_復元の後の初めの行だけが番号を飛ばす(self, family):
        restore(date(2026, 4, 11))
        assert [moves(family, date(2026, 4, day)) for day in (12, 13)] == [{101}, {102}]
        assert proven()

    def test_だれの番号もその人の次の行で飛ぶ(self, family):
        """Whoever is not touched after the restore is not touched by it."""
        [sato] = [w.person.public_id for w in register("domestic_move_in", move_in_form([SATO], address="色内1丁目3番5号"))]
        restore(date(2026, 4, 11))
        moves(family, date(2026, 4, 13))
        assert numbers(sato) == [1]
        assert moves([sato], date(2026, 4, 14), address="花園1丁目2番3号") == {101}
        assert proven()

    def test_写しだけが変わる人の番号も飛ぶ(self, family):
        """Those who stay get a row that only follows (std 1.2.1-16): rooms are told of it under its number too."""
        restore(date(2026, 4, 11))
        moves(family[:1], date(2026, 4, 12), household_choice="new")  # the 世帯主: 世帯主氏名 goes from the others' sheets
        stayed = SheetVersion.objects.filter(person__public_id__in=family[1:], history_no__gt=1)
        assert list(stayed.values_list("history_no", "asserts")) == [(101, {})] * len(family[1:])
        assert proven()

    def test_再転入者の新しい住民票も前の番号の上から始まる(self, db):
        person = register("domestic_move_in", move_in_form([TARO]))[0].person
        removed(person.public_id, date(2026, 4, 5))
        restore(date(2026, 4, 11))
        with clock.at(date(2026, 4, 12)):
            register("domestic_move_in", move_in_of(TARO, person))
        assert numbers(person.public_id) == [1, 2, 102]
        assert SheetCurrent.objects.get(person=person, closed_on__isnull=True).sheet_history_no == 1
        assert proven()

    def test_新しく来た人は1から始まる(self, db):
        restore(date(2026, 4, 11))
        with clock.at(date(2026, 4, 12)):
            [arrived] = register("domestic_move_in", move_in_form([SATO]))
        assert arrived.version.history_no == 1
        assert proven()

    def test_飛んだ行の取消しもその次の番号で記録される(self, family):
        restore(date(2026, 4, 11))
        moves(family, date(2026, 4, 12))
        with clock.at(date(2026, 4, 13)):
            written = cancel(event_of("relocation"))
        assert {w.version.history_no for w in written} == {102}
        assert proven()

    def test_同じ控えに二度戻しても一度目の後の番号は使わない(self, family):
        """The second restore of one backup knows nothing of the first but its epoch's number."""
        with clock.at(date(2026, 4, 14)):
            begin_epoch("二度目の復元", above=2)
        assert moves(family, date(2026, 4, 15)) == {201}
        assert proven()

    def test_問合せは一つも増えない(self, family, django_assert_max_num_queries):
        """design §4: a fixed number of statements per event, restored or not."""
        with django_assert_max_num_queries(200) as before:
            moves(family, date(2026, 4, 11))
        restore(date(2026, 4, 12))
        with django_assert_max_num_queries(200) as after:
            moves(family, date(2026, 4, 13))
        assert len(after) == len(before)


class Test自己検査:
    """`daicho prove` takes a leap for a restore's and for nothing else."""

    def found(self) -> list[str]:
        return [what for _, what in prove().findings if "履歴番号" in what]

    def test_復元のないところの飛び番は見つかる(self, family, monkeypatch):
        restore(date(2026, 4, 11))
        moves(family, date(2026, 4, 12))
        first = epochs.begun()[:1]
        monkeypatch.setattr(proof, "begun", lambda: first)
        assert self.found()

    @pytest.mark.parametrize("leap", [1, 99, 101, 200])
    def test_復元のところでも一つでも欠ければ見つかる(self, family, monkeypatch, leap):
        """1 would be a number given twice, 101 a row that is missing behind the leap."""
        restore(date(2026, 4, 11))
        monkeypatch.setattr(writing, "next_history_no", lambda last, restores: last + leap)
        moves(family, date(2026, 4, 12))
        assert self.found()

    def test_復元の前と後の行の間に欠けがあれば見つかる(self, family, monkeypatch):
        monkeypatch.setattr(writing, "next_history_no", lambda last, restores: last + 2)
        moves(family, date(2026, 4, 12))
        restore(date(2026, 4, 13))
        assert self.found()


class Testほかの町へ移す:
    """C-07, F-1-17: a restored register leaves by its file, and the next system takes it with its numbers."""

    def rows(self, history_no: str) -> list[Cells]:
        moved = {"address": "北海道小樽市色内1丁目1番1号", "recorded_at": "2020-05-01T09:00:00+09:00", "event_date": "R2-05-01", "atena_history_no": history_no}
        return [person(7, atena_history_no="1"), {**person(7), **moved, "event_history_changed_item": "address"}]

    def test_飛んだ番号のまま取り込み書き出せる(self, db, tmp_path):
        take_in(tmp_path, *self.rows("101"))
        assert [row["atena_history_no"] for row in come_out()] == ["1", "101"]
        assert proven()

    @pytest.mark.parametrize("history_no", ["1", "3", "100", "102"])
    def test_ほかの番号は欠けた行として取り込まない(self, db, tmp_path, history_no):
        with pytest.raises(BadFile):
            take_in(tmp_path, *self.rows(history_no))


def test_番号の規則():
    assert [next_history_no(7, restores) for restores in (0, 1, 2)] == [8, 107, 207]
    assert [number for number in range(1, 310) if may_follow(7, number)] == [8, 107, 207, 307]
    begun = [Begun(1, datetime(2026, 4, 1, tzinfo=UTC)), Begun(2, datetime(2026, 4, 5, tzinfo=UTC)), Begun(4, datetime(2026, 4, 9, tzinfo=UTC))]
    days = [datetime(2026, 4, day, 12, tzinfo=UTC) for day in (4, 5, 8, 9)]
    assert [restores_between(begun, earlier, days[3]) for earlier in days] == [3, 2, 2, 0]
    assert restores_between(begun, datetime(2026, 3, 1, tzinfo=UTC), days[0]) == 0  # recorded before the first notice: the installation's own


def test_控えから復元し入れ直すとどの相手にも前より大きい番号で知らされる(committed_db, tmp_path, monkeypatch):
    """Decision 0019, from end to end: backup, more events, restore by the operator's commands, and the papers entered again."""

    def daicho(*words: str) -> str:
        connections.close_all()
        command = [sys.executable, "-m", "daicho.site.cli", *words]
        done = subprocess.run(command, cwd=ROOT, env=committed_db.environment(), capture_output=True, text=True, timeout=120)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def enter_from_paper(day: date | datetime, *addresses: str) -> None:
        for address in addresses:
            with clock.at(day):
                register("relocation", relocation_form(people, effective_on="令和8年4月9日", filed_on="令和8年4月10日", address=address))

    people = [w.person.public_id for w in register("domestic_move_in", move_in_form())]
    before = Person.objects.latest("atena_no").atena_no
    backup = daicho("backup", "residents", "--to", str(tmp_path)).split()[0]
    told = {room: counter.told(monkeypatch, room) for room in ("konbini", "transfers")}
    enter_from_paper(date(2026, 4, 11), "色内1丁目3番5号", "色内2丁目4番6号")
    lost = {room: numbers_told(messages) for room, messages in told.items()}
    newcomer = register("domestic_move_in", move_in_form([SATO], address="花園1丁目2番3号"))[0].person.atena_no
    daicho("restore", "residents", backup, "--reason", "試験")
    assert numbers(people[0]) == [1]
    for messages in told.values():
        messages.clear()
    enter_from_paper(datetime.now(UTC) + timedelta(minutes=1), "色内1丁目3番5号", "色内2丁目4番6号")
    for room, messages in told.items():
        assert min(numbers_told(messages)) > max(lost[room]), room
    assert numbers(people[0]) == [1, 101, 102]
    again = register("domestic_move_in", move_in_form([SATO], address="花園1丁目2番3号"))[0].person.atena_no
    for room in told:  # of the newcomer who was lost each is told that nobody has this number
        [notice] = Notice.objects.filter(destination=room, kind="lost_atena_nos")
        left_out = base.read(Envelope, vault.open_payload(notice.payload_ref)).message()
        assert before < left_out.first <= newcomer <= left_out.last < again
    assert " 0 findings" in daicho("prove")


def numbers_told(messages: list[outbox.Outgoing]) -> set[int]:
    """The 履歴番号 in what a room was told; a 仮登録's hold has none."""
    people = [person for one in messages for person in getattr(one.message, "persons", [one.message])]
    found = {person.history_no for person in people if hasattr(person, "history_no")}
    assert found
    return found
