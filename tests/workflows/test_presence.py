"""Two people on one file are told of each other."""

from datetime import timedelta

import pytest

from tests.intake import MORNING, new_case
from workflows.models import Presence
from workflows.presence import FORGOTTEN_AFTER, arrive, others_at, who_is_present

pytestmark = pytest.mark.usefixtures("shop")


@pytest.fixture
def case(actor):
    return new_case(actor("clerk.thanhvinh"))


def test_one_is_told_of_the_other_and_not_of_oneself(case, actor):
    one, two = actor("officer.vpub.thanhvinh"), actor("head.ubnd.thanhvinh")
    arrive(case_id=case.pk, actor=one, now=MORNING)
    arrive(case_id=case.pk, actor=two, now=MORNING)
    assert [p.name for p in others_at(case_id=case.pk, actor=one, now=MORNING)] == [two.name]
    assert [p.name for p in others_at(case_id=case.pk, actor=two, now=MORNING)] == [one.name]


def test_a_person_who_comes_again_stands_there_once(case, actor):
    one = actor("officer.vpub.thanhvinh")
    later = MORNING + timedelta(seconds=15)
    arrive(case_id=case.pk, actor=one, now=MORNING)
    arrive(case_id=case.pk, actor=one, now=later)
    assert list(Presence.objects.values_list("user_id", "seen_at")) == [(one.user_id, later)]


def test_a_person_who_left_is_forgotten(case, actor):
    one, two = actor("officer.vpub.thanhvinh"), actor("head.ubnd.thanhvinh")
    arrive(case_id=case.pk, actor=one, now=MORNING)
    just = MORNING + FORGOTTEN_AFTER
    assert others_at(case_id=case.pk, actor=two, now=just)
    assert others_at(case_id=case.pk, actor=two, now=just + timedelta(seconds=1)) == ()


def test_nobody_is_asked_for_no_case(case, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert who_is_present(case_ids=[], but=0, now=MORNING) == {}
