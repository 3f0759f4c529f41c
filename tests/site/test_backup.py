"""控えと復元 — one system's database, sealed, and put back alone: nothing reused, everybody told. F-1-85, F-2-13, F-1-19; decision 0019."""

from __future__ import annotations

import io
import subprocess
import sys
from collections.abc import Iterator
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connections, transaction
from django.test import override_settings

from daicho import audit, numbering
from daicho.audit.models import AuditEntry
from daicho.numbering import queries as numbers
from daicho.numbering.series import SERIES
from daicho.outbox.models import ClosedDoor, Epoch
from daicho.site import cli, config, config_write, process
from daicho.site.commands.restore import LEAP
from daicho.site.launch.bootstrap import PAIRS
from daicho.staff.commands import sign_in
from daicho.staff.models import EndedBy, SignIn
from tests import harness
from tests.copies import become, turned_to
from tests.staff.people import COUNTER_1, PASSWORD, account

ROOT = Path(__file__).resolve().parents[2]
MARK = "控えの試験の目印"
NAMES = sorted(SERIES)


def daicho(clone, *words: str) -> subprocess.CompletedProcess[str]:
    """As an operator types it."""
    return subprocess.run([sys.executable, "-m", "daicho.site.cli", *words], cwd=ROOT, env=clone.environment(), capture_output=True, text=True, timeout=120)


def restore(clone, file: Path, *more: str) -> subprocess.CompletedProcess[str]:
    connections.close_all()
    return daicho(clone, "restore", clone.system, str(file), "--reason", "試験", *more)


def restore_here(clone, file: Path, *more: str) -> subprocess.CompletedProcess[str]:
    """`restore` without starting a Python of its own: the same command as the same owner, for what does not depend on that."""

    def entered(system: str, as_owner: bool = False) -> None:
        assert (system, as_owner) == (clone.system, True)

    words = ["restore", clone.system, str(file), "--reason", "試験", *more]
    out, err = io.StringIO(), io.StringIO()
    with pytest.MonkeyPatch.context() as patched, turned_to(clone, "owner"), redirect_stdout(out), redirect_stderr(err):
        patched.setattr(process, "enter", entered)
        code = cli.main(words)
    return subprocess.CompletedProcess(words, code, out.getvalue(), err.getvalue())


def mark(text: str) -> None:
    with transaction.atomic():
        audit.record(audit.Actor.system("t"), "t:t:t", purpose=text)


def marks() -> set[str]:
    return set(AuditEntry.objects.filter(action="t:t:t").values_list("purpose", flat=True))


def taken(count: int) -> dict[str, set[int]]:
    """So many numbers of every series."""
    with transaction.atomic():
        return {name: set(found) for name, found in numbering.take_several(dict.fromkeys(NAMES, count)).items()}


@dataclass(frozen=True)
class Original:
    """A database that was backed up, kept for copies of it; the backup, what was printed of it, and the numbers given out before."""

    name: str
    content: bytes
    mode: int
    file_name: str
    digest: str
    before: dict[str, set[int]]


@dataclass(frozen=True)
class Restored:
    """A database after a restore, kept for copies of it; what it had given out after the backup, and how many epochs it had."""

    name: str
    lost: dict[str, set[int]]
    epochs_before: int


@pytest.fixture(scope="module")
def original(django_db_setup, django_db_blocker, tmp_path_factory) -> Iterator[Original]:
    """A system with something in it, and the backup of it: made once, for every test works on a copy of both."""
    folder = tmp_path_factory.mktemp("backup")
    with harness.clone(settings.DAICHO.name) as clone:
        with django_db_blocker.unblock(), turned_to(clone), override_settings(STAFF_TERMINALS="tests.staff.people.terminals_on"):
            mark(MARK)
            account()
            assert sign_in("h.otaru", PASSWORD, COUNTER_1).token
            before = taken(7)
        made = daicho(clone, "backup", clone.system, "--to", str(folder))
        assert made.returncode == 0, made.stderr
        name, digest = made.stdout.split()
        file = Path(name)
        yield Original(clone.name, file.read_bytes(), file.stat().st_mode & 0o777, file.name, digest, before)


@pytest.fixture
def kept(committed_db, original, tmp_path):
    """The system with something in it, and the backup of it."""
    become(committed_db, original.name)
    file = tmp_path / original.file_name
    file.write_bytes(original.content)
    return committed_db, file


@pytest.fixture(scope="module")
def once_restored(original, django_db_blocker, tmp_path_factory) -> Iterator[Restored]:
    """The system after more had happened in it and an operator had put it back, in a process of its own."""
    file = tmp_path_factory.mktemp("restored") / original.file_name
    file.write_bytes(original.content)
    with harness.clone(settings.DAICHO.name) as clone:
        become(clone, original.name)
        with django_db_blocker.unblock(), turned_to(clone):
            mark("控えの後")
            lost = taken(40)
            epochs = Epoch.objects.count()
        done = restore(clone, file)
        assert done.returncode == 0, done.stderr
        yield Restored(clone.name, lost, epochs)


