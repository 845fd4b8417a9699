"""The components in both shells, and the small scripts that serve the keyboard."""

import pytest
from playwright.sync_api import expect

from tests.browser.checks import PHONE, SCHEMES, WIDTHS, axe_clean, no_overflow, shot

SHELLS = {"nguoi-dan": "/mau/nguoi-dan/", "ban": "/mau/ban/"}


@pytest.fixture(autouse=True)
def gallery(settings):
    settings.ROOT_URLCONF = "tests.browser.gallery"


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("shell", SHELLS)
def test_every_component_is_accessible_and_fits(visit, shell, width, scheme):
    page = visit(f"{SHELLS[shell]}?loi", width=width, scheme=scheme)
    shot(page, f"thanh-phan-{shell}-{width}-{scheme}")
    axe_clean(page)
    no_overflow(page)


def test_an_error_is_read_with_its_field_and_reached_from_the_summary(visit):
    page = visit("/mau/ban/?loi")
    field = page.locator("#id_ten")
    ids = field.get_attribute("aria-describedby").split()
    assert ids == ["id_ten_helptext", "id_ten_limit", "id_ten_error"]
    assert "Tối đa 200 ký tự" in page.locator("#id_ten_limit").inner_text()
    page.locator(".govuk-error-summary a").first.click()
    expect(field).to_be_focused()


def test_a_route_is_a_drawing_on_a_wide_screen_and_a_list_on_a_phone(visit):
    expect(visit("/mau/ban/").locator("svg.route")).to_be_visible()
    phone = visit("/mau/ban/", width=PHONE)
    expect(phone.locator("svg.route")).to_be_hidden()
    expect(phone.locator(".route-list [aria-current=step]")).to_contain_text("Thẩm định")


def test_j_and_k_move_through_the_rows_and_the_question_mark_opens_the_keys(visit):
    page = visit("/mau/ban/")
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("k")
    expect(page.locator("tr.is-cursor")).to_have_count(1)
    expect(page.locator("tbody tr").first.locator("a")).to_be_focused()
    page.keyboard.press("?")
    expect(page.locator("details.keys-list")).to_have_attribute("open", "")


def test_letters_typed_into_a_field_are_not_obeyed(visit):
    page = visit("/mau/ban/")
    page.locator("#id_ten").press_sequentially("j?k")
    expect(page.locator("#id_ten")).to_have_value("j?k")
    expect(page.locator("tr.is-cursor")).to_have_count(0)


def test_enter_goes_to_the_next_field_and_the_key_of_the_button_sends(visit):
    page = visit("/mau/ban/")
    page.locator("#id_ten").fill("Lê Thị Thanh Hà")
    page.keyboard.press("Enter")
    expect(page.locator("#id_ngay_sinh")).to_be_focused()
    page.locator("#id_ngay_sinh").fill("21/08/1975")
    page.locator("[name=bao]").first.check()
    page.locator("[name=giay]").first.check()
    page.keyboard.press("F9")
    expect(page.locator("#da-gui")).to_have_text("Lê Thị Thanh Hà")


def test_arrows_change_a_count_and_never_below_zero(visit):
    page = visit("/mau/ban/")
    count = page.locator("[name=ban_chinh]")
    count.press("ArrowUp")
    expect(count).to_have_value("2")
    for _ in range(4):
        count.press("ArrowDown")
    expect(count).to_have_value("0")


def test_a_double_click_sends_a_form_once(visit):
    page = visit("/mau/ban/")
    requests = []
    page.on("request", lambda request: requests.append(request) if request.method == "POST" else None)
    page.locator("#mau").evaluate("form => { form.noValidate = true; }")
    with page.expect_navigation():
        page.locator("#mau button").dblclick()
    assert len(requests) == 1
