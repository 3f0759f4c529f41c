"""送達の試験の言葉 — post a sample, make its courier fail, and see where it stands. design §5."""

from django.db import transaction

from daicho import outbox
from daicho.outbox.models import Delivery
from tests.outbox.horizon import wait_until_visible
from tests.outbox.messages import OutboxSampleV1

HANAKO, TARO, BOTH = ["a" * 32], ["b" * 32], ["a" * 32, "b" * 32]


def post(no, subjects=(), to="there", *, wait=True):
    with transaction.atomic():
        notice_id = outbox.post(OutboxSampleV1(no, ""), to=to, subjects=subjects)
    if wait:
        wait_until_visible()
    return notice_id


def states():
    return dict(Delivery.objects.order_by("notice_id").values_list("notice__order_no", "state"))


def state_of(notice_id):
    return Delivery.objects.get(notice__notice_id=notice_id).state


def fail(error, *, only=None):
    """Raise `error` for the sample numbered `only`, or for all."""

    def before(envelope):
        if only is None or envelope.message().no == only:
            raise error

    return before
