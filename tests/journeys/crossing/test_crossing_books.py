"""帳簿の照合を命ずる — `daicho books A B` between real systems: exit 0 only when equal, ids only, and only the sender asks. design §10; F-2-20, F-2-31."""

import re
import signal

import pytest

from tests.journeys.crossing.counter_process import household_member


@pytest.fixture
def settled(town, household):
    town.ask_counter("move_in", household, 2, "令和8年4月1日")
    town.run_until_idle()
    return household


def said(finished):
    return finished.returncode, finished.stdout.splitlines(), finished.stderr.strip()


def test_等しければ0で終わる(town, settled):
    code, lines, errors = said(town.run("books", "residents", "juki_net"))
    [(sent,)] = town.rows("residents", "SELECT count(*) FROM outbox_notice")
    assert (code, lines, errors) == (0, [f"sent {sent}, received {sent}; waiting 0, refused or dead 0, withdrawn 0", "equal"], "")


def test_受信簿が変われば番号だけを示し1で終わる(town, settled):
    """The owner of the receiver's database alters its books; the sender's command finds it, and shows nobody's name."""
    [(notice_id, digest)] = town.rows("juki_net", "SELECT notice_id, digest FROM outbox_receipt WHERE kind = 'identity_info' ORDER BY id DESC LIMIT 1")
    with town.clusters["juki_net"].connect(town.made.system("juki_net").database.name) as owner:
        for written in ("0" * 64, digest):
            owner.execute("UPDATE outbox_receipt SET digest = %s WHERE notice_id = %s", [written, notice_id])
            if written == digest:
                code, spoken, _ = town.ask_daicho("books", "residents", "juki_net")
                assert (code, spoken.splitlines()[-1]) == (0, "equal")
            else:
                code, lines, _ = said(town.run("books", "residents", "juki_net"))
                assert (code, lines[-1]) == (1, "NOT EQUAL")
                assert re.fullmatch(rf"received with another content: epoch [0-9a-f-]{{36}} notice {notice_id}", lines[0])
                assert household_member(settled, 0).name not in "".join(lines)


def test_受け手が居なければ通知は待ち2で終わり_戻れば届く(town, household):
    wire = town.children["juki_net wire"]
    wire.ask_to_end()
    wire.process.wait(10)
    town.ask_counter("move_in", household, 1, "令和8年4月1日")
    code, _, errors = said(town.run("books", "residents", "juki_net"))
    assert (code, errors) == (2, "daicho books: juki_net could not be asked: Unavailable (connection)")
    assert wire.process.returncode in (0, -signal.SIGTERM)
    wire.start()
    town.run_until_idle()
    assert town.ask_daicho("books", "residents", "juki_net")[0] == 0


@pytest.mark.parametrize(
    ("sender", "receiver", "because"),
    [
        ("juki_net", "prefecture", "prefecture is outside the house"),
        ("residents", "prefecture", "residents and prefecture are no pair"),
    ],
)
def test_送り手でなければ尋ねられない(town, sender, receiver, because):
    code, lines, errors = said(town.run("books", sender, receiver, system=sender))
    assert (code, lines) == (2, [])
    assert because in errors
