"""Chromium for the browser tests.

`visit("/", width=360, scheme="dark", scripts=False, user=clerk)` opens a page; at the end of the test any
error the browser reported (a blocked script or style, an exception) fails it.
"""

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.browser.checks import WIDE

CHROMIUM = Path(os.environ.get("CHROMIUM", "/usr/bin/chromium"))
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1 , EXCLUDE localhost",
]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "tests/browser" in str(item.path):
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    assert CHROMIUM.exists(), f"No browser at {CHROMIUM}: apt-get install chromium, or set CHROMIUM"
    # Playwright keeps an event loop in this thread; the tests' own queries run in it without concurrency.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@dataclass
class Visits:
    """Opens pages of the running shop and remembers what the browser complained of."""

    browser: Browser
    address: str
    problems: list[str] = field(default_factory=list)
    contexts: list[BrowserContext] = field(default_factory=list)

    def __call__(
        self,
        path: str,
        *,
        width: int = WIDE,
        scheme: str = "light",
        scripts: bool = True,
        user: object = None,
    ) -> Page:
        context = self.browser.new_context(
            viewport={"width": width, "height": 800},
            color_scheme=scheme,
            java_script_enabled=scripts,
            base_url=self.address,
        )
        context.set_default_timeout(10_000)
        self.contexts.append(context)
        if user is not None:
            context.add_cookies([session_cookie(user, self.address)])
        page = context.new_page()
        page.on("pageerror", lambda error: self.problems.append(f"{page.url}: {error}"))
        page.on("console", lambda message: self._listen(page, message.type, message.text))
        page.goto(path)
        return page

    def _listen(self, page: Page, kind: str, text: str) -> None:
        # A page that answers 404 on purpose is reported as a failed resource: not the page's fault.
        if kind == "error" and not text.startswith("Failed to load resource"):
            self.problems.append(f"{page.url}: {text}")


def session_cookie(user: object, address: str) -> dict[str, str]:
    """The cookie of a session signed in for that person."""
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    value = client.cookies[settings.SESSION_COOKIE_NAME].value
    return {"name": settings.SESSION_COOKIE_NAME, "value": value, "url": address}


@pytest.fixture
def visit(browser: Browser, live_server) -> Iterator[Callable[..., Page]]:
    visits = Visits(browser, live_server.url)
    yield visits
    for context in visits.contexts:
        context.close()
    assert not visits.problems, "\n".join(visits.problems)
