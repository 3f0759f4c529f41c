"""控えと復元 — one system's database, sealed, and put back alone: nothing reused, everybody told. F-1-85, F-2-13, F-1-19; decision 0019."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest
from django.db import connections, transaction

from daicho import audit, numbering
from daicho.audit.models import AuditEntry
from daicho.numbering import queries as numbers
from daicho.numbering.series import SERIES
from daicho.outbox.models import ClosedDoor, Epoch
from daicho.site import config, config_write
from daicho.site.launch.bootstrap import PAIRS
from daicho.staff.commands import sign_in
from daicho.staff.models import EndedBy, SignIn
from tests.staff.people import COUNTER_1, PASSWORD, account

ROOT = Path(__file__).resolve().parents[2]
MARK = "控えの試験の目印"


def daicho(clone, *words: str) -> subprocess.CompletedProcess[str]:
    """As an operator types it."""
    return subprocess.run([sys.executable, "-m", "daicho.site.cli", *words], cwd=ROOT, env=clone.environment(), capture_output=True, text=True, timeout=120)


def mark(text: str) -> None:
    with transaction.atomic():
        audit.record(audit.Actor.system("t"), "t:t:t", purpose=text)


def marks() -> set[str]:
    return set(AuditEntry.objects.filter(action="t:t:t").values_list("purpose", flat=True))


@pytest.fixture
def kept(committed_db, tmp_path):
    """A system with something in it, and the backup of it."""
    mark(MARK)
    account()
    with transaction.atomic():
        numbering.take("filing_no", 7)
    made = daicho(committed_db, "backup", committed_db.system, "--to", str(tmp_path))
    assert made.returncode == 0, made.stderr
    name, digest = made.stdout.split()
    return committed_db, Path(name), digest


def restore(clone, file: Path, *more: str) -> subprocess.CompletedProcess[str]:
    connections.close_all()
    return daicho(clone, "restore", clone.system, str(file), "--reason", "試験", *more)


def test_控えは封じられ要約値が表示と記録に残る(kept):
    """F-0-11, F-1-19: sealed, for its owner alone, and in the register."""
    _, file, digest = kept
    content = file.read_bytes()
    assert sha256(content).hexdigest() == digest
    assert file.stat().st_mode & 0o777 == 0o600
    assert MARK.encode() not in content and b"PGDMP" not in content
    entry = AuditEntry.objects.get(action="site:backup:make")
    assert (entry.detail["sha256"], entry.detail["bytes"]) == (digest, len(content))


def test_復元すると控えの時の姿に戻り番号は飛び全員に知らされる(kept):
    """F-1-85."""
    clone, file, _ = kept
    mark("控えの後")
    with transaction.atomic():
        numbering.take("filing_no", 5)
    before = Epoch.objects.count()
    done = restore(clone, file, "--leap", "1000")
    assert done.returncode == 0, done.stderr
    assert marks() == {MARK}
    assert numbers.last_taken("filing_no") == 1007  # 12 had been given out: none of them comes again
    assert [(gap.first_no, gap.last_no, gap.reason) for gap in numbers.gaps("filing_no")] == [(8, 1007, "復元：試験")]
    assert Epoch.objects.count() == max(before, 1) + 1
    neighbours = set(PAIRS[clone.system][0])
    assert set(ClosedDoor.objects.filter(opened_at__isnull=True).values_list("sender", flat=True)) == neighbours
    assert AuditEntry.objects.get(action="site:backup:restore").purpose == "試験"


def test_復元の後はどの系列も前に付けた番号を二度と付けない(committed_db, tmp_path):
    """標準1.1.13 (never reused), 5.5; decision 0019: also what was given out after the backup, and was lost with it."""
    names = sorted(SERIES)

    def taken(count: int) -> dict[str, set[int]]:
        with transaction.atomic():
            return {name: set(found) for name, found in numbering.take_several(dict.fromkeys(names, count)).items()}

    before = taken(5)
    made = daicho(committed_db, "backup", committed_db.system, "--to", str(tmp_path))
    lost = taken(40)
    done = restore(committed_db, Path(made.stdout.split()[0]))
    assert done.returncode == 0, done.stderr
    again = taken(3)
    for name in names:
        assert not again[name] & (before[name] | lost[name])
        [gap] = numbers.gaps(name)
        assert lost[name] <= set(range(gap.first_no, gap.last_no + 1)) and gap.reason == "復元：試験"
        assert min(again[name]) == gap.last_no + 1  # every number is either drawn or in the ledger


def test_同じ控えに二度戻しても一度目の復元の後の番号を付けない(kept):
    """標準1.1.13: the backup knows nothing of the first restore; the database that goes does."""
    clone, file, _ = kept
    given = []
    for _ in range(2):
        assert restore(clone, file, "--leap", "1000").returncode == 0
        with transaction.atomic():
            given += numbering.take("filing_no", 3)
    assert given == [1008, 1009, 1010, 2008, 2009, 2010]
    assert list(Epoch.objects.order_by("number").values_list("number", flat=True)) == [1, 3]


def test_復元の前に開いていた利用は終わっている(committed_db, tmp_path, settings):
    settings.STAFF_TERMINALS = "tests.staff.people.terminals_on"
    account()
    assert sign_in("h.otaru", PASSWORD, COUNTER_1).token
    made = daicho(committed_db, "backup", committed_db.system, "--to", str(tmp_path))
    assert restore(committed_db, Path(made.stdout.split()[0])).returncode == 0
    assert SignIn.objects.get().ended_by == EndedBy.REVOKED


def test_動いているシステムは復元しない(kept):
    clone, file, _ = kept
    mark("控えの後")  # this process's own connection, as a listener's would be
    refused = daicho(clone, "restore", clone.system, str(file), "--reason", "試験")
    assert refused.returncode == 1
    assert "end the system first" in refused.stderr
    assert marks() == {MARK, "控えの後"}


@pytest.mark.parametrize("harm", ["a changed byte", "cut short", "a block doubled", "no backup"])
def test_傷んだ控えでは何も変わらない(kept, harm):
    """F-1-19: a changed byte fails, before anything is dropped."""
    clone, file, _ = kept
    mark("控えの後")
    content = bytearray(file.read_bytes())
    if harm == "a changed byte":
        content[len(content) // 2] ^= 1
    harmed = {"cut short": content[:-1], "a block doubled": content + content[36:], "no backup": b"PGDMP"}.get(harm, content)
    file.write_bytes(harmed)
    refused = restore(clone, file)
    assert refused.returncode == 2, refused.stdout
    assert marks() == {MARK, "控えの後"}


def test_別のシステムの鍵では開かない(kept, tmp_path):
    """F-2-31: what one system kept, another cannot read."""
    clone, file, _ = kept
    described = config.read(clone.config_file)
    other = replace(described.system(clone.system), vault_key_file=described.system("juki_net").vault_key_file)
    config_write.write(replace(described, systems={**described.systems, clone.system: other}), clone.config_file)
    refused = restore(clone, file)
    assert (refused.returncode, "belongs to another system" in refused.stderr) == (2, True)
