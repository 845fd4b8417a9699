"""The database itself keeps a published version as it is."""

from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import Model

from procedures.models import Fee, PaperRequirement, ProcedureVersion, Result, TimeLimit, Variant
from tests.procedures.samples import BUILDING, NOW, published

pytestmark = pytest.mark.django_db
PARTS = [Variant, PaperRequirement, TimeLimit, Fee, Result]


@pytest.fixture
def version() -> ProcedureVersion:
    return published(BUILDING)


def refused(act) -> None:
    with pytest.raises(IntegrityError, match="never changes"), transaction.atomic():
        act()


@pytest.mark.parametrize(
    "change",
    [
        {"name": "Khác"},
        {"published_at": None},
        {"valid_from": date(2025, 1, 1)},
        {"level": "province"},
        {"legal_basis": []},
        {"number": 7},
    ],
)
def test_no_word_of_a_published_version_changes(version: ProcedureVersion, change: dict[str, object]) -> None:
    refused(lambda: ProcedureVersion.objects.filter(pk=version.pk).update(**change))


def test_a_published_version_is_never_deleted(version: ProcedureVersion) -> None:
    def delete() -> None:
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM procedures_procedureversion WHERE id = %s", [version.pk])

    refused(delete)


def test_the_last_day_may_come_nearer_but_not_go_away(version: ProcedureVersion) -> None:
    row = ProcedureVersion.objects.filter(pk=version.pk)
    row.update(valid_to=date(2026, 12, 31))
    row.update(valid_to=date(2026, 11, 30))

    refused(lambda: row.update(valid_to=date(2026, 12, 1)))
    refused(lambda: row.update(valid_to=None))
    version.refresh_from_db()
    assert version.valid_to == date(2026, 11, 30)


def test_a_version_is_annulled_once(version: ProcedureVersion) -> None:
    row = ProcedureVersion.objects.filter(pk=version.pk)
    row.update(annulled_at=NOW)

    refused(lambda: row.update(annulled_at=None))


@pytest.mark.parametrize("part", PARTS)
def test_no_part_of_a_published_version_changes_or_goes(version: ProcedureVersion, part: type[Model]) -> None:
    table = part._meta.db_table

    def execute(statement: str) -> None:
        with connection.cursor() as cursor:
            cursor.execute(statement, [version.pk])

    refused(lambda: execute(f"UPDATE {table} SET version_id = version_id WHERE version_id = %s"))
    refused(lambda: execute(f"DELETE FROM {table} WHERE version_id = %s"))


def test_no_part_is_added_to_a_published_version(version: ProcedureVersion) -> None:
    refused(lambda: Variant.objects.create(version=version, key="them", name="Thêm"))
    refused(lambda: PaperRequirement.objects.create(version=version, name="Thêm"))
    refused(lambda: TimeLimit.objects.create(version=version, channel=2, variant=version.variants.first()))
    refused(lambda: Fee.objects.create(version=version, name="Thêm", kind="free"))
    refused(lambda: Result.objects.create(version=version, name="Thêm"))


def test_a_draft_and_its_parts_change_freely(version: ProcedureVersion) -> None:
    draft = ProcedureVersion.objects.create(
        procedure=version.procedure, number=2, name="Nháp", level="commune", origin="edited"
    )
    paper = PaperRequirement.objects.create(version=draft, name="Đơn")
    PaperRequirement.objects.filter(pk=paper.pk).update(name="Tờ khai")
    paper.delete()
    ProcedureVersion.objects.filter(pk=draft.pk).update(name="Nháp 2")
    draft.delete()

    assert ProcedureVersion.objects.count() == 1


def test_a_version_is_not_published_without_its_first_day(version: ProcedureVersion) -> None:
    with pytest.raises(IntegrityError, match="version_published_has_first_day"), transaction.atomic():
        ProcedureVersion.objects.create(
            procedure=version.procedure,
            number=2,
            name="?",
            level="commune",
            origin="edited",
            published_at=NOW,
        )


@pytest.mark.parametrize(
    "limit",
    [{"amount": 1, "unit": ""}, {"amount": None, "unit": "working_day"}, {"amount": -1, "unit": "month"}],
)
def test_a_number_without_a_unit_is_no_limit(version: ProcedureVersion, limit: dict[str, object]) -> None:
    draft = ProcedureVersion.objects.create(
        procedure=version.procedure, number=2, name="?", level="commune", origin="edited"
    )
    with pytest.raises(IntegrityError, match="limit_has_amount_and_unit"), transaction.atomic():
        TimeLimit.objects.create(version=draft, **limit)


@pytest.mark.parametrize(
    "fee", [{"kind": "fixed", "amount_vnd": 0}, {"kind": "council", "amount_vnd": 5_000}]
)
def test_only_a_fixed_fee_carries_an_amount(version: ProcedureVersion, fee: dict[str, object]) -> None:
    draft = ProcedureVersion.objects.create(
        procedure=version.procedure, number=2, name="?", level="commune", origin="edited"
    )
    with pytest.raises(IntegrityError, match="fee_amount_of_fixed"), transaction.atomic():
        Fee.objects.create(version=draft, name="Phí", **fee)
