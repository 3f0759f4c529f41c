"""相手方 — what every counterpart does with a message: judge it by its layout, know duplicates, keep it, answer. G-05, G-10."""

from __future__ import annotations

import hashlib
import json
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any  # JSON

from simulators import layouts
from simulators.moment import Clock
from simulators.scenario import Fault, Scenario
from simulators.sending import Sender
from simulators.store import Received, Store

STATUS = {"A": 200, "D": 409, "F": 422, "L": 422, "U": 401, "S": 503}
RESULT = {"A": "accepted", "D": "duplicate", "F": "refused", "L": "refused", "U": "unauthorized", "S": "unavailable"}


@dataclass(frozen=True)
class Reply:
    """The answer to one message: a code of layouts/codes.csv, list reply, and the items it is about."""

    code: str
    control_no: str = ""
    items: tuple[str, ...] = ()
    answer: Mapping[str, object] | None = None  # to a question
    # Played faults of the transport; the listener obeys them.
    silent: bool = False
    corrupt: bool = False

    @property
    def status(self) -> int:
        return STATUS[self.code[0]]

    def body(self, text: str, received_at: str) -> bytes:
        told = {"result": RESULT[self.code[0]], "code": self.code, "message_ja": text, "items": list(self.items)}
        if self.answer is not None:
            told["answer"] = self.answer
        return json.dumps({**told, "control_no": self.control_no, "received_at": received_at}, ensure_ascii=False).encode()


