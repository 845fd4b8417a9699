"""Icons drawn inside the page (bootstrap-icons, MIT): one em, the colour of the text, beside a word."""

import re
from functools import cache
from pathlib import Path

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

FOLDER = Path(__file__).resolve().parent / "bootstrap_icons"
_DRAWING = re.compile(r"<svg[^>]*>(.*)</svg>", re.DOTALL)


@cache
def drawing(name: str) -> str:
    """The shapes inside the file of that icon. Raises FileNotFoundError for a name without a file."""
    found = _DRAWING.search((FOLDER / f"{name}.svg").read_text(encoding="utf-8"))
    assert found, name
    return " ".join(found.group(1).split())


@cache
def icon(name: str) -> SafeString:
    """The inline SVG of an icon, hidden from screen readers."""
    shapes = mark_safe(drawing(name))
    return format_html(
        '<svg class="icon" viewBox="0 0 16 16" aria-hidden="true" focusable="false">{}</svg>', shapes
    )
