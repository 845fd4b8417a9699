"""Accepting a file makes the case, its number, papers, clock, log and notice together, once, or nothing."""

from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from onestop.agencies.models import Agency
from onestop.agencies.posts import NOBODY
from onestop.clock import VIETNAM
from onestop.notices.models import Outbox
from onestop.working_days import Duration, Unit
from procedures.catalogue import NotInForce, NotOfferedHere
from receipts.models import IssuedPaper
from receipts.register import find
from tests.intake import APPLICANT, BUILDING_PERMIT, EXTRACT, HOUSEHOLD_BUSINESS, MORNING, form_of, new_case
from workflows.access import NotYours
from workflows.intake import accept, guide, refuse
from workflows.intake_rules import PapersMissing, ReasonNeeded
from workflows.ledger import derived_promise
from workflows.models import Applicant, Case, CaseEvent, CasePaper, CaseTask, Intake, NumberSeries
from workflows.states import CaseState

pytestmark = pytest.mark.usefixtures("shop")


@pytest.fixture
def clerk(actor):
    return actor("clerk.thanhvinh")


def nothing_is_left() -> bool:
    rows = (Case, CaseTask, CaseEvent, Intake, NumberSeries, IssuedPaper, Outbox, Applicant, CasePaper)
    return not any(row.objects.exists() for row in rows)


def test_acceptance_makes_everything_at_once(clerk):
    case = new_case(clerk)
    counter = Agency.objects.get(key="ttpvhcc-16681")
    assert case.code == f"{counter.code}-261116-0001"
    assert case.state == CaseState.RECEIVED
    received, waiting = case.task_set.order_by("pk")
    assert (received.owner_id, received.finished) == (clerk.user_id, MORNING)
    assert (waiting.agency.key, waiting.finished) == ("vpub-16681", None)
    assert case.papers.count() >= 1
    assert case.events.get().act == "accept"
    assert case.clock.get().due_at == case.due_at
    assert Outbox.objects.get(case_code=case.code).to_email == APPLICANT.email
    paper = find(Intake.objects.get(case=case).paper_token)
    assert paper is not None
    assert (paper.case_code, paper.facts["case_code"]) == (case.code, case.code)
    assert paper.facts["office"]["parent_name"] == "UBND phường Thành Vinh"


def test_an_extract_asked_for_in_the_morning_is_due_the_same_day(clerk):
    case = new_case(clerk)
    assert case.due_at.astimezone(VIETNAM) == datetime(2026, 11, 16, 17, 30, tzinfo=VIETNAM)


def test_an_extract_asked_for_after_the_cut_off_is_due_the_next_working_day(clerk):
    # Tuesday 24 November 2026 is a public holiday.
    case = new_case(clerk, at=datetime(2026, 11, 23, 15, 30, tzinfo=VIETNAM))
    assert case.due_at.astimezone(VIETNAM).date().isoformat() == "2026-11-25"


def test_the_due_date_can_be_read_back_from_the_ledger_alone(clerk):
    case = new_case(clerk, code=BUILDING_PERMIT)
    promise = derived_promise(case)
    assert promise.due_at == case.due_at
    assert promise.sentence == case.due_text


def test_numbers_go_on_without_gaps_and_begin_anew_each_day(clerk):
    codes = [new_case(clerk).code[-11:] for _ in range(3)]
    codes.append(new_case(clerk, at=MORNING + timedelta(days=1)).code[-11:])
    assert codes == ["261116-0001", "261116-0002", "261116-0003", "261117-0001"]


def test_the_day_of_the_number_is_the_day_in_vietnam(clerk):
    # 17 November 00:30 in Vietnam is still the 16th in UTC.
    case = new_case(clerk, at=datetime(2026, 11, 17, 0, 30, tzinfo=VIETNAM))
    assert "-261117-" in case.code


def test_the_same_form_sent_twice_is_accepted_once(clerk):
    form = form_of()
    first = accept(form=form, actor=clerk, now=MORNING)
    again = accept(form=form, actor=clerk, now=MORNING + timedelta(seconds=1))
    assert (again.case_code, again.paper_token, again.is_repeat) == (first.case_code, first.paper_token, True)
    assert Case.objects.count() == IssuedPaper.objects.count() == 1


