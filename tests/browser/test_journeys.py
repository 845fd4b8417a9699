"""Three files over the counter, through their agencies and back in a browser, by keyboard alone.

Every page on the way is looked at by axe and fits its screen.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import pytest
from playwright.sync_api import Page

from onestop.agencies.demo_people import PASSWORD
from procedures.models import Procedure
from tests.browser.checks import axe_clean, no_overflow, shot
from tests.browser.conftest import Visits
from tests.intake import APPLICANT, BUILDING_PERMIT, EXTRACT, HOUSEHOLD_BUSINESS
from workflows.models import Case
from workflows.states import CaseState

CLERK, HEAD, ECONOMY = "clerk.thanhvinh", "head.ubnd.thanhvinh", "officer.kt.thanhvinh"
FIRE, CULTURE = "officer.cong-an-tinh", "officer.so-van-hoa-the-thao-va-du-lich"
# Procedure, the words a clerk types for it, who finishes the steps one after another.
JOURNEYS = {
    "extract": (EXTRACT, "trich luc ho tich", ("officer.vpub.thanhvinh", HEAD)),
    "permit": (
        BUILDING_PERMIT,
        BUILDING_PERMIT,
        (ECONOMY, FIRE, CULTURE, ECONOMY, "head.kt.thanhvinh", HEAD),
    ),
    "business": (HOUSEHOLD_BUSINESS, "ho kinh doanh", (ECONOMY, HEAD)),
}
MOST_TABS = 150


@dataclass
class Keyboards:
    """Bàn phím: a browser for each person, signed in at the door; no mouse."""

    visit: Callable[..., Page]
    pages: dict[str, Page] = field(default_factory=dict)

    def of(self, username: str) -> Page:
        """The page that the person has before her."""
        if username not in self.pages:
            page = self.pages[username] = self.visit("/dang-nhap/")
            reach(page, "[name=username]")
            page.keyboard.type(username)
            page.keyboard.press("Tab")
            page.keyboard.type(PASSWORD)
            page.keyboard.press("Enter")
            page.wait_for_selector("body.desk")
        return self.pages[username]


@pytest.fixture
def keyboards(browser, shop_server) -> Iterator[Keyboards]:
    visits = Visits(browser, shop_server)
    yield Keyboards(visits)
    for context in visits.contexts:
        context.close()
    assert not visits.problems, "\n".join(visits.problems)


def reach(page: Page, selector: str) -> None:
    """Tab until that element has the focus: who has only a keyboard gets there."""
    for _ in range(MOST_TABS):
        if page.evaluate("wanted => document.activeElement.matches(wanted)", selector):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{selector} on {page.url} is not reached by Tab")


def follow(page: Page, address: str) -> None:
    """The link of the menu, by Tab and Enter."""
    reach(page, f'a[href="{address}"]')
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{address}")


def looks_right(page: Page) -> None:
    axe_clean(page)
    no_overflow(page)


def receive(page: Page, code: str, words: str) -> Case:
    looks_right(page)
    page.keyboard.type(words)
    page.keyboard.press("Enter")
    page.wait_for_selector(".results")
    looks_right(page)
    version = Procedure.objects.get(code=code).versions.get()
    reach(page, f'[name=chon][value="{version.pk}"]')
    page.keyboard.press("Enter")
    page.wait_for_selector("#ly_do")
    page.keyboard.press("Alt+2")
    page.keyboard.type(APPLICANT.id_number)
    page.keyboard.press("Tab")
    page.keyboard.type(APPLICANT.name)
    page.keyboard.press("Alt+3")
    for _ in range(page.locator("input.tick").count()):
        page.keyboard.press("Space")
        page.keyboard.press("ArrowDown")
    looks_right(page)
    page.keyboard.press("F9")
    page.wait_for_url("**/quay/luot/**")
    looks_right(page)
    return Case.objects.get()


def finish_step(page: Page, case: Case) -> None:
    """From the list to the case and back, the first button by its key."""
    if not page.url.endswith("/xu-ly/"):
        follow(page, "/xu-ly/")
    page.reload()
    looks_right(page)
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/xu-ly/{case.code}/")
    looks_right(page)
    page.keyboard.press("Alt+1")
    page.keyboard.type("Đồng ý")
    page.keyboard.press("Control+Enter")
    page.wait_for_url("**/xu-ly/")
    assert page.locator("[role=status]").first.is_visible()
    case.refresh_from_db()


def track(keyboards: Keyboards, case: Case, name: str) -> Page:
    """The citizen types the two codes of the receipt."""
    page = keyboards.visit("/tra-cuu/")
    looks_right(page)
    reach(page, "[name=ma]")
    page.keyboard.type(case.code.lower())
    reach(page, "[name=bi_mat]")
    page.keyboard.type(case.secret)
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/tra-cuu/{case.code}/**")
    looks_right(page)
    shot(page, name)
    return page


def hand_over(page: Page, case: Case) -> None:
    follow(page, "/quay/tra-ket-qua/")
    looks_right(page)
    reach(page, "[name=q]")
    page.keyboard.type(case.code.lower().replace("-", ""))
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/quay/tra-ket-qua/{case.code}/")
    looks_right(page)
    page.keyboard.press("F9")
    page.wait_for_url("**/quay/tra-ket-qua/")
    assert page.get_by_text(f"Đã trả kết quả hồ sơ {case.code}").is_visible()
    looks_right(page)


@pytest.mark.parametrize("name", JOURNEYS)
def test_the_whole_path_is_gone_by_keyboard(keyboards, name):
    code, words, workers = JOURNEYS[name]
    case = receive(keyboards.of(CLERK), code, words)
    assert track(keyboards, case, f"journey-{name}-1").get_by_text(case.due_text).is_visible()
    for username in workers:
        assert case.state in (CaseState.RECEIVED, CaseState.PROCESSING)
        finish_step(keyboards.of(username), case)
    assert case.state == CaseState.FINISHED
    assert track(keyboards, case, f"journey-{name}-2").get_by_text("Mời bạn đến nhận kết quả").is_visible()
    hand_over(keyboards.of(CLERK), case)
    case.refresh_from_db()
    assert case.state == CaseState.RETURNED
    assert case.hand_back_record.receiver_name == APPLICANT.name
    page = track(keyboards, case, f"journey-{name}-3")
    assert page.get_by_role("heading", name="Kết quả đã được trả").is_visible()
