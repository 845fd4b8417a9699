"""My list: what is due first on top, every filter with its number, and nothing of other units."""

from datetime import timedelta

import pytest

from onestop.agencies.models import Agency
from tests.intake import BUILDING_PERMIT, MORNING, new_case
from workflows.cases import complete, take
from workflows.models import CaseTask
from workflows.presence import arrive
from workflows.states import Outcome
from workflows.worklists import PAGE_SIZE, Part, Wanted, next_due, worklist

pytestmark = pytest.mark.usefixtures("shop")
NOON = MORNING + timedelta(hours=2)


@pytest.fixture
def clerk(actor):
    return actor("clerk.thanhvinh")


@pytest.fixture
def officer(actor):
    return actor("officer.vpub.thanhvinh")


def seen_by(person, *, now=NOON, part=Part.ALL, words="", page="1"):
    return worklist(wanted=Wanted(actor=person, now=now, part=part, words=words), page=page)


def open_task(case) -> CaseTask:
    return case.task_set.get(finished=None)


def test_what_is_due_first_stands_on_top(clerk, officer):
    later = new_case(clerk, at=MORNING + timedelta(hours=1))
    first = new_case(clerk, at=MORNING)
    codes = [item.code for item in seen_by(officer).items]
    assert codes == [first.code, later.code]
    assert next_due(wanted=Wanted(actor=officer, now=NOON)) == first.code


def test_a_list_shows_only_work_of_ones_own_unit_and_role(clerk, officer, actor):
    case = new_case(clerk)
    assert [item.code for item in seen_by(officer).items] == [case.code]
    for other in ("head.vpub.thanhvinh", "officer.vpub.cualo", "officer.kt.thanhvinh", "supervisor"):
        assert seen_by(actor(other)).items == ()


def test_every_filter_names_how_many_it_holds(clerk, officer):
    mine, free = new_case(clerk), new_case(clerk)
    take(task_id=open_task(mine).pk, actor=officer, seen=mine.event_seq, now=MORNING)
    due = open_task(free).due_at
    soon = seen_by(officer, now=MORNING + timedelta(minutes=1))
    assert soon.counts == {Part.ALL: 2, Part.MINE: 1, Part.FREE: 1, Part.LATE: 0, Part.TODAY: 2}
    late = seen_by(officer, now=due + timedelta(minutes=1))
    assert late.counts == {Part.ALL: 2, Part.MINE: 1, Part.FREE: 1, Part.LATE: 2, Part.TODAY: 0}
    assert [i.code for i in seen_by(officer, part=Part.MINE).items] == [mine.code]
    assert [i.code for i in seen_by(officer, part=Part.FREE).items] == [free.code]
    assert len(seen_by(officer, part=Part.LATE, now=due + timedelta(minutes=1)).items) == 2


@pytest.mark.parametrize("words", ["nguyen van duc", "Đức", "trích lục", "trich luc duc"])
def test_a_case_is_found_by_words_without_accents(clerk, officer, words):
    case = new_case(clerk)
    assert [item.code for item in seen_by(officer, words=words).items] == [case.code]
    assert seen_by(officer, words=f"{words} khong-co-tu-nay").items == ()


def test_a_case_is_found_by_its_code_and_by_a_part_of_it(clerk, officer):
    case = new_case(clerk)
    for words in (case.code, case.code.lower(), case.code[-11:]):
        assert [item.code for item in seen_by(officer, words=words).items] == [case.code]


def test_signs_that_are_no_words_find_nothing_and_break_nothing(clerk, officer):
    new_case(clerk)
    assert seen_by(officer, words="%%% ''").items == ()


def test_a_result_to_hand_over_is_no_line_of_the_list(clerk, officer, actor):
    case = new_case(clerk)
    seq = complete(
        task_id=open_task(case).pk, actor=officer, outcome=Outcome.DONE, seen=case.event_seq, now=NOON
    )
    head = actor("head.ubnd.thanhvinh")
    complete(task_id=open_task(case).pk, actor=head, outcome=Outcome.APPROVED, seen=seq, now=NOON)
    assert open_task(case).agency == Agency.objects.get(key="ttpvhcc-16681")
    assert seen_by(clerk).items == ()


def test_side_by_side_each_agency_has_its_own_line(clerk, actor):
    case = new_case(clerk, BUILDING_PERMIT)
    officer = actor("officer.kt.thanhvinh")
    complete(task_id=open_task(case).pk, actor=officer, outcome=Outcome.DONE, seen=case.event_seq, now=NOON)
    fire = seen_by(actor("officer.cong-an-tinh")).items
    culture = seen_by(actor("officer.so-van-hoa-the-thao-va-du-lich")).items
    assert [item.code for item in (*fire, *culture)] == [case.code, case.code]
    assert fire[0].task_id != culture[0].task_id


def test_a_line_names_who_has_the_file_open(clerk, officer, actor):
    case = new_case(clerk)
    other = actor("head.ubnd.thanhvinh")
    arrive(case_id=case.pk, actor=other, now=NOON)
    arrive(case_id=case.pk, actor=officer, now=NOON)
    assert seen_by(officer).items[0].present == (other.name,)


def test_fifty_a_page_in_three_queries(clerk, officer, django_assert_num_queries):
    for minute in range(PAGE_SIZE + 2):
        new_case(clerk, at=MORNING + timedelta(minutes=minute))
    with django_assert_num_queries(3):
        first = seen_by(officer)
    assert len(first.items) == PAGE_SIZE
    assert first.page.paginator.num_pages == 2
    assert len(seen_by(officer, page="2").items) == 2
    assert len(seen_by(officer, page="khong-phai-so").items) == PAGE_SIZE
