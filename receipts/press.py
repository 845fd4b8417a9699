"""Máy in: WeasyPrint with the product's own fonts and nothing from outside, set up once per process.

Only `receipts.render` loads it, when the first paper is printed: the shop opens its doors, and issues papers,
where Pango is missing.
"""

import threading
from functools import cache
from pathlib import Path

from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

HOME = Path(__file__).resolve().parent
FONTS = HOME / "fonts"
# Pango's font map is not safe to share between threads, and one shared map keeps memory flat.
ONE_AT_A_TIME = threading.Lock()


class OutsideAddress(FatalURLFetchingError):  # type: ignore[misc]
    """A paper asked for something that is not one of its fonts."""


class FontsOnly(URLFetcher):  # type: ignore[misc]
    """Gives out the fonts of the papers, refuses every other address."""

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
        name = url.removeprefix(FONTS.as_uri() + "/")
        if name == url or "/" in name:
            raise OutsideAddress(f"papers do not fetch {url}")
        return super().fetch(url, headers)


@cache
def type_case() -> tuple[FontConfiguration, CSS]:
    """Fonts and parsed stylesheet of this process."""
    fonts = FontConfiguration()
    return fonts, CSS(filename=HOME / "papers.css", font_config=fonts, url_fetcher=FontsOnly())


def print_page(html: str, identifier: str) -> bytes:
    """The page as PDF/UA-1; the same text and identifier give the same bytes."""
    with ONE_AT_A_TIME:
        fonts, sheet = type_case()
        page = HTML(string=html, url_fetcher=FontsOnly())
        pdf: bytes = page.write_pdf(
            stylesheets=[sheet],
            font_config=fonts,
            pdf_variant="pdf/ua-1",
            pdf_identifier=identifier.encode(),
        )
    return pdf
