"""In giấy: facts and imprint to a tagged PDF."""

import importlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import cast

from django.template.loader import render_to_string

from receipts.papers import Edition, Paper

# Letters, figures and marks in the three faces: what the first receipt would otherwise wait for.
SPECIMEN = '<html lang="vi"><title>Chữ mẫu</title><p>Giấy <b>hẹn</b> <i>trả</i> 0123456789</p></html>'


@dataclass(frozen=True, kw_only=True)
class Imprint:
    """What the register gives a paper: number, moment, form set, address to verify."""

    number_text: str
    issued_at: datetime
    edition: Edition
    verify_url: str
    token: str


@cache
def _print_page() -> Callable[[str, str], bytes]:
    # The layout engine takes a second and 60 MB to load, and fails to load without Pango.
    return cast(Callable[[str, str], bytes], importlib.import_module("receipts.press").print_page)


def html_of(paper: Paper, imprint: Imprint) -> str:
    """The paper as HTML, by the form set of its imprint."""
    name = f"receipts/{paper.kind.value}_{imprint.edition.value}.html"
    return render_to_string(name, {"paper": paper, "imprint": imprint})


def render(paper: Paper, imprint: Imprint) -> bytes:
    """The PDF/UA-1; the same facts give the same bytes. Raises: OSError without Pango."""
    return _print_page()(html_of(paper, imprint), imprint.token)


def warm() -> None:
    """Load engine and fonts, so that the first receipt of the day is not the slow one.

    To be called once in each serving process. Raises: OSError without Pango.
    """
    _print_page()(SPECIMEN, "warm")
