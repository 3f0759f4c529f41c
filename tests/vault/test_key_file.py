"""鍵の台帳を二人で変える — one at a time, never half, never lost, never out of the service's reach. F-0-18, F-1-61."""

import os
import stat
import threading
from argparse import Namespace

import pytest

from daicho import vault
from daicho.site.commands import keys as keys_command
from daicho.vault import keys
from daicho.vault.errors import KeysBusyError, MissingKeyError


def in_another_thread(work, *args):
    done = []
    thread = threading.Thread(target=lambda: done.append(work(*args)))
    thread.start()
    return thread, done


def test_書いている間の二人目は待ち別の番号を得る(key_file, monkeypatch):
    """A second add_key begins in the middle of the first: without waiting both made key 2, and one of the two was lost."""
    real, second = keys._write, []

    def write(path, lines):
        if not second:
            second.append(in_another_thread(keys.add_key, key_file))
            second[0][0].join(0.3)
            assert second[0][0].is_alive()
        real(path, lines)

    monkeypatch.setattr(keys, "_write", write)
    assert keys.add_key(key_file) == 2
    thread, made = second[0]
    thread.join(5)
    assert made == [3]
    assert len(set(keys._lines(key_file).values())) == 3


@pytest.mark.parametrize("other", [lambda path: keys.drop_keys(path, {1}), keys.add_key])
def test_鍵を変える者は互いに待つ(key_file, other):
    keys.add_key(key_file)
    with keys.alone(key_file):
        thread, _ = in_another_thread(other, key_file)
        thread.join(0.3)
        assert thread.is_alive()
        keys.add_key(key_file)
    thread.join(5)
    assert 3 in keys._lines(key_file)


def test_更新している間は鍵を足せない(key_file, committed_db):
    """F-1-61: what is being rewrapped is under the newest key until the last row."""
    vault.keep(vault.NumberKind.INDIVIDUAL_NUMBER, "123456789018")
    keys.add_key(key_file)
    tried = []

    def progress(table, done):
        thread, _ = in_another_thread(keys.add_key, key_file)
        thread.join(0.3)
        tried.append(thread)
        assert thread.is_alive()

    assert vault.rotate(progress=progress).key_number == 2
    for thread in tried:
        thread.join(5)
    assert tried


@pytest.mark.parametrize("what", ["rotate", "forget"])
def test_二つ目のkeysは断られ鍵は変わらない(key_file, capsys, monkeypatch, what):
    monkeypatch.setattr("daicho.site.process.enter", lambda system: None)
    before = key_file.read_bytes()
    with keys.alone(key_file):
        thread, ended = in_another_thread(keys_command.run, Namespace(what=what, system="residents"))
        thread.join(5)
    assert ended == [1]
    assert "somebody else is adding, rotating or forgetting keys; try again" in capsys.readouterr().err
    assert key_file.read_bytes() == before


def test_待たない者はそう言われる(key_file):
    with keys.alone(key_file):
        with keys.alone(key_file, waits=False):
            pass  # the same thread may enter again

        def second():
            with pytest.raises(KeysBusyError), keys.alone(key_file, waits=False):
                pass
            return "refused"

        thread, done = in_another_thread(second)
        thread.join(5)
    assert done == ["refused"]


def test_持ち主と許しは変わらない(key_file):
    """A rotation by root must leave the file to the service. (Tried in earnest when the tests run as root.)"""
    owner = 65534 if os.geteuid() == 0 else os.geteuid()
    os.chown(key_file, owner, -1)
    key_file.chmod(0o400)
    keys.add_key(key_file)
    status = key_file.stat()
    assert (status.st_uid, stat.S_IMODE(status.st_mode)) == (owner, 0o400)
    assert key_file.with_name(f".{key_file.name}.lock").stat().st_uid == owner


def test_持ち主を保てなければ何も変えない(key_file, monkeypatch):
    def refuse(descriptor, uid, gid):
        raise PermissionError

    keys.add_key(key_file)  # the lock is there
    before = key_file.read_bytes()
    real = os.fstat
    monkeypatch.setattr(os, "fstat", lambda fd: os.stat_result([*real(fd)[:4], 4711, *real(fd)[5:]]))
    monkeypatch.setattr(os, "fchown", refuse)
    with pytest.raises(MissingKeyError, match="belongs to another user"):
        keys.add_key(key_file)
    monkeypatch.undo()
    assert key_file.read_bytes() == before
    assert [each.name for each in key_file.parent.glob(".*")] == [f".{key_file.name}.lock"]


def test_名を替えたあと置き場も書き込む(key_file, monkeypatch):
    """Without the folder's own fsync a power cut may bring the old file back, when rows are under the new key already."""
    synced, real = [], os.fsync

    def fsync(descriptor):
        synced.append((stat.S_ISDIR(os.fstat(descriptor).st_mode), len(key_file.read_text().splitlines())))
        real(descriptor)

    monkeypatch.setattr(os, "fsync", fsync)
    keys.add_key(key_file)
    assert synced == [(False, 1), (True, 2)]
