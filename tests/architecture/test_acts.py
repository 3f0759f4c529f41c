"""操作の名 — whatever the trail can hold has a Japanese name on the auditor's screen. N-10.2-*; F-1-14."""

import ast
import re
from functools import cache
from pathlib import Path

from django.conf import settings

from daicho.site import acts
from daicho.staff import permissions

DAICHO = Path(acts.__file__).resolve().parents[1]
SHAPE = re.compile(r"([a-z_]+):[a-z_]+:[a-z_]+|(staff):sign_(?:in|off)")
ROOMS = {"residents", "juki_net", "chukan", "atena", "konbini", "transfers"}
NO_ACTS = {"screens", "wiring", "templates", "ui"}  # names of pages have the same shape


@cache
def written() -> frozenset[str]:
    """Every word of this shape in the source, outside of what names pages: of the shared rooms and of this system's own."""
    found = set()
    for file in DAICHO.rglob("*.py"):
        if NO_ACTS & set(file.relative_to(DAICHO).parts) or file.name in ("urls.py", "middleware.py"):
            continue
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and (shaped := SHAPE.fullmatch(node.value)):
                owner = shaped[1] or shaped[2]
                if (DAICHO / owner).is_dir() and owner not in ROOMS - {settings.DAICHO.name} and file.name != "acts.py":
                    found.add(node.value)
    return frozenset(found)


def test_どの操作も日本語の名で履歴に示される():
    nameless = sorted(name for name in written() if permissions.label_of(name) == name)
    assert nameless == []
    assert len(written()) > 60


def test_名はどこかで記録される操作のものだけである():
    here = {name for name in acts.ACTS_JA if name.split(":")[0] not in ROOMS - {settings.DAICHO.name}}
    assert here <= written()
