"""情報提供ネットワークシステム — what this room needs from outside. 番号法第21条, 第21条の2; G-14, G-19, S3-07.

One suite (tests/chukan/port_suite.py) runs against every implementation. The four errors are those of the post room. What the core
says of its own accord (符号, inquiries) comes in by the intake.
"""

from __future__ import annotations

from typing import Protocol

from daicho.contracts.code_acquisition_v1 import CodeAcquisitionV1
from daicho.contracts.provision_release_v1 import ProvisionReleaseV1
from daicho.outbox.layout_line import Acceptance


class NetworkCorePort(Protocol):
    """The core of the network, and by it the 情報照会者."""

    def request_code(self, request: CodeAcquisitionV1) -> Acceptance:
        """Ask for a 符号; it comes later, as a message of the core's own.

        May be called again with the same request after anything, a crash too: it is known by its 依頼管理番号. Raises
        outbox.errors: Duplicate (it was taken before, with the same content), Refused (form, code; with the counterpart's reason),
        Unavailable (away, silent, or a reply that cannot be read), Unauthorized (we are not known there, or the reply is not the core's).
        """
        ...

    def send_release(self, release: ProvisionReleaseV1) -> Acceptance:
        """Hand over the answer to an inquiry that was held. Refused too when there was no such inquiry. Errors as for `request_code`."""
        ...
