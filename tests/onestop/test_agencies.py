"""The province's tree: open and closed units with their days, codes and successors; posts and stand-ins."""

import io
from datetime import date, datetime, timedelta

import pytest
from django.core.management import call_command
from django.db import DatabaseError, IntegrityError, transaction

from onestop.agencies.appointments import (
    AgencyNotThere,
    DayInThePast,
    LastAdministrator,
    NotAnAdministrator,
    OnlyEarlier,
    PostOverlaps,
    end_post,
    grant_post,
)
from onestop.agencies.delegation import (
    NotAColleague,
    NotForOneself,
    NotYourHeadPost,
    PeriodNotPossible,
    PeriodTaken,
    StandInMayNotPassOn,
    name_stand_in,
    revoke_stand_in,
)
from onestop.agencies.models import Agency, AgencyKind, Post, Role, StaffRecord, StandIn, Succession
from onestop.agencies.posts import actor_of, held_posts
from onestop.clock import VIETNAM

pytestmark = pytest.mark.usefixtures("shop")
NOW = datetime(2026, 11, 16, 9, tzinfo=VIETNAM)
TODAY = NOW.date()


@pytest.fixture
def administrator(actor):
    return actor("administrator")


def test_the_tree_has_every_unit_that_the_law_made():
    counted = {kind: Agency.objects.filter(kind=kind).count() for kind in AgencyKind.values}
    assert counted["commune"] == counted["commune_centre"] == counted["commune_police"] == 130
    assert counted["commune_unit"] == 3 * 130
    assert counted["district"] == 20
    assert counted["former_commune"] == 412
    assert (
        counted["province_centre"] == counted["police"] == counted["tax"] == counted["social_insurance"] == 1
    )


def test_loading_again_changes_nothing():
    out = io.StringIO()
    call_command("load_agencies", stdout=out)
    assert "thêm 0, sửa 0" in out.getvalue()


def test_closed_units_have_successors_and_no_code():
    closed = Agency.objects.filter(kind__in=["district", "former_commune"])
    assert not closed.filter(valid_to=None).exists()
    assert not closed.exclude(code=None).exists()
    without = closed.exclude(pk__in=Succession.objects.values("predecessor_id"))
    assert list(without.values_list("key", flat=True)) == []


def test_every_open_unit_has_its_own_code_below_the_province():
    codes = list(Agency.objects.existing(on=TODAY).values_list("code", flat=True))
    assert len(codes) == len(set(codes))
    assert all(code == "H41" or code.startswith("H41.") for code in codes)


def test_an_agency_cannot_end_before_it_begins():
    with pytest.raises(IntegrityError), transaction.atomic():
        Agency.objects.filter(key="so-xay-dung").update(valid_from=TODAY, valid_to=date(2020, 1, 1))


def test_a_post_gives_power_from_its_first_to_its_last_day_only(person, administrator):
    user = person("editor")
    agency = Agency.objects.get(key="so-xay-dung")
    granted = grant_post(
        by=administrator, user_id=user.pk, agency_id=agency.pk, role=Role.OFFICER, valid_from=TODAY, now=NOW
    )
    end_post(by=administrator, post_id=granted.post_id, last_day=TODAY + timedelta(days=3), now=NOW)

    def holds(on: date) -> bool:
        return any(post.agency_id == agency.pk for post in held_posts(user_id=user.pk, on=on))

    days = (TODAY - timedelta(days=1), TODAY, TODAY + timedelta(days=3), TODAY + timedelta(days=4))
    assert [holds(day) for day in days] == [False, True, True, False]


def test_a_post_at_a_closed_agency_gives_nothing(person):
    closed = Agency.objects.filter(kind="district").first()
    post = Post.objects.create(
        user=person("editor"), agency=closed, role=Role.OFFICER, valid_from=date(2020, 1, 1)
    )
    assert post.pk not in {held.post_id for held in held_posts(user_id=post.user_id, on=TODAY)}
    with pytest.raises(AgencyNotThere):
        grant_post(
            by=None, user_id=post.user_id, agency_id=closed.pk, role=Role.HEAD, valid_from=TODAY, now=NOW
        )


def test_the_database_refuses_the_same_post_twice_at_a_time(person):
    post = Post.objects.filter(user=person("clerk.thanhvinh")).first()
    with pytest.raises(IntegrityError), transaction.atomic():
        Post.objects.create(
            user=post.user, agency=post.agency, role=post.role, valid_from=post.valid_from + timedelta(days=9)
        )


