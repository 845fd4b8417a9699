"""The facts of a paper: whole in JSON and back, and the form set of a day."""

from dataclasses import FrozenInstanceError, replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from receipts.facts import BadFacts, decode, encode, sha256_of
from receipts.papers import (
    Edition,
    NoFormsInForce,
    Paper,
    PaperKind,
    PaperLine,
    Person,
    Receipt,
    edition_on,
    number_text,
    paper_of,
)
from tests.receipts.samples import ALL, RECEIPT, at


@pytest.mark.parametrize("paper", ALL, ids=lambda paper: paper.kind.value)
def test_a_paper_comes_back_whole_from_its_facts(paper: Paper):
    assert paper_of(paper.kind, paper.to_facts()) == paper


def test_a_paper_without_its_optional_facts_comes_back_whole():
    bare = replace(RECEIPT, authorisation=None, fee=None, signature=None, due_at=None, papers=())
    assert Receipt.from_facts(bare.to_facts()) == bare


@given(st.text(max_size=30), st.integers(min_value=0, max_value=99), st.booleans())
def test_any_words_and_counts_survive(words: str, count: int, has_many: bool):
    line = PaperLine(name=words, originals=count, note=words)
    paper = replace(RECEIPT, papers=(line,) * (3 if has_many else 0), receiver_name=words)
    assert Receipt.from_facts(paper.to_facts()) == paper


def test_facts_kept_before_a_field_was_added_take_its_default():
    facts = RECEIPT.to_facts()
    del facts["copy_mark"]
    assert Receipt.from_facts(facts) == replace(RECEIPT, copy_mark="")


@pytest.mark.parametrize(
    "change",
    [{"received_at": "hôm qua"}, {"sets": "1"}, {"office": []}, {"papers": {}}, {"due_at": 5}, {"fee": "x"}],
)
def test_it_refuses_facts_of_another_shape(change):
    with pytest.raises(BadFacts) as refusal:
        Receipt.from_facts({**RECEIPT.to_facts(), **change})
    assert "không phải" in refusal.value.sentence


def test_it_refuses_facts_that_lack_a_field_the_form_needs():
    facts = RECEIPT.to_facts()
    del facts["applicant"]
    with pytest.raises(BadFacts):
        Receipt.from_facts(facts)


def test_it_refuses_words_of_no_known_result():
    with pytest.raises(BadFacts):
        decode(PaperKind, "giấy khác")


def test_it_refuses_to_keep_what_json_cannot_hold():
    with pytest.raises(BadFacts):
        encode(1.5)
    with pytest.raises(BadFacts):
        decode(list[str], ["a"])  # type: ignore[arg-type]


def test_a_paper_cannot_be_changed():
    with pytest.raises(FrozenInstanceError):
        RECEIPT.case_code = "khác"  # type: ignore[misc]


def test_the_hash_does_not_depend_on_the_order_of_keys():
    assert sha256_of({"a": 1, "b": "ế"}) == sha256_of({"b": "ế", "a": 1})
    assert sha256_of(encode(Person(name="A"))) != sha256_of(encode(Person(name="B")))


@pytest.mark.parametrize(
    ("on", "edition"),
    [
        (date(2019, 1, 6), Edition.TT01_2018),
        (date(2025, 9, 14), Edition.TT01_2018),
        (date(2025, 9, 15), Edition.TT03_2025),
        (date(2026, 11, 25), Edition.TT03_2025),
    ],
)
def test_the_form_set_follows_the_day(on: date, edition: Edition):
    assert edition_on(on) is edition


def test_before_the_first_set_there_is_no_form():
    with pytest.raises(NoFormsInForce) as refusal:
        edition_on(date(2019, 1, 5))
    assert refusal.value.on == date(2019, 1, 5)
    assert "05/01/2019" in refusal.value.sentence


@pytest.mark.parametrize(
    ("kind", "edition", "text"),
    [
        (PaperKind.RECEIPT, Edition.TT03_2025, "07/TTPVHCC"),
        (PaperKind.GUIDANCE, Edition.TT03_2025, "07/PBS-TTPVHCC"),
        (PaperKind.REFUSAL, Edition.TT03_2025, "07/PTC-TTPVHCC"),
        (PaperKind.CONTROL_SHEET, Edition.TT03_2025, "07/PKS-TTPVHCC"),
        (PaperKind.REGISTER_PAGE, Edition.TT03_2025, "07/STD-TTPVHCC"),
        (PaperKind.RECEIPT, Edition.TT01_2018, "07/TNHS"),
        (PaperKind.GUIDANCE, Edition.TT01_2018, "07/HDHS"),
        (PaperKind.REFUSAL, Edition.TT01_2018, "07"),
    ],
)
def test_the_number_has_the_suffix_of_its_form(kind: PaperKind, edition: Edition, text: str):
    assert number_text(number=7, kind=kind, edition=edition, unit="TTPVHCC") == text


def test_moments_keep_their_offset():
    assert encode(at(16, 9, 40)) == "2026-11-16T09:40:00+07:00"
