"""The citizen's shell: for everybody, on a phone and a desk, light and dark, with and without scripts."""

from datetime import date

import pytest

from onestop.accounts.models import User
from onestop.agencies.models import Agency, AgencyKind, Post, Role
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


@pytest.fixture
def administrator(live_server) -> User:
    user = User.objects.create_user("mai", password="x", full_name="Nguyễn Thị Mai", email="mai@example.vn")
    agency = Agency.objects.create(
        key="ttpvhcc-16681",
        code="H41.90.1",
        name="Trung tâm Phục vụ hành chính công phường Thành Vinh",
        short_name="TTPVHCC Thành Vinh",
        kind=AgencyKind.COMMUNE_CENTRE,
    )
    Post.objects.create(user=user, agency=agency, role=Role.ADMINISTRATOR, valid_from=date(2026, 1, 1))
    return user


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("width", WIDTHS)
def test_the_desk_is_accessible_and_fits(visit, administrator, width, scheme):
    page = visit("/quan-tri/", width=width, scheme=scheme, user=administrator)
    page.locator(".bar__menu summary").click()
    shot(page, f"ban-{width}-{scheme}")
    axe_clean(page)
    no_overflow(page)


def test_the_desk_names_the_person_and_signs_out_without_scripts(visit, administrator):
    page = visit("/quan-tri/", scripts=False, user=administrator)
    assert "Nguyễn Thị Mai" in page.locator(".bar__who").inner_text()
    assert page.locator(".bar nav [aria-current=page]").inner_text() == "Quản trị"
    page.locator(".bar__menu summary").click()
    page.get_by_role("button", name="Đăng xuất").click()
    assert page.locator(".bar__who").count() == 0


def test_a_refusal_at_the_desk_keeps_the_desk(visit, administrator):
    for address, title in (
        ("/quay/khong-co/", "Không thấy trang này"),
        ("/xu-ly/", "Bạn không giữ vai trò để xem trang này"),
    ):
        page = visit(address, user=administrator)
        assert page.locator("body.desk").count() == 1
        assert page.locator("h1").inner_text() == title


@pytest.mark.parametrize("width", WIDTHS)
def test_the_sign_in_page_is_accessible_and_fits(visit, width):
    page = visit("/dang-nhap/", width=width)
    shot(page, f"dang-nhap-{width}")
    axe_clean(page)
    no_overflow(page)
