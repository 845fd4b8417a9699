"""What the holder of a receipt finds, and that nobody else finds anything."""

import pytest

from tests.intake import BUILDING_PERMIT, MORNING, new_case, username_for
from workflows.cases import complete
from workflows.models import Case, CaseTask
from workflows.states import CaseState, Outcome, StepKind
from workflows.tracking import find_code, public_case

pytestmark = pytest.mark.usefixtures("shop")


@pytest.fixture
def case(actor) -> Case:
    return new_case(actor("clerk.thanhvinh"), BUILDING_PERMIT)


def test_code_and_secret_together_find_the_case(case):
    assert find_code(typed=case.code, secret=case.secret) == case.code


@pytest.mark.parametrize("write", [str.lower, lambda c: c.replace("-", " "), lambda c: c.replace("-00", "-")])
def test_a_badly_written_code_and_secret_are_forgiven(case, write):
    spaced = f" {case.secret[:3].lower()}-{case.secret[3:]} "
    assert find_code(typed=write(case.code), secret=spaced) == case.code


@pytest.mark.parametrize("secret", ["", "000000", "ZZZZZZZ", "đđđđđđ"])
def test_a_wrong_secret_finds_nothing(case, secret):
    assert find_code(typed=case.code, secret=secret) is None


@pytest.mark.parametrize("typed", ["H41.99-261116-0001", "", "---", "Đ" * 60, "000000"])
def test_a_code_that_does_not_exist_finds_nothing_even_with_signs_no_secret_has(case, typed):
    assert find_code(typed=typed, secret="000000") is None


def test_the_secret_of_another_case_opens_nothing(case, actor):
    other = new_case(actor("clerk.thanhvinh"), BUILDING_PERMIT)
    Case.objects.filter(pk=other.pk).update(secret="AAAAAA")
    Case.objects.filter(pk=case.pk).update(secret="BBBBBB")
    assert find_code(typed=case.code, secret="AAAAAA") is None


@pytest.mark.parametrize("secret", ["right", "wrong"])
@pytest.mark.parametrize("typed", ["right", "wrong"])
def test_looking_costs_one_query_whatever_is_asked(case, typed, secret, django_assert_num_queries):
    with django_assert_num_queries(1):
        find_code(
            typed=case.code if typed == "right" else "H41.99-261116-0001",
            secret=case.secret if secret == "right" else "222222",
        )


def test_the_view_names_the_offices_and_the_promise(case):
    found = public_case(case.code)
    assert found is not None
    assert found.state is CaseState(case.state)
    assert (found.due_at, found.due_text) == (case.due_at, case.due_text)
    assert found.collect_at.name == case.receiving.name
    open_task = CaseTask.objects.get(process=case, finished=None)
    assert [step.agency for step in found.open_steps] == [open_task.agency.name]


def test_the_view_holds_no_officer_and_no_note(case, actor):
    task = CaseTask.objects.get(process=case, finished=None)
    complete(
        task_id=task.pk,
        actor=actor(username_for(task)),
        seen=case.event_seq,
        now=MORNING,
        outcome=Outcome.DONE,
        note="Chỉ nội bộ mới đọc",
    )
    shown = repr(public_case(case.code))
    people = {person for person in case.events.values_list("person", flat=True)}
    assert people
    assert not [person for person in people if person in shown]
    assert "Chỉ nội bộ" not in shown


def test_a_known_route_costs_two_queries(case, django_assert_num_queries):
    public_case(case.code)
    with django_assert_num_queries(2):
        public_case(case.code)


def test_no_case_gives_no_view():
    assert public_case("H41.99-261116-0001") is None


def test_the_route_tells_the_sorts_of_work_ahead(case):
    found = public_case(case.code)
    assert found is not None
    assert found.kinds[0] is StepKind.RECEIVE
    assert found.kinds[-1] is StepKind.RETURN
    assert found.next_title
