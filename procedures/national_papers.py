"""Papers as the national database exports them: lines of text, glued and split again at the source."""

import re
from dataclasses import dataclass

from procedures.models import Need
from procedures.records import PaperRecord
from procedures.shape import Fields
from procedures.shortfalls import Reason, Shortfall

NOTE = re.compile(r"[\s\-+*•(]*(lưu ý|ghi chú|chú ý)\b", re.IGNORECASE)
LEADING_MARKS = re.compile(r"^[\s\-+*•.;]+")
IF_ANY = re.compile(r"\(?nếu có\)?", re.IGNORECASE)
BY_CASE = re.compile(r"\b(trường hợp|nếu|đối với)\b", re.IGNORECASE)
FEWEST_LETTERS = 6
# The count was glued to the number of a form or a year ("Mẫu số 18" and 1 make 181): no office asks for more.
MOST_COPIES = 9


@dataclass(frozen=True)
class Papers:
    papers: tuple[PaperRecord, ...]
    notes: str
    shortfalls: tuple[Shortfall, ...]


def papers_of(record: Fields) -> Papers:
    """The papers, the lines that are none, and what could not be taken.

    The file name beside a line is a guess of the export and is not taken.

    Raises: WrongShape.
    """
    papers: list[PaperRecord] = []
    notes: list[str] = []
    shortfalls: list[Shortfall] = []
    for group in record.children("document_groups"):
        case = group.text("case")
        for document in group.children("documents"):
            text = document.text("text")
            if _is_paper(text) and not NOTE.match(case):
                paper, reasons = _paper(document, LEADING_MARKS.sub("", text), case)
                papers.append(paper)
                shortfalls += reasons
            else:
                notes.append(text)
                shortfalls.append(Shortfall("papers", Reason.PAPER_NOTE, text))
    lines = [note for note in notes if any(char.isalpha() for char in note)]
    return Papers(tuple(papers), "\n".join(lines), tuple(shortfalls))


def _is_paper(text: str) -> bool:
    return sum(char.isalpha() for char in text) >= FEWEST_LETTERS and not NOTE.match(text)


def _paper(document: Fields, name: str, case: str) -> tuple[PaperRecord, list[Shortfall]]:
    originals, copies = document.whole("originals"), document.whole("copies")
    known = _is_count(originals) and _is_count(copies) and bool(originals or copies)
    conditional = IF_ANY.search(name) or BY_CASE.search(case)
    paper = PaperRecord(
        name=name,
        originals=originals if known else None,
        copies=copies if known else None,
        need=Need.CONDITIONAL if conditional else Need.REQUIRED,
        condition="nếu có" if IF_ANY.search(name) else case if conditional else "",
        group=case,
    )
    printed = f"{name}: {originals} bản chính, {copies} bản sao"
    return paper, [] if known else [Shortfall("papers", Reason.PAPER_COUNT, printed)]


def _is_count(count: int | None) -> bool:
    return count is not None and 0 <= count <= MOST_COPIES
