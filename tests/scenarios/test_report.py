"""結果の表 — a wrong line, a broken-off story and a city that does not come up all make the day wrong."""

import pytest

from scenarios import __main__ as day
from scenarios.day import city
from scenarios.day.city import Account, City, CityFailed, read_accounts
from scenarios.day.report import Report

TABLE = """
システム             アドレス                 担当（架空の職員）        利用者ID    パスワード
───────────────────  ───────────────────────  ────────────────────────  ──────────  ──────────────
住民記録             http://127.0.0.1:18100/  窓口職員                  m.sasaki    7gpv-ffp9-acbs
                                              他課（保険年金課）照会者  r.miura     cr7p-jrxr-98fe
住基ネット・市町村CS  http://127.0.0.1:18200/  住基ネット操作者          h.kikuchi   a3vj-2seh-zb77
13:13:42  小樽市 is up. Ctrl-C ends it; the data stay in /somewhere
""".splitlines()


def test_違うものは数えられ期待と結果が全部出る(capsys):
    report = Report()
    with report.telling("物語"):
        assert report.check("同じ", 4, 4)
        assert not report.check("違う", 4, 3)
        assert not report.says("言う", "断ります", "通しました")
        assert report.silent("言わない", "本籍", "住所")
        assert not report.says("何も求めない", "", "住所")
        assert not report.silent("何も書かれていない", "本籍", "")
    assert report.wrong == 4
    assert "期待: 4\n      結果: 3" in capsys.readouterr().out


def test_途中で折れた物語は誤りになり次の物語は続く(capsys):
    report = Report()
    with report.telling("折れる"):
        raise LookupError("no form")
    with report.telling("続く"):
        report.check("次", 1, 1)
    assert (report.wrong, report.lines[-1][0]) == (1, "続く")
    assert "LookupError: no form" in capsys.readouterr().out


def test_起動の表から職員を知る():
    assert read_accounts(TABLE) == [
        Account("住民記録", "http://127.0.0.1:18100/", "窓口職員", "m.sasaki", "7gpv-ffp9-acbs"),
        Account("住民記録", "http://127.0.0.1:18100/", "他課（保険年金課）照会者", "r.miura", "cr7p-jrxr-98fe"),
        Account("住基ネット・市町村CS", "http://127.0.0.1:18200/", "住基ネット操作者", "h.kikuchi", "a3vj-2seh-zb77"),
    ]


def test_使われているポートの街は選ばない(monkeypatch):
    first = city.OFFSETS[0]
    monkeypatch.setattr(city, "_is_free", lambda port: port != city.PORTS[3] + first)
    assert city.free_offset() == city.OFFSETS[1]


@pytest.mark.parametrize(("fault", "words"), [(CityFailed("no disk"), "no disk"), (KeyboardInterrupt(), "中断された")])
def test_街が立たなければ一日は誤り(tmp_path, monkeypatch, capsys, fault, words):
    ended = []

    def start(_city):
        raise fault

    monkeypatch.setattr(City, "start", start)
    monkeypatch.setattr(City, "end", lambda _city: ended.append(True) or [])
    monkeypatch.setattr(day.signal, "signal", lambda *_: None)
    assert day.main(["--folder", str(tmp_path)]) == 1
    assert ended == [True]
    assert words in capsys.readouterr().out


def test_残ったポートは誤り(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(City, "start", lambda _city: None)
    monkeypatch.setattr(City, "end", lambda _city: ["port 18100 is still held"])
    monkeypatch.setattr(day, "_officers", lambda _city: (None,) * 5)
    monkeypatch.setattr(day, "_play", lambda _world: None)
    monkeypatch.setattr(day.signal, "signal", lambda *_: None)
    assert day.main(["--folder", str(tmp_path)]) == 1
    assert "port 18100" in capsys.readouterr().out