class Counterpart:
    """One counterpart. A subclass names its layout and path (or several, in `layouts_by_path`), and may add rules of its own.

    One that is never sent anything has none. `sender` is how it speaks first (simulators/sending.py); `orders` are what else whoever plays the
    demo may tell it to do, by path: each takes the JSON that was posted and returns what is answered, or raises CannotSend.
    """

    name: str
    layout_name: str = ""
    path: str = ""
    layouts_by_path: Mapping[str, str] = {}
    sender: Sender

    def __init__(self, folder: Path, layouts_dir: Path, clock: Clock) -> None:
        self.paths = dict(self.layouts_by_path) or ({self.path: self.layout_name} if self.path else {})
        self.layouts = {name: layouts.read(layouts_dir, name) for name in self.paths.values() if name}
        self.texts = layouts.reply_texts(layouts_dir)
        self.scenario = Scenario(frozenset(self.texts))
        self.clock = clock
        self._store = Store(folder / self.name)
        self._lock = threading.Condition()
        self._dealt_with = 0
        self._by_control_no: dict[str, Received] = {}
        self._rebuild()

    # --- what the subclass may add -----------------------------------------------------------------------------------

    @property
    def orders(self) -> Mapping[str, Callable[[object], object]]:
        return {}

    def faults(self, path: str, layout_name: object, items: Mapping[str, object]) -> Sequence[layouts.Fault] | None:
        """What is wrong by its layout; None for a message of a layout that does not come here."""
        return self.layouts[self.paths[path]].faults(items) if layout_name == self.paths[path] else None

    def judge(self, layout_name: str, items: Mapping[str, object]) -> Reply | None:
        """A refusal by the counterpart's own rules, or None. Called under the lock."""
        return None

    def asked(self, sender: str, layout_name: str, items: Mapping[str, object]) -> Reply | None:
        """The answer to a question, which is not kept and may be asked again; None for every other message. Called under the lock."""
        return None

    def spoilt(self, reply: Reply, kind: str) -> Reply:
        """The same answer as the fault `wrong_person`, `ill_formed` or `wrong_question` has it."""
        return reply

    def kept(self, sender: str, layout_name: str, items: Mapping[str, object]) -> None:
        """A message was kept just now, for the first time. Called under the lock."""

    def kept_again(self, sender: str, layout_name: str, items: Mapping[str, object]) -> None:
        """A message came that was kept before. Called under the lock."""

    def learn(self, items: Mapping[str, object]) -> None:
        """Take note of a message that was kept. Called under the lock, and for each kept message at the start."""

    def forget(self) -> None:
        """Drop what `learn` noted."""

    def send(self, order: object) -> Mapping[str, Any]:
        """Speak first, as POST /_send tells. Raises CannotSend."""
        return self.sender.send_as_told(order)

    # --- receiving ---------------------------------------------------------------------------------------------------

    def receive(self, sender: str, body: bytes, path: str) -> Reply:
        """Deal with one signed message of an allowed peer, and play the fault that is due."""
        fault = self.scenario.next() or Fault("none")
        if fault.kind == "down":
            return self._noted(sender, Reply("S01"))
        if fault.kind == "refuse":
            return self._noted(sender, Reply(fault.code, _control_no(body)))
        with self._lock:
            if fault.kind == "out_of_order":
                before = self._dealt_with
                self._lock.wait_for(lambda: self._dealt_with > before, timeout=fault.ms / 1000)
            elif fault.kind == "late":
                self._lock.wait_for(lambda: False, timeout=fault.ms / 1000)  # others go on meanwhile
            reply = self._noted(sender, self._take(sender, body, path))
            self._dealt_with += 1
            self._lock.notify_all()
        if fault.kind == "duplicate" and reply.code == "A00":
            return Reply("D01", reply.control_no)
        if reply.answer is not None:
            reply = self.spoilt(reply, fault.kind)
        return replace(reply, silent=fault.kind == "silent", corrupt=fault.kind == "corrupt")

    def _take(self, sender: str, body: bytes, path: str) -> Reply:
        message = _message(body)
        if message is None or set(message) != {"layout", "version", "items"} or not isinstance(message["items"], Mapping):
            return Reply("F06")
        items = message["items"]
        layout_name = str(message["layout"])
        faults = self.faults(path, layout_name, items)
        if faults is None or message["version"] != 1:
            return Reply("F06")
        control_no = str(items.get("request_control_no") or "")
        if faults:
            return Reply(faults[0].code, control_no, tuple(fault.item for fault in faults))
        if reply := self.asked(sender, layout_name, items):
            return reply
        digest = hashlib.sha256(body).hexdigest()
        if known := self._by_control_no.get(control_no):
            if known["digest"] != digest:
                return Reply("L03", control_no)
            self.kept_again(sender, layout_name, items)
            return Reply("D01", control_no)
        if refusal := self.judge(layout_name, items):
            return refusal
        self._keep(sender, layout_name, control_no, digest, items)
        self.kept(sender, layout_name, items)
        return Reply("A00", control_no)

    def _keep(self, sender: str, layout_name: str, control_no: str, digest: str, items: Mapping[str, object]) -> None:
        message = Received(
            position=len(self._store.received) + 1,
            sender=sender,
            layout=layout_name,
            control_no=control_no,
            digest=digest,
            received_at=self.clock.instant(),
            items=items,
        )
        self._store.keep(message)
        self._by_control_no[control_no] = message
        self.learn(items)

    def note_unauthorized(self, reply: Reply, sender: str) -> Reply:
        """Record that someone was turned away at the door."""
        with self._lock:
            return self._noted(sender, reply)

    def _noted(self, sender: str, reply: Reply) -> Reply:
        if reply.code != "A00":
            self._store.note_refusal(
                {"at": self.clock.instant(), "sender": sender, "code": reply.code, "control_no": reply.control_no, "items": list(reply.items)}
            )
        return reply

    # --- looking in from outside ------------------------------------------------------------------------------------

    def received(self) -> dict[str, object]:
        with self._lock:
            return {"counterpart": self.name, "messages": list(self._store.received), "refusals": list(self._store.refused)}

    def reset(self) -> None:
        with self._lock:
            self.scenario.clear()
            self._store.reset()
            self._rebuild()

    def _rebuild(self) -> None:
        self.forget()
        self._by_control_no = {message["control_no"]: message for message in self._store.received}
        for message in self._store.received:
            self.learn(message["items"])


def _message(body: bytes) -> Mapping[str, object] | None:
    try:
        message = json.loads(body.decode("utf-8"), object_pairs_hook=_unique)
    except (ValueError, RecursionError):
        return None
    return message if isinstance(message, dict) else None


def _unique(pairs: list[tuple[str, object]]) -> dict[str, object]:
    if len(dict(pairs)) != len(pairs):
        raise ValueError("a name stands twice")
    return dict(pairs)


def _control_no(body: bytes) -> str:
    items = (_message(body) or {}).get("items")
    return str(items.get("request_control_no") or "") if isinstance(items, Mapping) else ""
