"""相手方の代役 — messages of atena and of the network core, handed to the post room of chukan without the wire.

Questions are made by the simulator's own code (simulators/asking.py), signed with the core's key of the tests' installation.
"""

import uuid
from dataclasses import replace
from datetime import datetime
from functools import cache
from typing import Any

from cryptography.hazmat.primitives.serialization import load_pem_private_key, load_pem_public_key

from daicho import clock
from daicho.contracts import base
from daicho.contracts.code_request_v1 import CodeRequestV1
from daicho.contracts.linkage_code_v1 import LinkageCodeV1
from daicho.contracts.provision_question_v1 import ProvisionQuestionV1
from daicho.contracts.replica_v1 import ReplicaV1
from daicho.outbox import intake
from daicho.outbox.envelope import Envelope, Reply
from daicho.site.launch.keys import PartyFiles
from simulators.asking import Ask, Asked, open_answer, question_of
from tests import harness
from tests.contracts.chukan_samples import CITY, INTEGRATED_NO, REPLICA

EPOCH = str(uuid.uuid4())
CODE = "00112233445566778899aabbccddeeff"
OTHER_CODE = "ffeeddccbbaa99887766554433221100"
OTHER_NO = "000000000009025"
# 地方税 (別表第二27, 命令第2条の表48): the inquirer is a mayor; both numberings are known with confidence.
TAX = {"inquirer_code": "C00000000011002", "affair_code": "O2-48", "item_no": "48", "procedure_code": "O2-48-01", "information_code": "JUMINHYO"}
OLD_TAX = {**TAX, "affair_code": "B2-27", "item_no": "27", "procedure_code": "B2-27-01"}


@cache
def files(name: str) -> PartyFiles:
    return PartyFiles(harness.state_dir() / "keys" / name)


def envelope_of(message: object, sender: str, notice_id: str | None = None) -> Envelope:
    definition = base.definition_of(message)
    return Envelope(
        sender=sender, receiver="chukan", epoch=EPOCH, notice_id=notice_id or getattr(message, "question_id", None) or str(uuid.uuid4()), kind=definition.kind,
        version=definition.version, subjects=() if sender == "network_core" else ("0" * 32,), posted_at=clock.now(), salt="0" * 32,
        body=base.encode(message).decode("utf-8"),
    )  # fmt: skip


def deliver(message: object, sender: str = "atena", *, envelope: Envelope | None = None) -> Reply:
    return intake.receive(sender, (envelope or envelope_of(message, sender)).to_bytes(), "127.0.0.1")


def replica(**changes: Any) -> ReplicaV1:
    return replace(REPLICA, as_of=clock.now(), **changes)


def other(**changes: Any) -> ReplicaV1:
    """Another person of the same household."""
    return replica(
        **{
            "integrated_atena_no": OTHER_NO,
            "register_key": "f" * 32,
            "name_kanji": "葛\U000e0104城\u3000太郎",
            "relationship": "夫",
            "sex_code": "1",
            **changes,
        }
    )


def obtain_code(integrated_atena_no: str = INTEGRATED_NO, code: str = CODE) -> None:
    """atena asks, the core gives."""
    from daicho.chukan.models import LinkageCode

    assert deliver(CodeRequestV1(CITY, integrated_atena_no, clock.now())).status == "acknowledged"
    row = LinkageCode.objects.get(person__integrated_atena_no=integrated_atena_no, acquired_at=None)
    assert deliver(LinkageCodeV1(row.request_control_no, CITY, code, clock.now()), "network_core").status == "acknowledged"


def someone_asked_about() -> None:
    """A person with replica and 符号, and the lists as they come with the product."""
    load_lists()
    assert deliver(replica()).status == "acknowledged"
    obtain_code()


def load_lists() -> None:
    from pathlib import Path

    from daicho import audit, chukan
    from daicho.chukan import commands
    from daicho.chukan.permissions import ChukanPermission

    data = Path(chukan.__file__).parent / "data"
    actor = audit.Actor.system("import", ChukanPermission.LIST_IMPORT)
    commands.import_provisions(actor, data / "provision_list.csv")
    commands.import_inquirers(actor, data / "inquirers.csv")


def ask(**changes: Any) -> Asked:
    """A question as the core would send it now; `changes` are those of `simulators.asking.Ask`."""
    if isinstance(at := changes.get("asked_at"), datetime):
        changes["asked_at"] = base.write_instant(at)
    core = load_pem_private_key(files("network_core").signing_key.read_bytes(), None)
    return question_of(Ask(**{**TAX, "linkage_code": CODE, **changes}), core, clock.now().timestamp())


def message_of(asked: Asked) -> ProvisionQuestionV1:
    message = base.decode("provision_question", 1, base.canonical(asked.question))
    assert isinstance(message, ProvisionQuestionV1)
    return message


def put(asked: Asked) -> dict[str, Any]:
    """Deliver a question; the answer as JSON."""
    import json

    reply = deliver(message_of(asked), "network_core")
    assert reply.status == "acknowledged", reply
    return json.loads(reply.answer)


def opened(asked: Asked, answer: dict[str, Any]) -> Any:
    """What the asker reads. Raises simulators.asking.CannotOpen."""
    provider = load_pem_public_key(files("chukan").public_key.read_bytes())
    return open_answer(asked, answer, b"daicho provision answer 1\n", answer["sealed"], provider)
