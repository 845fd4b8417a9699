"""A reception by keyboard alone, and every page of the counter to the eye of axe."""

import pytest

from tests.browser.checks import axe_clean, no_overflow, shot
from tests.browser.conftest import Visits
from tests.intake import new_case
from workflows.models import Case

pytestmark = pytest.mark.usefixtures("open_shop")


@pytest.fixture
def at_counter(browser, shop_server, person):
    visits = Visits(browser, shop_server)
    clerk = person("clerk.thanhvinh")
    yield lambda path, **how: visits(path, user=clerk, **how)
    for context in visits.contexts:
        context.close()
    assert not visits.problems, "\n".join(visits.problems)


def test_a_file_is_received_without_a_mouse(at_counter):
    page = at_counter("/quay/")
    page.keyboard.type("trich luc ho tich")
    page.keyboard.press("Enter")
    page.wait_for_selector(".results")
    while page.evaluate("document.activeElement.getAttribute('name')") != "chon":
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_selector("#k4")
    page.keyboard.press("Alt+2")
    page.keyboard.type("040090123456")
    page.keyboard.press("Tab")
    page.keyboard.type("Nguyễn Văn Đức")
    page.keyboard.press("Alt+3")
    for _ in range(page.locator("input.tick").count()):
        page.keyboard.press("Space")
        page.keyboard.press("ArrowDown")
    page.keyboard.press("F9")
    page.wait_for_url("**/quay/luot/**")
    case = Case.objects.get()
    assert page.get_by_role("heading", name=case.code).is_visible()
    axe_clean(page)
    shot(page, "counter-decided")


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("/quay/", "home"),
        ("/quay/tiep-nhan/?tu=khai+sinh", "search"),
        ("/quay/tra-ket-qua/", "returning"),
        ("/quay/so-theo-doi/", "register"),
        ("/quay/tim/?q=nguyen", "finding"),
    ],
)
def test_every_page_of_the_counter_is_clean(at_counter, actor, path, name, width):
    new_case(actor("clerk.thanhvinh"))
    page = at_counter(path, width=width)
    axe_clean(page)
    no_overflow(page)
    shot(page, f"counter-{name}-{width}")


@pytest.mark.parametrize("width", [360, 1280])
def test_the_page_of_a_chosen_procedure_is_clean_without_scripts_too(at_counter, width):
    page = at_counter("/quay/tiep-nhan/?tu=xay+dung", width=width)
    page.locator(".results button").first.click()
    page.wait_for_selector("#ly_do")
    axe_clean(page)
    no_overflow(page)
    shot(page, f"counter-intake-{width}")
    plain = at_counter("/quay/tiep-nhan/?tu=xay+dung", width=width, scripts=False)
    plain.locator(".results button").first.click()
    plain.wait_for_selector("#ly_do")
    assert plain.get_by_role("button", name="Tiếp nhận, in giấy hẹn").is_visible()
