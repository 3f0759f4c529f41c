"""利用者IDと氏名の決まり — a login is one person's. F-1-11 (共用ID禁止)."""

import pytest

from daicho.staff import rules


@pytest.mark.parametrize("login", ["counter1", "madoguchi", "window-3", "user.01", "clerk_2", "admin", "test99", "counter.1"])
def test_窓口や係の名前の利用者IDは登録できない(login):
    assert any("共用" in problem for problem in rules.login_problems(login))


@pytest.mark.parametrize("login", ["h.otaru", "m.sasaki", "uketa.k", "tanaka2"])
def test_個人の利用者IDは登録できる(login):
    assert rules.login_problems(login) == ()


@pytest.mark.parametrize("login", ["", "ab", "H.Otaru", "1otaru", "小樽", "a b c", "x" * 31])
def test_形の違う利用者IDは理由を添えて拒む(login):
    assert any("英小文字" in problem for problem in rules.login_problems(login))


@pytest.mark.parametrize("name", ["窓口　一番", "共用　端末", "市民課　職員", "テスト　太郎", "ｃｏｕｎｔｅｒ　１", "管理者　本庁", "小樽　花子2"])
def test_個人でない氏名は登録できない(name):
    assert any("個人の名前ではありません" in problem for problem in rules.name_problems(name, "オタル　ハナコ"))


def test_氏名は氏と名を空白で分けカナは全角カタカナ():
    assert rules.name_problems("小樽　花子", "オタル　ハナコ") == ()
    assert len(rules.name_problems("小樽花子", "おたる　はなこ")) == 2


@pytest.mark.parametrize(
    ("password", "reason"),
    [("short-1aB", "12文字以上"), ("aaaaabbbbbbbb", "単純"), ("x-h.otaru-2026", "利用者ID"), ("qwertyuiopasdf", "連続"), ("zyxwvutsrqponm", "連続")],
)
def test_弱いパスワードは理由を添えて拒む(password, reason):
    assert any(reason in problem for problem in rules.password_problems(password, login="h.otaru", min_length=12))


def test_長く偏りのないパスワードは受け付ける():
    assert rules.password_problems("umi-to-saka-1884", login="h.otaru", min_length=12) == ()
