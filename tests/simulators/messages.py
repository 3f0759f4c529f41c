"""電文の組立て — messages as the counterparts take them, and their answers in short."""

from dataclasses import asdict
from datetime import date

from tests.contracts.juki_samples import UPDATE

UPDATES, NOTICES, FUHYO_NOTICES = "/v1/identity-updates", "/v1/move-in-notices", "/v1/fuhyo-notices"


def message(what, layout, **changes):
    items = {name: f"{value:%Y%m%d}" if isinstance(value, date) else value for name, value in asdict(what).items()}
    return {"layout": layout, "version": 1, "items": {**items, **changes}}


def update(no=1, control="1", **changes):
    return message(UPDATE, "juki_update", **{"update_sequence_no": no, "request_control_no": f"c{control}", **changes})


def answer(reply):
    body = reply.json()
    return reply.status_code, body["result"], body["code"], body["items"]
