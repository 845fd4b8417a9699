"""A database that stops in the middle of an import loses nothing of what it had taken."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError, connection

from procedures.importing import BATCH, import_file
from procedures.models import Procedure, ProcedureVersion
from procedures.records import FIRST_DAY
from procedures.storing import Outcome
from tests.procedures.samples import NOW, national

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "tthc.jsonl"
    path.write_text("".join(json.dumps(national(f"9.{n:06}")) + "\n" for n in range(BATCH + 3)))
    return path


def stop_the_connection() -> None:
    """As an administrator would: from another connection."""
    connection.ensure_connection()
    other = connection.copy()
    with other.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s, 5000)", [connection.connection.get_backend_pid()])
    other.close()


def test_what_a_batch_took_stays_and_the_next_import_goes_on(file: Path) -> None:
    reports = import_file(path=file, begins=FIRST_DAY, now=NOW)
    for _record in range(BATCH):
        next(reports)
    stop_the_connection()

    with pytest.raises(OperationalError):
        next(reports)
    connection.close()

    assert Procedure.objects.count() == ProcedureVersion.objects.count() == BATCH
    again = [report.outcome for report in import_file(path=file, begins=FIRST_DAY, now=NOW)]
    assert again == [Outcome.UNCHANGED] * BATCH + [Outcome.NEW] * 3


def test_the_command_says_that_the_database_stopped(file: Path) -> None:
    stop_the_connection()

    with pytest.raises(CommandError, match="Cơ sở dữ liệu ngừng trả lời"):
        call_command("import_procedures", str(file), stdout=StringIO())
    connection.close()

    assert not Procedure.objects.exists()
