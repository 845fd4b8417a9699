"""What the law asks on a day has one answer, and a day without one has its reason."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from procedures.catalogue import NotInForce, current, in_force
from procedures.models import Origin, Procedure, ProcedureVersion
from tests.procedures.samples import BEGINS, BIRTH, NOW, newest, publish, published, renamed

pytestmark = pytest.mark.django_db
CHANGED = date(2026, 9, 1)


@pytest.fixture
def birth() -> ProcedureVersion:
    publish(BIRTH)
    return published(renamed(BIRTH, "Đăng ký khai sinh (mới)"))


def test_each_day_has_the_version_of_that_day(birth: ProcedureVersion) -> None:
    before = in_force(procedure_id=birth.procedure_id, on=CHANGED - timedelta(days=1))
    after = in_force(procedure_id=birth.procedure_id, on=CHANGED)

    assert (before.number, before.name) == (1, "Đăng ký khai sinh")
    assert (after.number, after.name) == (2, "Đăng ký khai sinh (mới)")
    assert before.valid_to == CHANGED - timedelta(days=1)


def test_a_day_before_the_first_version_is_refused_with_the_day_it_begins(birth: ProcedureVersion) -> None:
    with pytest.raises(NotInForce) as refused:
        in_force(procedure_id=birth.procedure_id, on=BEGINS - timedelta(days=1))

    assert refused.value.begins == BEGINS
    assert refused.value.sentence.endswith(
        "chưa có hiệu lực vào ngày 31/12/2025; có hiệu lực từ ngày 01/01/2026."
    )


def test_a_day_after_the_last_version_is_refused_with_its_last_day() -> None:
    version = published(BIRTH)
    ProcedureVersion.objects.filter(pk=version.pk).update(valid_to=date(2026, 3, 31))

    with pytest.raises(NotInForce) as refused:
        in_force(procedure_id=version.procedure_id, on=date(2026, 4, 1))

    assert refused.value.ended == date(2026, 3, 31)
    assert "đã hết hiệu lực vào ngày 01/04/2026" in refused.value.sentence


def test_a_procedure_with_a_draft_alone_is_in_force_on_no_day() -> None:
    procedure = Procedure.objects.create(code="9.000009", slug="nhap", name="Nháp")
    ProcedureVersion.objects.create(
        procedure=procedure, number=1, name="Nháp", level="commune", origin=Origin.EDITED, valid_from=BEGINS
    )

    with pytest.raises(NotInForce, match="không có phiên bản nào"):
        in_force(procedure_id=procedure.pk, on=CHANGED)


def test_a_version_stated_from_the_same_day_annuls_the_one_before() -> None:
    first = published(BIRTH)
    second = published(replace(BIRTH, name="Sửa", valid_from=BEGINS))

    assert in_force(procedure_id=first.procedure_id, on=BEGINS) == second
    first.refresh_from_db()
    assert first.annulled_at == NOW


def test_two_versions_are_never_in_force_together() -> None:
    version = published(BIRTH)

    with pytest.raises(IntegrityError, match="version_one_in_force_a_day"), transaction.atomic():
        ProcedureVersion.objects.create(
            procedure=version.procedure,
            number=2,
            name="Chồng",
            level="commune",
            origin=Origin.EDITED,
            valid_from=CHANGED,
            published_at=NOW,
        )


def test_a_day_costs_one_query(birth: ProcedureVersion, django_assert_num_queries) -> None:
    with django_assert_num_queries(1):
        version = in_force(procedure_id=birth.procedure_id, on=CHANGED)
        assert version.procedure.code == BIRTH.code
    assert newest(BIRTH) == version


def test_a_version_that_was_replaced_leads_to_the_one_in_force(
    birth: ProcedureVersion, django_assert_num_queries
) -> None:
    first = in_force(procedure_id=birth.procedure_id, on=CHANGED - timedelta(days=1))

    with django_assert_num_queries(1):
        assert current(version_id=birth.pk, on=CHANGED) == birth
    assert current(version_id=first.pk, on=CHANGED) == birth
    assert current(version_id=birth.pk, on=CHANGED - timedelta(days=1)) == first
    with pytest.raises(NotInForce):
        current(version_id=first.pk, on=BEGINS - timedelta(days=1))