def test_a_known_applicant_is_remembered_with_the_newest_address(clerk):
    new_case(clerk)
    new_case(clerk, applicant=replace(APPLICANT, address="Khối 9"))
    assert Applicant.objects.get().address == "Khối 9"
    assert set(Case.objects.values_list("applicant_address", flat=True)) == {APPLICANT.address, "Khối 9"}


def test_acceptance_needs_few_statements(clerk):
    new_case(clerk)
    form = form_of()
    with CaptureQueriesContext(
        connection,
    ) as queries:
        accept(form=form, actor=clerk, now=MORNING)
    assert len(queries) <= 24, "\n".join(query["sql"][:120] for query in queries)


def test_without_a_post_at_the_counter_nothing_is_accepted(actor):
    for nobody in (actor("clerk.cualo"), actor("officer.vpub.thanhvinh"), actor("supervisor"), NOBODY):
        with pytest.raises(NotYours):
            accept(form=form_of(), actor=nobody, now=MORNING)
    assert nothing_is_left()


def test_an_incomplete_file_names_everything_that_is_missing(clerk):
    form = replace(form_of(), papers=())
    with pytest.raises(PapersMissing) as refused:
        accept(form=form, actor=clerk, now=MORNING)
    assert len(refused.value.names) == len(form_of().papers)


def test_a_procedure_of_the_province_is_not_offered_at_a_commune(clerk, actor):
    at_commune = Agency.objects.get(key="ttpvhcc-16681").pk
    form = replace(form_of("2.001610", counter="ttpvhcc-tinh"), counter_id=at_commune)
    with pytest.raises(NotOfferedHere):
        accept(form=form, actor=clerk, now=MORNING)


def test_a_day_before_the_procedure_was_in_force_is_refused(clerk):
    with pytest.raises(NotInForce):
        accept(form=form_of(), actor=clerk, now=datetime(2010, 1, 4, 9, tzinfo=VIETNAM))


def test_guidance_names_everything_in_one_paper_and_begins_no_case(clerk):
    form = replace(form_of(), papers=())
    decided = guide(form=form, reason="Thiếu giấy tờ", actor=clerk, now=MORNING)
    paper = find(decided.paper_token)
    assert paper is not None
    assert len(paper.facts["papers"]) == len(form_of().papers)
    assert not Case.objects.exists()
    assert guide(form=form, reason="Thiếu giấy tờ", actor=clerk, now=MORNING).is_repeat


def test_refusal_gives_the_reason_on_its_paper(clerk):
    decided = refuse(form=form_of(), reason="Không thuộc thẩm quyền", actor=clerk, now=MORNING)
    paper = find(decided.paper_token)
    assert paper is not None
    assert (paper.kind, paper.facts["reason"]) == ("refusal", "Không thuộc thẩm quyền")
    assert not Case.objects.exists()


@pytest.mark.parametrize("act", [guide, refuse])
def test_guidance_and_refusal_need_a_reason(clerk, act):
    with pytest.raises(ReasonNeeded):
        act(form=form_of(), reason="  ", actor=clerk, now=MORNING)
    assert not Intake.objects.exists()


def test_an_unknown_limit_is_given_by_the_clerk_with_its_ground(clerk):
    form = replace(
        form_of(EXTRACT),
        key=uuid4(),
        own_limit=Duration(Decimal(3), Unit.WORKING_DAY),
        own_limit_reason="Văn bản của Sở",
    )
    # The catalogue knows this limit, so the clerk's own is not used.
    decided = accept(form=form, actor=clerk, now=MORNING)
    assert Case.objects.get(pk=decided.case_id).due_at.date() == MORNING.date()


def test_what_is_kept_is_vietnamese_though_the_clerk_reads_english(clerk):
    with override("en"):
        case = new_case(clerk, HOUSEHOLD_BUSINESS)
    assert case.limit_text == "3 ngày làm việc"
    assert CaseEvent.objects.get(case=case).post.startswith("Cán bộ tiếp nhận")
