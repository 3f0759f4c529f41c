"""まとめて交付の途中で倒れる — killed before any statement of the database it goes on where it ended: once each, in order, no 発行番号 missing. decision 0052."""

from __future__ import annotations

import random
from datetime import date

from django.db import connection

from daicho.city.models import Certifier
from daicho.numbering.queries import unexplained
from daicho.residents.models import BulkIssue, BulkLine, CertificateIssue
from tests.residents.bulk import alone, ordered, worked
from tests.residents.counter import city_decides
from tests.tiers import THOROUGH

MAYOR = {"municipality_code": "012033", "kind": "mayor", "title": "北海道小樽市長", "name": "台帳　守", "valid_from": date(2025, 1, 1)}


class Killed(BaseException):
    """The process is gone: nothing after this statement happened, and what was not committed never was."""


def killed_at(statement: int) -> bool:
    """Work, and die before that statement of the database. Whether it came so far."""
    left = [statement]

    def fuse(execute, sql, params, many, context):
        left[0] -= 1
        if left[0] == 0:
            raise Killed
        return execute(sql, params, many, context)

    with connection.execute_wrapper(fuse):
        try:
            worked()
        except Killed:
            return True
    return False


def test_どの二つの処理の間で倒れても続きから作られ二重も欠番もない(committed_db):
    """Before every statement once (a sample of them in the everyday suite), and again and again at a seeded chance, until it is done."""
    Certifier.objects.create(**MAYOR)
    people = alone(2)
    city_decides("bulk_file_copies", 1)
    city_decides("bulk_people_officer", 100000)
    city_decides("bulk_people_city", 100000)
    count = statements_of(people)
    step, killed = (1 if THOROUGH else 11), 0
    for statement in range(1, count + 1, step):
        row = ordered(people)
        killed += killed_at(statement)
        worked()
        _complete(row)
    chance = random.Random(52)
    row = ordered(people)
    while killed_at(chance.randint(1, 60)):
        killed += 1
    _complete(row)
    assert killed >= count // step and unexplained("certificate_no") == []
    made = BulkLine.objects.filter(state="issued").count()
    assert CertificateIssue.objects.count() == made == 2 * BulkIssue.objects.filter(state="done").count()


def statements_of(people) -> int:
    """How many statements the whole of an order takes."""
    ordered(people)
    counted = [0]

    def count(execute, sql, params, many, context):
        counted[0] += 1
        return execute(sql, params, many, context)

    with connection.execute_wrapper(count):
        worked()
    return counted[0]


def _complete(row) -> None:
    row.refresh_from_db()
    found = list(row.lines.order_by("place").select_related("certificate"))
    assert row.state == "done" and [line.state for line in found] == ["issued", "issued"]
    serials = [int(line.certificate.certificate_no.split()[-1]) for line in found]
    assert serials[1] == serials[0] + 1
    assert [(one.file_no, one.copies) for one in row.files.order_by("file_no")] == [(1, 1), (2, 1)]
    assert [(line.file_no, line.first_page) for line in found] == [(1, 1), (2, 1)]
