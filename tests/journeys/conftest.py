"""A journey's shop, and the watch on its wall: the day begins on Monday 16/11/2026 at 09:00."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

import pytest
import time_machine

from onestop.clock import VIETNAM
from tests.intake import MORNING
from tests.journeys.desk import Shop


@pytest.fixture
def watch(shop) -> Iterator[Callable[[int, int, int], None]]:
    """`watch(17, 10, 30)`: now it is 10:30 on the 17th; days after the 30th are in December."""
    with time_machine.travel(MORNING, tick=False) as traveller:

        def put(day: int, hour: int, minute: int) -> None:
            begin_of_month = datetime(2026, 11, 1, hour, minute, tzinfo=VIETNAM)
            traveller.move_to(begin_of_month + timedelta(days=day - 1))

        yield put


@pytest.fixture
def people(watch) -> Shop:
    return Shop()
