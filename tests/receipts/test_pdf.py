"""Printing what was issued: once, the same ever after, and never to the harm of the issue."""

import hashlib
import threading

import pytest
from django.db import DatabaseError, connection, transaction

from receipts import register
from receipts.models import IssuedPaper, IssuedPdf
from receipts.register import PrintingFailed, pdf_of
from tests.receipts.samples import RECEIPT

pytestmark = pytest.mark.django_db


class Press:
    """Stands beside the real press and counts; or breaks as told."""

    def __init__(self, monkeypatch, error: Exception | None = None) -> None:
        self.printed = 0
        self.real = register.render
        self.error = error
        monkeypatch.setattr(register, "render", self)

    def __call__(self, paper, imprint) -> bytes:
        self.printed += 1
        if self.error:
            raise self.error
        return self.real(paper, imprint)


def test_it_prints_once_and_gives_the_same_bytes_ever_after(issue, monkeypatch):
    press = Press(monkeypatch)
    issued = issue()
    first = pdf_of(issued)
    assert first.startswith(b"%PDF-")
    assert pdf_of(IssuedPaper.objects.get(pk=issued.pk)) == first
    assert press.printed == 1
    kept = IssuedPaper.objects.get(pk=issued.pk)
    assert kept.pdf_sha256 == hashlib.sha256(first).hexdigest()
    assert bytes(kept.pdf.content) == first


def test_issuing_prints_nothing(issue, monkeypatch):
    press = Press(monkeypatch, OSError("no press here"))
    issue()
    assert press.printed == 0
    assert not IssuedPdf.objects.exists()


@pytest.mark.parametrize(
    "error",
    [OSError(28, "No space left on device"), MemoryError(), ValueError("broken font"), RuntimeError("press")],
    ids=lambda error: type(error).__name__,
)
def test_a_broken_press_leaves_the_issue_as_it_was(issue, monkeypatch, error):
    issued = issue()
    with monkeypatch.context() as broken:
        Press(broken, error)
        with pytest.raises(PrintingFailed) as refusal:
            pdf_of(issued)
    assert "01/TTPVHCC" in refusal.value.sentence
    kept = IssuedPaper.objects.get(pk=issued.pk)
    assert kept.pdf_sha256 is None
    assert register.is_intact(kept)
    assert pdf_of(kept).startswith(b"%PDF-")


def test_a_pdf_that_cannot_be_kept_leaves_the_issue_as_it_was(issue, monkeypatch):
    issued = issue()

    def full_disk(**_: object) -> None:
        raise DatabaseError("could not extend file: No space left on device")

    with monkeypatch.context() as full:
        full.setattr(IssuedPdf.objects, "create", full_disk)
        with transaction.atomic():
            with pytest.raises(PrintingFailed):
                pdf_of(issued)
            assert IssuedPaper.objects.get(pk=issued.pk).pdf_sha256 is None
    assert pdf_of(issued).startswith(b"%PDF-")


def test_eight_who_ask_at_once_get_one_print(transactional_db, issue, monkeypatch):
    press = Press(monkeypatch)
    issued = issue()
    start = threading.Barrier(8)
    got: list[bytes] = []

    def ask() -> None:
        start.wait()
        try:
            got.append(pdf_of(IssuedPaper.objects.get(pk=issued.pk)))
        finally:
            connection.close()

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(got) == 8
    assert len(set(got)) == 1
    assert press.printed == 1


def test_the_database_refuses_to_change_a_pdf(issue):
    issued = issue()
    pdf_of(issued)
    with pytest.raises(DatabaseError, match="never changes"), transaction.atomic():
        IssuedPdf.objects.filter(paper=issued).update(content=b"khac")
    with pytest.raises(DatabaseError, match="never changes"), transaction.atomic():
        IssuedPdf.objects.filter(paper=issued).delete()
    with pytest.raises(DatabaseError, match="never changes"), transaction.atomic():
        IssuedPaper.objects.filter(pk=issued.pk).update(pdf_sha256="0" * 64)


def test_the_print_names_the_address_to_verify(issue, settings):
    settings.SITE_URL = "https://motcua.nghean.example/"
    issued = issue()
    assert register.verify_url(issued) == f"https://motcua.nghean.example/xac-thuc/{issued.token}/"


def test_facts_that_cannot_be_read_are_a_named_failure(issue):
    issued = issue()
    issued.facts = {**RECEIPT.to_facts(), "office": None}
    with pytest.raises(PrintingFailed):
        register.rendered(issued)
