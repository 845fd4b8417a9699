"""What the tests of the register share."""

from collections.abc import Callable
from datetime import datetime

import pytest
from django.core.cache import cache

from receipts import register
from receipts.models import IssuedPaper
from receipts.papers import Paper
from tests.receipts.samples import CODE, RECEIPT, at

MORNING = at(16, 9, 41)


@pytest.fixture
def issue() -> Callable[..., IssuedPaper]:
    def issue(paper: Paper = RECEIPT, *, agency_id: int = 101, issued_on: datetime = MORNING) -> IssuedPaper:
        return register.issue(
            paper=paper,
            kind=paper.kind,
            agency_id=agency_id,
            agency_code="H41.101",
            issued_by="Nguyễn Thị Mai",
            issued_on=issued_on,
            case_code=CODE,
        )

    return issue


@pytest.fixture(autouse=True)
def nobody_has_tried_yet() -> None:
    cache.clear()
