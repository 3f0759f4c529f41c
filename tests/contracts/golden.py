"""電文の見本 — golden files: what a contract looked like when it was first sent. A golden file is never edited; a change is a new version.

    from tests.contracts.golden import assert_golden
    assert_golden(IdentityInfoV1(...))          # tests/contracts/golden/identity_info_v1.json

A new contract's file is written once with `DAICHO_NEW_GOLDEN=1 pytest tests/contracts`, looked at, and committed.
"""

import os
from pathlib import Path

from daicho.contracts import base

GOLDEN = Path(__file__).with_name("golden")


def path_of(definition: base.Definition) -> Path:
    return GOLDEN / f"{definition.kind}_v{definition.version}.json"


def assert_golden(message: object) -> None:
    """`message` still encodes to its golden file byte for byte, and the file still decodes to it."""
    definition = base.definition_of(message)
    path = path_of(definition)
    if not path.exists() and os.environ.get("DAICHO_NEW_GOLDEN") == "1":
        path.write_bytes(base.encode(message) + b"\n")
    assert path.exists(), f"{path.name} is missing: DAICHO_NEW_GOLDEN=1 writes it, once"
    data = path.read_bytes().removesuffix(b"\n")
    assert base.encode(message) == data, f"{path.name}: the contract changed; add a new version instead"
    assert base.decode(definition.kind, definition.version, data) == message


def contracts_without_golden() -> list[str]:
    """File names that are missing; the test of the registry asserts that there are none."""
    import daicho.contracts  # noqa: F401 — registers every contract

    mine = [d for d in base.definitions() if d.message_class.__module__.startswith("daicho.contracts.")]
    return [path_of(d).name for d in mine if not path_of(d).exists()]
