"""Two loads started at once are one after the other."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from procedures.models import Procedure, ProcedureVersion
from procedures.storing import Outcome
from tests.procedures.samples import BIRTH, BUILDING, publish


@pytest.mark.django_db(transaction=True)
def test_loads_at_once_make_each_procedure_once() -> None:
    ready = Barrier(4)

    def load(_number: int) -> tuple[Outcome, ...]:
        try:
            ready.wait(timeout=10)
            return publish(BIRTH, BUILDING)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        outcomes = sorted(pool.map(load, range(4)))

    assert outcomes == [(Outcome.NEW,) * 2] + [(Outcome.UNCHANGED,) * 2] * 3
    assert (Procedure.objects.count(), ProcedureVersion.objects.count()) == (2, 2)
