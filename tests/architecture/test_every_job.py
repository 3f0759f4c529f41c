"""処理の取決め — every job of every system runs, and its record says what, with which result, how long, where, and whether it went well. N-9.1-10."""

import pytest

from daicho.jobs import commands, queries, registry
from daicho.jobs.screens.pages import _drawn

JOBS = [job.name for job in registry.registered()]


def test_どのシステムにも処理がある():
    assert "expired_sessions" in JOBS


@pytest.mark.parametrize("name", JOBS)
def test_どの処理も一度行えば五つの事項が残り画面に出る(committed_db, name):
    """N-9.1-10: 処理内容, 処理結果, 処理時間, 処理端末名称, 正常又は異常の旨."""
    commands.run(name)
    [run] = queries.runs(name)
    drawn = _drawn(run)
    assert run.outcome == "done", run.error
    assert registry.get(name).ja and drawn["for_date"]
    assert drawn["counts"]
    assert drawn["seconds"].endswith("秒")
    assert run.terminal
    assert drawn["outcome"] == "正常終了"
