"""What every page of every room must keep: no accessibility violation, no sideways scrolling."""

from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from playwright.sync_api import Page

PHONE, WIDE = 360, 1280
WIDTHS = (PHONE, WIDE)
SCHEMES = ("light", "dark")
SHOTS = Path(settings.VAR_DIR) / "shots"


def axe_clean(page: Page) -> None:
    """Axe finds no violation on the page as it stands."""
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()


def no_overflow(page: Page) -> None:
    """Nothing makes the page scroll sideways."""
    wider_by = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wider_by <= 0, f"{page.url} is {wider_by} px wider than the screen"


def shot(page: Page, name: str) -> Path:
    """A picture of the whole page in var/shots, to be looked at."""
    SHOTS.mkdir(parents=True, exist_ok=True)
    target = SHOTS / f"{name}.png"
    page.screenshot(path=target, full_page=True)
    return target
