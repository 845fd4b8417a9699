"""A counter receives the procedures of its level, and those that a decision frees from boundaries."""

from dataclasses import replace

import pytest

from onestop.agencies.models import AgencyKind
from procedures.catalogue import (
    NotOfferedHere,
    must_be_offered_at,
    offered,
    offered_at,
    versions_in_force,
)
from procedures.models import BoundaryFree, Level
from procedures.records import BoundaryFreeRecord
from tests.procedures.samples import BEGINS, BIRTH, BUILDING, counter, publish, published

pytestmark = pytest.mark.django_db


def test_a_commune_receives_what_communes_carry_out() -> None:
    version, commune = published(BIRTH), counter()

    assert offered_at(version=version, agency=commune)
    must_be_offered_at(version=version, agency=commune)


def test_the_provincial_centre_does_not_receive_a_procedure_of_communes() -> None:
    version, centre = published(BIRTH), counter(AgencyKind.PROVINCE_CENTRE)

    with pytest.raises(NotOfferedHere) as refused:
        must_be_offered_at(version=version, agency=centre)

    assert refused.value.sentence == (
        "Trung tâm Phục vụ hành chính công tỉnh không tiếp nhận thủ tục “Đăng ký khai sinh” (Cấp xã)."
    )


def test_a_procedure_of_both_levels_is_received_at_both_counters() -> None:
    version = published(BUILDING)

    assert offered_at(version=version, agency=counter())
    assert offered_at(version=version, agency=counter(AgencyKind.PROVINCE_CENTRE))


@pytest.mark.parametrize("level", [Level.MINISTRY, Level.DISTRICT, Level.OTHER])
def test_no_counter_receives_what_neither_commune_nor_province_carries_out(level: Level) -> None:
    version = published(replace(BIRTH, levels=(level,)))

    assert not offered_at(version=version, agency=counter())
    assert not offered_at(version=version, agency=counter(AgencyKind.PROVINCE_CENTRE))


def test_a_decision_frees_a_procedure_from_boundaries() -> None:
    decision = BoundaryFreeRecord(BoundaryFree.PROVINCE, "12/QĐ-UBND", BEGINS)
    version = published(replace(BIRTH, boundary_free=decision))

    assert offered_at(version=version, agency=counter(AgencyKind.PROVINCE_CENTRE))


def test_an_office_that_is_no_counter_receives_nothing() -> None:
    version, office = published(BIRTH), counter(AgencyKind.COMMUNE)

    assert not offered_at(version=version, agency=office)
    assert not offered(versions_in_force(on=BEGINS), agency=office).exists()


def test_the_list_of_a_counter_holds_exactly_what_it_receives() -> None:
    publish(BIRTH, BUILDING)
    centre = counter(AgencyKind.PROVINCE_CENTRE)

    listed = offered(versions_in_force(on=BEGINS), agency=centre)

    assert [version.name for version in listed] == [BUILDING.name]