def test_only_an_administrator_gives_posts(person, actor, administrator):
    facts = {
        "user_id": person("editor").pk,
        "agency_id": Agency.objects.get(key="so-xay-dung").pk,
        "role": Role.OFFICER,
        "now": NOW,
    }
    with pytest.raises(NotAnAdministrator):
        grant_post(by=actor("head.so-xay-dung"), valid_from=TODAY, **facts)
    with pytest.raises(DayInThePast):
        grant_post(by=administrator, valid_from=TODAY - timedelta(days=1), **facts)
    first = grant_post(by=administrator, valid_from=TODAY, **facts)
    assert grant_post(by=administrator, valid_from=TODAY, **facts).post_id == first.post_id
    with pytest.raises(PostOverlaps):
        grant_post(by=administrator, valid_from=TODAY + timedelta(days=1), **facts)
    with pytest.raises(LastAdministrator):
        end_post(by=administrator, post_id=administrator.posts[0].post_id, last_day=TODAY, now=NOW)


def test_a_post_can_only_be_shortened(person, administrator):
    post = Post.objects.get(user=person("clerk.cualo"))
    assert end_post(by=administrator, post_id=post.pk, last_day=TODAY, now=NOW)
    with pytest.raises(OnlyEarlier):
        end_post(by=administrator, post_id=post.pk, last_day=TODAY + timedelta(days=1), now=NOW)


def test_a_stand_in_acts_as_head_for_the_period_and_not_after_revocation(person, actor):
    head, officer = actor("head.ubnd.thanhvinh"), person("officer.ubnd.thanhvinh")
    post_id = head.holding(Role.HEAD).post_id
    named = name_stand_in(
        by=head, post_id=post_id, user_id=officer.pk, valid_from=TODAY, valid_to=TODAY + timedelta(days=2),
        reason="Đi họp", now=NOW,
    )  # fmt: skip
    acting = actor_of(user=officer, on=TODAY + timedelta(days=1)).holding(Role.HEAD)
    assert (acting.post_id, acting.stands_in_for) == (post_id, head.name)
    assert not actor_of(user=officer, on=TODAY + timedelta(days=3)).has(Role.HEAD)
    assert revoke_stand_in(by=head, stand_in_id=named.stand_in_id, now=NOW)
    assert not actor_of(user=officer, on=TODAY + timedelta(days=1)).has(Role.HEAD)


def test_a_head_delegates_her_own_post_to_a_colleague_once_at_a_time(person, actor):
    head, officer = actor("head.ubnd.thanhvinh"), person("officer.ubnd.thanhvinh")
    facts = {"valid_from": TODAY, "valid_to": TODAY, "reason": "", "now": NOW}
    post_id = head.holding(Role.HEAD).post_id
    with pytest.raises(NotYourHeadPost):
        name_stand_in(by=actor("head.so-xay-dung"), post_id=post_id, user_id=officer.pk, **facts)
    with pytest.raises(NotForOneself):
        name_stand_in(by=head, post_id=post_id, user_id=head.user_id, **facts)
    with pytest.raises(NotAColleague):
        name_stand_in(by=head, post_id=post_id, user_id=person("officer.so-y-te").pk, **facts)
    past = facts | {"valid_from": TODAY - timedelta(days=1)}
    with pytest.raises(PeriodNotPossible):
        name_stand_in(by=head, post_id=post_id, user_id=officer.pk, **past)
    name_stand_in(by=head, post_id=post_id, user_id=officer.pk, **facts)
    other = person("clerk.ubnd.thanhvinh").pk
    with pytest.raises(PeriodTaken):
        name_stand_in(by=head, post_id=post_id, user_id=other, **facts)
    passing_on = actor_of(user=officer, on=TODAY)
    with pytest.raises(StandInMayNotPassOn):
        name_stand_in(by=passing_on, post_id=post_id, user_id=other, **facts)
    assert StandIn.objects.count() == 1


def test_what_was_recorded_of_staff_is_never_changed(administrator, person):
    post = Post.objects.get(user=person("clerk.cualo"))
    end_post(by=administrator, post_id=post.pk, last_day=TODAY, now=NOW)
    assert StaffRecord.objects.filter(
        person=post.user, act="post_ended", by_id=administrator.user_id
    ).exists()
    for change in (lambda: StaffRecord.objects.update(act="x"), lambda: StaffRecord.objects.all().delete()):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


def test_posts_and_stand_ins_are_read_in_one_query(person, django_assert_num_queries):
    user = person("clerk.thanhvinh")
    with django_assert_num_queries(1):
        assert held_posts(user_id=user.pk, on=TODAY)
