"""試験台の試験 — tests connect as the web role, and are isolated from each other. 設計8章."""

import psycopg
import pytest
from django.contrib.sessions.models import Session
from django.db import connection, transaction
from django.utils import timezone

from tests.harness import Clone


@pytest.mark.django_db
def test_tests_connect_as_the_web_role_which_owns_nothing():
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        assert cursor.fetchone() == (connection.settings_dict["USER"],)
        with pytest.raises(Exception, match="permission denied"):
            cursor.execute("CREATE TABLE mine (id int)")


@pytest.mark.django_db
@pytest.mark.parametrize("_", [1, 2])
def test_what_a_test_writes_is_rolled_back(_):
    assert not Session.objects.exists()
    Session.objects.create(session_key="left-over", session_data="", expire_date=timezone.now())


def test_commits_are_real_in_a_clone_of_ones_own(committed_db: Clone):
    with transaction.atomic(durable=True):
        Session.objects.create(session_key="kept", session_data="", expire_date=timezone.now())
    settings = connection.settings_dict
    assert settings["NAME"] == committed_db.name
    with psycopg.connect(host=settings["HOST"], port=settings["PORT"], dbname=committed_db.name, user=settings["USER"], password=settings["PASSWORD"]) as other:
        assert other.execute("SELECT session_key FROM django_session").fetchall() == [("kept",)]
