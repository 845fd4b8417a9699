"""The citizen's shell: for everybody, on a phone and a desk, light and dark, with and without scripts."""

import pytest

from tests.browser.checks import PHONE, SCHEMES, WIDTHS, axe_clean, no_overflow, shot


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("width", WIDTHS)
def test_the_home_page_is_accessible_and_fits(visit, width, scheme):
    page = visit("/", width=width, scheme=scheme)
    shot(page, f"home-{width}-{scheme}")
    axe_clean(page)
    no_overflow(page)


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("width", WIDTHS)
def test_the_not_found_page_is_accessible_and_fits(visit, width, scheme):
    page = visit("/khong-co-trang-nay/", width=width, scheme=scheme)
    shot(page, f"404-{width}-{scheme}")
    axe_clean(page)
    no_overflow(page)


def test_the_menu_opens_and_the_language_changes_without_scripts(visit):
    page = visit("/", width=PHONE, scripts=False)
    page.locator("details.menu summary").click()
    page.locator(".menu__panel button", has_text="English").click()
    assert page.locator("html").get_attribute("lang") == "en"
    page.locator("details.menu summary").click()
    page.locator(".menu__panel button", has_text="Tiếng Việt").click()
    assert page.locator("html").get_attribute("lang") == "vi"


def test_the_skip_link_leads_to_the_content(visit):
    page = visit("/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "govuk-skip-link"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "noi-dung"


def test_the_page_is_drawn_in_the_shops_own_typeface(visit):
    page = visit("/")
    page.evaluate("document.fonts.ready")
    assert page.evaluate("document.fonts.check('700 36px \"Be Vietnam Pro\"', 'Nghệ An')")