@pytest.fixture
def restored(committed_db, once_restored):
    become(committed_db, once_restored.name)
    return committed_db, once_restored


def test_控えは封じられ要約値が表示と記録に残る(kept, original):
    """F-0-11, F-1-19: sealed, for its owner alone, and in the register."""
    assert sha256(original.content).hexdigest() == original.digest
    assert original.mode == 0o600
    assert MARK.encode() not in original.content and b"PGDMP" not in original.content
    entry = AuditEntry.objects.get(action="site:backup:make")
    assert (entry.detail["sha256"], entry.detail["bytes"]) == (original.digest, len(original.content))


def test_復元すると控えの時の姿に戻り番号は飛び全員に知らされる(restored):
    """F-1-85."""
    clone, before = restored
    assert marks() == {MARK}
    assert numbers.last_taken("filing_no") == 7 + LEAP  # 47 had been given out: none of them comes again
    assert [(gap.first_no, gap.last_no, gap.reason) for gap in numbers.gaps("filing_no")] == [(8, 7 + LEAP, "復元：試験")]
    assert Epoch.objects.count() == max(before.epochs_before, 1) + 1
    neighbours = set(PAIRS[clone.system][0])
    assert set(ClosedDoor.objects.filter(opened_at__isnull=True).values_list("sender", flat=True)) == neighbours
    assert AuditEntry.objects.get(action="site:backup:restore").purpose == "試験"


def test_復元の後はどの系列も前に付けた番号を二度と付けない(restored, original):
    """標準1.1.13 (never reused), 5.5; decision 0019: also what was given out after the backup, and was lost with it."""
    lost = restored[1].lost
    again = taken(3)
    for name in NAMES:
        assert not again[name] & (original.before[name] | lost[name])
        [gap] = numbers.gaps(name)
        assert lost[name] <= set(range(gap.first_no, gap.last_no + 1)) and gap.reason == "復元：試験"
        assert min(again[name]) == gap.last_no + 1  # every number is either drawn or in the ledger


def test_同じ控えに二度戻しても一度目の復元の後の番号を付けない(kept):
    """標準1.1.13: the backup knows nothing of the first restore; the database that goes does."""
    clone, file = kept
    given = []
    for _ in range(2):
        assert restore_here(clone, file, "--leap", "1000").returncode == 0
        with transaction.atomic():
            given += numbering.take("filing_no", 3)
    assert given == [1008, 1009, 1010, 2008, 2009, 2010]
    assert list(Epoch.objects.order_by("number").values_list("number", flat=True)) == [1, 3]


def test_復元の前に開いていた利用は終わっている(kept, once_restored):
    clone, _ = kept
    assert SignIn.objects.get().ended_by == ""  # as it was backed up
    become(clone, once_restored.name)
    assert SignIn.objects.get().ended_by == EndedBy.REVOKED


def test_動いているシステムは復元しない(kept):
    clone, file = kept
    mark("控えの後")  # this process's own connection, as a listener's would be
    refused = daicho(clone, "restore", clone.system, str(file), "--reason", "試験")
    assert refused.returncode == 1
    assert "end the system first" in refused.stderr
    assert marks() == {MARK, "控えの後"}


@pytest.mark.parametrize("harm", ["a changed byte", "cut short", "a block doubled", "no backup"])
def test_傷んだ控えでは何も変わらない(kept, harm):
    """F-1-19: a changed byte fails, before anything is dropped."""
    clone, file = kept
    mark("控えの後")
    content = bytearray(file.read_bytes())
    if harm == "a changed byte":
        content[len(content) // 2] ^= 1
    harmed = {"cut short": content[:-1], "a block doubled": content + content[36:], "no backup": b"PGDMP"}.get(harm, content)
    file.write_bytes(harmed)
    refused = restore_here(clone, file)
    assert refused.returncode == 2, refused.stdout
    assert marks() == {MARK, "控えの後"}


def test_別のシステムの鍵では開かない(kept, tmp_path):
    """F-2-31: what one system kept, another cannot read."""
    clone, file = kept
    described = config.read(clone.config_file)
    other = replace(described.system(clone.system), vault_key_file=described.system("juki_net").vault_key_file)
    config_write.write(replace(described, systems={**described.systems, clone.system: other}), clone.config_file)
    refused = restore_here(clone, file)
    assert (refused.returncode, "belongs to another system" in refused.stderr) == (2, True)
