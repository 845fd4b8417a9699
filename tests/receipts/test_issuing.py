"""Issuing: a number without gaps, in the caller's transaction, entered for ever."""

import threading
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from django.db import DatabaseError, connection, transaction

from receipts import register
from receipts.models import IssuedPaper, PaperSeries
from receipts.papers import Edition, NoFormsInForce, PaperKind, paper_of
from receipts.register import AlreadyVoided, WrongKind
from tests.receipts.samples import ALL, CODE, GUIDANCE, RECEIPT, at

pytestmark = pytest.mark.django_db


def test_the_register_keeps_what_was_issued(issue):
    kept = IssuedPaper.objects.get(pk=issue().pk)
    assert paper_of(PaperKind(kept.kind), kept.facts) == RECEIPT
    assert kept.number_text == "01/TTPVHCC"
    assert kept.case_code == CODE
    assert kept.issued_at == at(16, 9, 41)
    assert kept.edition == Edition.TT03_2025
    assert kept.pdf_sha256 is None
    assert register.is_intact(kept)


@pytest.mark.parametrize("paper", ALL, ids=lambda paper: paper.kind.value)
def test_every_form_can_be_issued(issue, paper):
    issued = IssuedPaper.objects.get(pk=issue(paper).pk)
    assert paper_of(PaperKind(issued.kind), issued.facts) == paper


def test_numbers_run_by_agency_kind_and_year(issue):
    assert [issue().number for _ in range(3)] == [1, 2, 3]
    assert issue(GUIDANCE).number == 1
    assert issue(agency_id=102).number == 1
    assert issue(issued_on=at(4, 8, month=1, year=2027)).number == 1
    assert issue().number == 4


def test_the_year_is_that_of_vietnam(issue):
    # 17:30 on 31 December in UTC is half past midnight of New Year's Day in Vietnam.
    assert issue(issued_on=datetime(2026, 12, 31, 17, 30, tzinfo=UTC)).year == 2027


def test_an_old_day_takes_the_old_forms(issue):
    issued = issue(issued_on=at(14, 8, month=9, year=2025))
    assert issued.edition == Edition.TT01_2018
    assert issued.number_text == "01/TNHS"


def test_it_refuses_a_day_before_any_form(issue):
    with pytest.raises(NoFormsInForce):
        issue(issued_on=at(1, 8, month=1, year=2019))
    assert not PaperSeries.objects.exists()


def test_it_refuses_a_kind_that_is_not_the_papers():
    with pytest.raises(WrongKind) as refusal:
        register.issue(
            paper=RECEIPT,
            kind=PaperKind.REFUSAL,
            agency_id=101,
            agency_code="",
            issued_by="",
            issued_on=at(16, 9),
        )
    assert refusal.value.kind is PaperKind.REFUSAL
    assert not IssuedPaper.objects.exists()


def test_two_statements_are_enough(issue, django_assert_num_queries):
    with transaction.atomic(), django_assert_num_queries(2):
        issue()


def test_a_paper_goes_when_its_case_is_undone(issue):
    issue()
    with transaction.atomic():
        assert issue().number == 2
        transaction.set_rollback(True)
    assert IssuedPaper.objects.count() == 1
    assert issue().number == 2


def test_sixteen_clerks_leave_no_gap(transactional_db, issue):
    start = threading.Barrier(16)
    problems: list[Exception] = []

    def clerk(place: int) -> None:
        start.wait()
        try:
            for turn in range(5):
                try:
                    with transaction.atomic():
                        issue()
                        if (place + turn) % 4 == 0:
                            raise ZeroDivisionError  # every fourth acceptance fails after its paper
                except ZeroDivisionError:
                    continue
        except Exception as error:
            problems.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=clerk, args=(place,)) for place in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    numbers = sorted(IssuedPaper.objects.values_list("number", flat=True))
    assert problems == []
    assert numbers == list(range(1, 61))
    assert len(set(IssuedPaper.objects.values_list("token", flat=True))) == 60


@pytest.mark.parametrize(
    "change",
    [
        {"facts": {}},
        {"number": 9},
        {"number_text": "9"},
        {"issued_by": "ai đó"},
        {"facts_sha256": "0" * 64},
        {"void_reason": "chưa hủy"},
        {"token": "A" * 16},
    ],
)
def test_the_database_refuses_to_change_a_paper(issue, change):
    issued = issue()
    with pytest.raises(DatabaseError, match="never changes"), transaction.atomic():
        IssuedPaper.objects.filter(pk=issued.pk).update(**change)


def test_the_database_refuses_to_delete_a_paper(issue):
    issued = issue()
    with pytest.raises(DatabaseError, match="never changes"), transaction.atomic():
        issued.delete()


def test_a_paper_is_voided_once_and_stays(issue):
    issued = issue()
    register.void(issued=issued, reason="Nhập nhầm người nộp", now=at(17, 8))
    kept = IssuedPaper.objects.get(pk=issued.pk)
    assert kept.voided_at == at(17, 8)
    assert kept.void_reason == "Nhập nhầm người nộp"
    assert register.is_intact(kept)
    with pytest.raises(AlreadyVoided):
        register.void(issued=issued, reason="khác", now=at(18, 8))
    with pytest.raises(DatabaseError, match="never changes"), transaction.atomic():
        IssuedPaper.objects.filter(pk=issued.pk).update(voided_at=None)


def test_a_code_is_found_however_it_is_typed(issue):
    issued = issue()
    typed = f" {issued.token[:4].lower()}-{issued.token[4:8]} {issued.token[8:]} "
    assert register.find(typed) == issued
    assert register.find(issued.token[:-1]) is None
    assert register.find("A" * 16) is None
    assert register.find("") is None
    assert register.find("\x00" * 16) is None


def test_the_papers_of_a_case_come_oldest_first(issue):
    later = issue(issued_on=at(17, 8))
    first = issue(GUIDANCE)
    assert register.papers_of(CODE) == (first, later)
    assert register.papers_of("khác") == ()


def test_the_hash_covers_number_and_facts(issue):
    issued = issue()
    issued.number_text = "99/TTPVHCC"
    assert not register.is_intact(issued)
    issued = issue(replace(RECEIPT, secret="ABCD"))
    issued.facts["secret"] = "XXXX"
    assert not register.is_intact(issued)
