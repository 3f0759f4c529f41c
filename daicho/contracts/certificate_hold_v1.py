"""仮登録中の印 — residents tells konbini that something waits for 本登録 of these people, or no longer does. std 4.0.8; F-1-02, S5-03 (decision 0016).

Nothing of what was filed: not even what kind of filing it is.
"""

from dataclasses import dataclass

from daicho.contracts.base import contract


@contract("certificate_hold", version=1)
@dataclass(frozen=True)
class CertificateHoldV1:
    """`is_held`: a filing holds these people from now on; False: none does any more."""

    atena_nos: tuple[str, ...]
    is_held: bool
