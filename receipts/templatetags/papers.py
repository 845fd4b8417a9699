"""Filters of the paper templates."""

from django import template

from receipts import barcodes, wording
from receipts.papers import Office, PaperLine

register = template.Library()
register.filter(wording.day_in_words)
register.filter(wording.promise_in_words)
register.filter(wording.hour_and_date)
register.filter(wording.date_in_figures)
register.filter(wording.moment_of_signing)
register.filter(wording.amount_in_figures)
register.filter(wording.grouped)
register.filter(barcodes.qr)
register.filter(barcodes.code128)

KINDS = (
    ("originals", "Bản chính"),
    ("certified_copies", "Bản sao chứng thực"),
    ("copies", "Bản sao"),
    ("electronic", "Bản điện tử"),
)


@register.filter
def kinds_of(line: PaperLine) -> list[tuple[str, int]]:
    """Kinds and numbers of one component, those that are there."""
    counts = [(name, int(getattr(line, field))) for field, name in KINDS]
    return [(name, count) for name, count in counts if count]


@register.filter
def letterhead(office: Office) -> tuple[str, ...]:
    """The unit in capitals; the place its parent's line has named is not said twice."""
    place = office.parent_name.removeprefix("UBND ").strip()
    name = office.name.removesuffix(place).strip() if place != office.parent_name else office.name
    return wording.in_two_lines((name or office.name).upper())


@register.filter
def two_figures(number: int) -> str:
    """ "01": counts on official papers have two figures."""
    return f"{number:02d}"
