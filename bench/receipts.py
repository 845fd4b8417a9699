"""A receipt as the product prints it, beside the least WeasyPrint needs for the same visible content.

The peer is the same page, ready as text, written by WeasyPrint alone: no facts, template, tags or identifier.
Limit: 1.3 times that in one run, and 15 MB more memory after 300 receipts. The same words as bare paragraphs,
without columns, boxes and places, are timed too: the floor that no laid out page reaches.
"""

import gc
import statistics
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import django

django.setup()

from weasyprint import CSS, HTML  # noqa: E402
from weasyprint.text.fonts import FontConfiguration  # noqa: E402

from bench._plain_receipt import PLAIN_CSS, plain_html  # noqa: E402
from receipts.papers import Receipt, edition_on  # noqa: E402
from receipts.press import type_case  # noqa: E402
from receipts.render import Imprint, html_of, render  # noqa: E402
from tests.receipts.samples import RECEIPT  # noqa: E402

ROUNDS = 40
MANY = 300
LIMIT_RATIO = 1.3
LIMIT_GROWTH_MB = 15.0
IMPRINT = Imprint(
    number_text="18/TTPVHCC",
    issued_at=RECEIPT.received_at,
    edition=edition_on(RECEIPT.received_at.date()),
    verify_url="http://127.0.0.1:8000/xac-thuc/7F3KABCDEFGH2345/",
    token="7F3KABCDEFGH2345",
)


def product(number: int) -> bytes:
    """A receipt nobody printed before, from the facts as the register keeps them."""
    facts = replace(RECEIPT, secret=f"{number:04d}", lookup_url=f"{RECEIPT.lookup_url}{number}").to_facts()
    return render(Receipt.from_facts(facts), IMPRINT)


def median_ms(makers: tuple[Callable[[int], bytes], ...]) -> list[float]:
    """Medians of makers taking turns, so that both meet the same moods of the machine."""
    times: list[list[float]] = [[] for _ in makers]
    for number in range(ROUNDS):
        for place, make in enumerate(makers):
            started = time.perf_counter()
            make(number)
            times[place].append((time.perf_counter() - started) * 1000)
    return [statistics.median(row) for row in times]


def resident_mb() -> float:
    gc.collect()
    line = next(row for row in Path("/proc/self/status").read_text().splitlines() if row.startswith("VmRSS"))
    return int(line.split()[1]) / 1024


def the_same_page(html: str) -> Callable[[int], bytes]:
    """What WeasyPrint alone needs for the page, ready as text."""
    fonts, sheet = type_case()

    def write(number: int) -> bytes:
        pdf: bytes = HTML(string=html).write_pdf(stylesheets=[sheet], font_config=fonts)
        return pdf

    return write


def bare_paragraphs() -> Callable[[int], bytes]:
    """The same words without layout."""
    fonts = FontConfiguration()
    sheet = CSS(string=PLAIN_CSS, font_config=fonts)
    plain = plain_html(RECEIPT, IMPRINT)

    def write(number: int) -> bytes:
        pdf: bytes = HTML(string=plain).write_pdf(stylesheets=[sheet], font_config=fonts)
        return pdf

    return write


def figure(
    bench: str, value: float, unit: str, n: int, against: str, limit: float | None = None
) -> dict[str, object]:
    """One line of the results; a limit tells whether it holds."""
    line: dict[str, object] = {
        "bench": bench,
        "value": round(value, 2),
        "unit": unit,
        "n": n,
        "against": against,
    }
    return line if limit is None else {**line, "limit": limit, "holds": value <= limit}


def run() -> Iterator[dict[str, object]]:
    """Time and memory of receipts."""
    started = time.perf_counter()
    product(0)
    yield figure("receipt cold", (time.perf_counter() - started) * 1000, "ms", 1, "-")
    minimal, bare = the_same_page(html_of(RECEIPT, IMPRINT)), bare_paragraphs()
    minimal(0), bare(0)
    ours, least, floor = median_ms((product, minimal, bare))
    yield figure("receipt", ours, "ms", ROUNDS, "-")
    yield figure("receipt minimal", least, "ms", ROUNDS, "WeasyPrint alone, the same page, untagged")
    yield figure("receipt ratio", ours / least, "x", ROUNDS, "receipt minimal", LIMIT_RATIO)
    yield figure("receipt floor", floor, "ms", ROUNDS, "WeasyPrint alone, the same words without layout")
    yield figure("receipt over floor", ours / floor, "x", ROUNDS, "receipt floor")
    before = resident_mb()
    for number in range(MANY):
        product(1000 + number)
    yield figure("receipt memory", resident_mb() - before, "MB", MANY, "the warm process", LIMIT_GROWTH_MB)
