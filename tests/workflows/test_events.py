"""The log of a case cannot be changed, and whoever changes it beneath the shop is found out."""

import io
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from tests.intake import MORNING, new_case
from workflows.cases import take
from workflows.models import CaseEvent, CaseTask, ClockEntry, RouteVersion, Step

pytestmark = pytest.mark.usefixtures("shop")


@pytest.fixture
def case(actor):
    made = new_case(actor("clerk.thanhvinh"))
    take(
        task_id=CaseTask.objects.get(process=made, finished=None).pk,
        actor=actor("officer.vpub.thanhvinh"),
        seen=made.event_seq,
        now=MORNING + timedelta(hours=1),
    )
    return made


def verify() -> str:
    out = io.StringIO()
    call_command("verify_events", stdout=out)
    return out.getvalue()


def beneath_the_shop(sql: str, *values: object) -> None:
    """As a person with the database's own password would do it."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(sql, values)
        cursor.execute("SET LOCAL session_replication_role = origin")


@pytest.mark.parametrize("rows", [CaseEvent, ClockEntry])
def test_what_was_written_is_never_changed(case, rows):
    for change in (lambda: rows.objects.update(reason="x"), lambda: rows.objects.all().delete()):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            change()


@pytest.mark.parametrize("rows", [RouteVersion, Step])
def test_a_published_route_is_never_changed(rows):
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        rows.objects.filter(pk=rows.objects.first().pk).update(**{rows._meta.pk.name: 0})


def test_whole_chains_are_reported_whole(case):
    assert "nguyên vẹn" in verify()


@pytest.mark.parametrize(
    ("sql", "told"),
    [
        ("UPDATE workflows_caseevent SET person = 'X' WHERE case_id = %s AND seq = 1", "dòng 1 đã bị sửa"),
        (
            "UPDATE workflows_caseevent SET at = at - interval '1 day' WHERE case_id = %s AND seq = 2",
            "dòng 2",
        ),
        ("DELETE FROM workflows_caseevent WHERE case_id = %s AND seq = 1", "thiếu dòng 1"),
        ("DELETE FROM workflows_caseevent WHERE case_id = %s AND seq = 2", "thiếu dòng 2"),
    ],
)
def test_the_first_broken_link_is_named(case, sql, told, actor):
    whole = new_case(actor("clerk.thanhvinh"))
    beneath_the_shop(sql, case.pk)
    out = io.StringIO()
    with pytest.raises(CommandError) as failed:
        call_command("verify_events", stdout=out)
    assert failed.value.returncode == 1
    assert f"{case.code}: " in out.getvalue()
    assert told in out.getvalue()
    assert whole.code not in out.getvalue()


def test_a_log_of_which_nothing_is_left_is_found_out(case):
    beneath_the_shop("DELETE FROM workflows_caseevent WHERE case_id = %s", case.pk)
    with pytest.raises(CommandError):
        verify()
