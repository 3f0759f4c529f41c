"""電文 — the messages between rooms, one frozen dataclass per file, versioned by name. design §5.

Importing this package registers every contract in it: a file `<kind>_v<version>.py` need be listed nowhere else.
"""

import pkgutil
from importlib import import_module

from daicho.contracts.base import (
    ContractError,
    Definition,
    UnknownContract,
    contract,
    decode,
    definition_of,
    definitions,
    encode,
)

for _module in pkgutil.iter_modules(__path__):
    if "_v" in _module.name:
        import_module(f"{__name__}.{_module.name}")

__all__ = ["ContractError", "Definition", "UnknownContract", "contract", "decode", "definition_of", "definitions", "encode"]
