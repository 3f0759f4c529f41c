"""自動で働く部分の名 — whoever the trail can hold beside officers has a Japanese name on the auditor's screen. N-10.2-*; F-1-14."""

import ast
from functools import cache
from pathlib import Path

from daicho.audit import Actor
from daicho.audit.parts import actor_ja
from daicho.jobs import registry
from daicho.site import actors
from daicho.site.launch.bootstrap import COUNTERPARTS, PAIRS
from daicho.ui.chrome import party_ja

DAICHO = Path(actors.__file__).resolve().parents[1]


@cache
def parts() -> frozenset[str]:
    """Every part of a system named in the source; of the kinds, whose names are put together, what stands before the point."""
    found = set()
    for file in DAICHO.rglob("*.py"):
        text = file.read_text("utf-8")
        if "Actor" not in text or "system" not in text:  # reading a file as a tree takes long
            continue
        for node in ast.walk(ast.parse(text)):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and node.func.attr == "system"
                and ast.unparse(node.func).endswith("Actor.system")
            ):
                match node.args[0]:
                    case ast.Constant(value=str(name)):
                        found.add(name)
                    case ast.JoinedStr(values=[ast.Constant(value=str(kind)), *_]):
                        found.add(f"{kind}…")
                    case other:
                        raise AssertionError(f"{file}: a part's name is not read off its call: {ast.unparse(other)}")
    return frozenset(found)


def test_自動で働く部分はどれも日本語の名で示される():
    named = {part for part in parts() if not part.endswith("…")}
    assert {part for part in named if actor_ja(part) == part} == set()
    assert {part for part in named if actor_ja(Actor.system(part).login) != actor_ja(part)} == set()
    assert set(actors.ACTORS_JA) <= named


def test_電文の相手と定時の処理は種類ごとに名づける():
    assert {part for part in parts() if part.endswith("…")} == {"wire.…", "job.…"}
    outside = {name for name in COUNTERPARTS if any(name in pair[1] for pair in PAIRS.values())}
    assert [name for name in (*PAIRS, *outside) if party_ja(name) == name] == []
    assert actor_ja("system:wire.atena") == "統合宛名からの電文の受付"
    assert actor_ja("job.expired_sessions") == "定時の処理：" + registry.get("expired_sessions").ja


def test_職員の名は変わらない():
    assert [actor_ja(name) for name in ("小樽　花子", "h.otaru", "")] == ["小樽　花子", "h.otaru", ""]
