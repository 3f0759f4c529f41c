"""庁内各課の業務システム — the departments' own systems, all fifteen behind one port. 番号法第9条; G-25, G-26, G-30."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from simulators.counterpart import Counterpart, Reply
from simulators.departments_asking import Inquiries
from simulators.departments_feeds import Feeds
from simulators.departments_pulling import pull
from simulators.layouts import Fault
from simulators.moment import Clock


class Departments(Counterpart):
    """Takes what 庁内連携 tells by its layouts, and speaks first (simulators/sending.py): asks for everybody of a grant (POST /_pull), writes back,
    asks atena for a person or a number (POST /_ask)."""

    name = "departments"
    path = "/v1/transfers"

    def __init__(self, folder: Path, layouts_dir: Path, clock: Clock) -> None:
        self._feeds = Feeds(layouts_dir)
        self._inquiries = Inquiries(folder / self.name, layouts_dir)
        super().__init__(folder, layouts_dir, clock)

    @property
    def orders(self) -> Mapping[str, Callable[[object], object]]:
        return {"/_pull": lambda order: pull(self.sender, order), "/_ask": lambda order: self._inquiries.ask(self.sender, order)}

    def faults(self, path: str, layout_name: object, items: Mapping[str, object]) -> Sequence[Fault] | None:
        return self._feeds.faults(layout_name, items)

    def judge(self, layout_name: str, items: Mapping[str, object]) -> Reply | None:
        code, about = self._feeds.judge(items)
        return Reply(code, str(items["request_control_no"]), about) if code else None

    def learn(self, items: Mapping[str, object]) -> None:
        self._feeds.learn(items)

    def forget(self) -> None:
        self._feeds.forget()

    def received(self) -> dict[str, object]:
        return super().received() | {"inquiries": list(self._inquiries.kept.lines)}

    def reset(self) -> None:
        self._inquiries.kept.reset()
        super().reset()
