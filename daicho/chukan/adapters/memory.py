"""相手方の代役 — the port of this room kept in memory, for tests without a network. G-14, G-19.

It judges what the port promises (duplicates, a reused control number, an inquiry that was never held) and nothing more.
"""

from __future__ import annotations

from typing import TypeVar

from daicho.contracts.code_acquisition_v1 import CodeAcquisitionV1
from daicho.contracts.provision_release_v1 import ProvisionReleaseV1
from daicho.outbox.errors import DeliveryError, Duplicate, Refused
from daicho.outbox.layout_line import Acceptance

M = TypeVar("M", CodeAcquisitionV1, ProvisionReleaseV1)


class MemoryNetworkCore:
    """`NetworkCorePort` in memory. `held` are the inquiries that await an answer; `fault` is raised instead, as often as it is set."""

    def __init__(self) -> None:
        self.requests: list[CodeAcquisitionV1] = []
        self.releases: list[ProvisionReleaseV1] = []
        self.held: set[str] = set()
        self.fault: DeliveryError | None = None

    def request_code(self, request: CodeAcquisitionV1) -> Acceptance:
        return self._take(self.requests, request)

    def send_release(self, release: ProvisionReleaseV1) -> Acceptance:
        if self.fault is None and release not in self.releases and release.question_id not in self.held:
            raise Refused("L05", "回答を待っている照会がありません。")
        return self._take(self.releases, release)

    def _take(self, kept: list[M], message: M) -> Acceptance:
        if self.fault is not None:
            raise self.fault
        for known in kept:
            if known.request_control_no == message.request_control_no:
                raise Duplicate if known == message else Refused("L03", "同じ依頼管理番号で内容が異なります。")
        kept.append(message)
        return Acceptance("A00", "受け付けました")
