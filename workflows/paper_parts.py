"""The parts that all papers of a case share, made from what the shop knows."""

from onestop.agencies.models import Agency
from receipts.papers import Office, Person
from workflows.intake_rules import ApplicantData
from workflows.models import Case


def office_of(counter: Agency) -> Office:
    """The letterhead of a counter, its superior shortened as letterheads have it."""
    return Office(
        name=counter.name,
        parent_name=counter.parent.name.replace("Ủy ban nhân dân", "UBND") if counter.parent else "",
        phone=counter.phone,
        code=counter.code or "",
    )


def in_person(given: ApplicantData) -> Person:
    """The applicant of a form, as papers name people."""
    return Person(
        name=given.name,
        id_number=given.id_number,
        address=given.address,
        phone=given.phone,
        email=given.email,
    )


def applicant_of(case: Case) -> Person:
    """The applicant of a case, as papers name people."""
    return Person(
        name=case.applicant_name,
        id_number=case.applicant_id_number,
        address=case.applicant_address,
        phone=case.applicant_phone,
        email=case.applicant_email,
    )
