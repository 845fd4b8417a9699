"""Verifying a paper in a browser: on a phone and a desk, light and dark, with and without scripts."""

import pytest

from receipts import register, wording
from receipts.models import IssuedPaper
from tests.browser.checks import PHONE, SCHEMES, WIDTHS, axe_clean, no_overflow, shot
from tests.receipts.samples import CODE, RECEIPT, at


@pytest.fixture
def issued(live_server) -> IssuedPaper:
    issued = register.issue(
        paper=RECEIPT,
        kind=RECEIPT.kind,
        agency_id=101,
        agency_code="H41.101",
        issued_by="Nguyễn Thị Mai",
        issued_on=at(16, 9, 41),
        case_code=CODE,
    )
    register.pdf_of(issued)
    return issued


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("width", WIDTHS)
def test_the_page_of_a_paper_is_accessible_and_fits(visit, issued, width, scheme):
    page = visit(f"/xac-thuc/{issued.token}/", width=width, scheme=scheme)
    page.locator("details summary", has_text="SHA-256").click()
    shot(page, f"verified-{width}-{scheme}")
    axe_clean(page)
    no_overflow(page)


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("width", WIDTHS)
def test_the_form_is_accessible_and_fits(visit, live_server, width, scheme):
    page = visit("/xac-thuc/?ma=", width=width, scheme=scheme)
    shot(page, f"verify-{width}-{scheme}")
    axe_clean(page)
    no_overflow(page)


def test_a_voided_paper_is_accessible_and_fits(visit, issued):
    register.void(issued=issued, reason="Nhập nhầm", now=at(17, 8))
    page = visit(f"/xac-thuc/{issued.token}/", width=PHONE)
    shot(page, f"voided-{PHONE}")
    axe_clean(page)
    no_overflow(page)


@pytest.mark.parametrize("scripts", [True, False])
def test_a_code_is_typed_and_sent_by_keyboard(visit, issued, scripts):
    page = visit("/xac-thuc/", scripts=scripts)
    page.get_by_label("Mã xác thực").fill(wording.grouped(issued.token).lower())
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/xac-thuc/{issued.token}/")
    assert page.get_by_text("còn giá trị").is_visible()


def test_a_wrong_code_says_what_to_do(visit, live_server):
    page = visit("/xac-thuc/AAAABBBBCCCCDDDD/", width=PHONE)
    shot(page, f"unknown-{PHONE}")
    assert page.locator(".govuk-error-summary a").get_attribute("href") == "#id_ma"
    axe_clean(page)
