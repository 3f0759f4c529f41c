"""失われた宛名番号 — residents tells, when it was restored, which numbers it may have given out and lost. 住民基本台帳法第6条; std 1.1.13; decision 0019.

Whoever bears one of them is nobody in the register: what was entered is entered again, under a number above them all.
"""

from dataclasses import dataclass

from daicho.contracts.base import contract


@contract("lost_atena_nos", version=1)
@dataclass(frozen=True)
class LostAtenaNosV1:
    """All 宛名番号 from `first` to `last`, both with their check digit: none of them will be given to anybody."""

    first: str
    last: str
