"""Sign-in and the administrator's pages, to the eye of axe at both widths."""

import pytest

from tests.browser.checks import axe_clean, no_overflow, shot
from tests.browser.conftest import Visits

pytestmark = pytest.mark.usefixtures("open_shop")


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize(
    ("path", "username", "name"),
    [
        ("/dang-nhap/", "", "sign-in"),
        ("/quan-tri/", "administrator", "index"),
        ("/quan-tri/nguoi-dung/", "administrator", "people"),
        ("/quan-tri/co-quan/", "administrator", "agencies"),
        ("/quan-tri/co-quan/ubnd-16681/", "administrator", "agency"),
        ("/quan-tri/uy-quyen/", "head.ubnd.thanhvinh", "stand-ins"),
    ],
)
def test_every_page_of_the_administration_is_clean(browser, shop_server, person, path, username, name, width):
    visits = Visits(browser, shop_server)
    page = visits(path, width=width, user=person(username) if username else None)
    axe_clean(page)
    no_overflow(page)
    shot(page, f"administration-{name}-{width}")
    visits.contexts[0].close()
    assert not visits.problems, "\n".join(visits.problems)


def test_a_person_signs_in_by_keyboard(browser, shop_server):
    visits = Visits(browser, shop_server)
    page = visits("/dang-nhap/")
    page.locator("input[name=username]").focus()
    page.keyboard.type("clerk.thanhvinh")
    page.keyboard.press("Tab")
    page.keyboard.type("motcua-2026")
    page.keyboard.press("Enter")
    page.wait_for_url("**/quay/")
    assert page.get_by_role("heading", level=1).inner_text() == "Quầy hôm nay"
    visits.contexts[0].close()
    assert not visits.problems, "\n".join(visits.problems)
