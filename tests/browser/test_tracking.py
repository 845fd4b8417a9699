"""A citizen follows her case: the form, the page behind the QR, and the answer to a wrong code."""

import pytest

from tests.browser.checks import axe_clean, no_overflow, shot
from tests.browser.conftest import Visits
from tests.intake import new_case
from workflows.lookup import lookup_path

pytestmark = pytest.mark.usefixtures("open_shop")


@pytest.fixture
def visit_shop(browser, shop_server):
    visits = Visits(browser, shop_server)
    yield visits
    for context in visits.contexts:
        context.close()
    assert not visits.problems, "\n".join(visits.problems)


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("scripts", [True, False])
def test_code_and_secret_lead_to_the_case(visit_shop, actor, width, scripts):
    case = new_case(actor("clerk.thanhvinh"))
    page = visit_shop("/tra-cuu/", width=width, scripts=scripts)
    page.get_by_label("Mã hồ sơ").first.fill(case.code.lower())
    page.locator("form:has(input[name=ma]) input:not([type=hidden])").nth(1).fill(case.secret)
    page.locator("form:has(input[name=ma]) button[type=submit]").click()
    page.wait_for_url("**/?k=*")
    assert case.code in page.content()
    assert "Nguyễn Văn Đức" not in page.content()


@pytest.mark.parametrize("width", [360, 1280])
def test_the_pages_of_tracking_are_clean(visit_shop, actor, width):
    case = new_case(actor("clerk.thanhvinh"))
    for name, path in (("form", "/tra-cuu/"), ("case", lookup_path(case.code)), ("wrong", "/tra-cuu/X/?k=1")):
        page = visit_shop(path, width=width)
        axe_clean(page)
        no_overflow(page)
        shot(page, f"tracking-{name}-{width}")
