"""In giấy: facts and imprint to a tagged PDF, with the product's own fonts and nothing from outside."""

import threading
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path

from django.template.loader import render_to_string
from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

from receipts.papers import Edition, Paper

HOME = Path(__file__).resolve().parent
FONTS = HOME / "fonts"
# Pango's font map is not safe to share between threads, and one shared map keeps memory flat.
PRESS = threading.Lock()


class OutsideAddress(FatalURLFetchingError):  # type: ignore[misc]
    """A paper asked for something that is not one of its fonts."""


class FontsOnly(URLFetcher):  # type: ignore[misc]
    """Gives out the fonts of the papers, refuses every other address."""

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
        name = url.removeprefix(FONTS.as_uri() + "/")
        if name == url or "/" in name:
            raise OutsideAddress(f"papers do not fetch {url}")
        return super().fetch(url, headers)


@dataclass(frozen=True, kw_only=True)
class Imprint:
    """What the register gives a paper: number, moment, form set, address to verify."""

    number_text: str
    issued_at: datetime
    edition: Edition
    verify_url: str
    token: str


@cache
def _type() -> tuple[FontConfiguration, CSS]:
    fonts = FontConfiguration()
    sheet = CSS(filename=HOME / "papers.css", font_config=fonts, url_fetcher=FontsOnly())
    return fonts, sheet


def html_of(paper: Paper, imprint: Imprint) -> str:
    """The paper as HTML, by the form set of its imprint."""
    name = f"receipts/{paper.kind.value}_{imprint.edition.value}.html"
    return render_to_string(name, {"paper": paper, "imprint": imprint})


def render(paper: Paper, imprint: Imprint) -> bytes:
    """The PDF/UA-1; the same facts give the same bytes."""
    text = html_of(paper, imprint)
    with PRESS:
        fonts, sheet = _type()
        page = HTML(string=text, base_url=None, url_fetcher=FontsOnly())
        pdf: bytes = page.write_pdf(
            stylesheets=[sheet],
            font_config=fonts,
            pdf_variant="pdf/ua-1",
            pdf_identifier=imprint.token.encode(),
        )
    return pdf
