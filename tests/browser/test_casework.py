"""The list of work and the page of a case in a browser: both widths, by keyboard, without scripts."""

import os

import pytest

from onestop import clock
from tests.browser.checks import PHONE, SCHEMES, WIDTHS, axe_clean, no_overflow, shot
from tests.browser.conftest import Visits
from tests.intake import BUILDING_PERMIT, new_case
from workflows.cases import complete
from workflows.presence import arrive
from workflows.states import Outcome

OFFICER, HEAD, CLERK = "officer.vpub.thanhvinh", "head.ubnd.thanhvinh", "clerk.thanhvinh"


@pytest.fixture
def open_page(browser, shop_server, person):
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    visits = Visits(browser, shop_server)
    yield lambda path, username, **options: visits(path, user=person(username), **options)
    for context in visits.contexts:
        context.close()
    assert not visits.problems, "\n".join(visits.problems)


@pytest.fixture
def case(open_page, actor):
    return new_case(actor(CLERK))


def open_task(case):
    return case.task_set.get(finished=None)


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("width", WIDTHS)
def test_the_list_is_accessible_and_fits(open_page, case, actor, width, scheme):
    new_case(actor(CLERK), at=clock.now())
    arrive(case_id=case.pk, actor=actor(HEAD), now=clock.now())
    page = open_page("/xu-ly/", OFFICER, width=width, scheme=scheme)
    shot(page, f"viec-{width}-{scheme}")
    axe_clean(page)
    no_overflow(page)


@pytest.mark.parametrize("width", WIDTHS)
def test_an_empty_list_is_accessible_and_fits(open_page, case, width):
    page = open_page("/xu-ly/?tu=khong-co-gi", OFFICER, width=width)
    shot(page, f"viec-trong-{width}")
    axe_clean(page)
    no_overflow(page)


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("width", WIDTHS)
def test_the_page_of_a_case_is_accessible_and_fits(open_page, actor, width, scheme):
    case = new_case(actor(CLERK), BUILDING_PERMIT)
    officer = actor("officer.kt.thanhvinh")
    now = clock.now()
    complete(task_id=open_task(case).pk, actor=officer, outcome=Outcome.DONE, seen=case.event_seq, now=now)
    arrive(case_id=case.pk, actor=officer, now=now)
    page = open_page(f"/xu-ly/{case.code}/", "officer.cong-an-tinh", width=width, scheme=scheme)
    assert page.get_by_text("đang mở hồ sơ này").is_visible()
    assert page.get_by_text("Làm song song với").is_visible()
    shot(page, f"ho-so-{width}-{scheme}")
    axe_clean(page)
    no_overflow(page)


def test_a_task_is_found_opened_and_finished_by_keyboard(open_page, case):
    page = open_page("/xu-ly/", OFFICER)
    page.keyboard.press("f")
    page.keyboard.type("duc")
    page.keyboard.press("Enter")
    page.wait_for_url("**tu=duc*")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/xu-ly/{case.code}/")
    page.keyboard.press("Alt+1")
    page.keyboard.type("Đủ căn cứ")
    page.keyboard.press("Control+Enter")
    page.wait_for_url("**/xu-ly/")
    assert "đã chuyển tiếp" in page.locator("[role=status]").first.inner_text()
    assert (open_task(case).step.key, open_task(case).previous.note) == ("sign", "Đủ căn cứ")


@pytest.mark.parametrize("width", WIDTHS)
def test_the_second_save_is_refused_and_keeps_what_was_typed(open_page, case, actor, width):
    page = open_page(f"/xu-ly/{case.code}/", OFFICER, width=width)
    page.get_by_label("Ý kiến, lý do").fill("Ý kiến của tôi")
    officer, head, now = actor(OFFICER), actor(HEAD), clock.now()
    seq = complete(
        task_id=open_task(case).pk, actor=officer, outcome=Outcome.DONE, seen=case.event_seq, now=now
    )
    complete(task_id=open_task(case).pk, actor=head, outcome=Outcome.SENT_BACK, note="Sai", seen=seq, now=now)
    page.get_by_role("button", name="Xong, chuyển tiếp").click()
    alert = page.get_by_role("alert")
    alert.wait_for()
    assert "Chưa lưu gì cả" in alert.inner_text()
    assert page.get_by_label("Ý kiến, lý do").input_value() == "Ý kiến của tôi"
    shot(page, f"ho-so-da-doi-{width}")
    axe_clean(page)
    no_overflow(page)


def test_a_missing_reason_is_shown_at_its_field(open_page, case, actor):
    complete(
        task_id=open_task(case).pk,
        actor=actor(OFFICER),
        outcome=Outcome.DONE,
        seen=case.event_seq,
        now=clock.now(),
    )
    page = open_page(f"/xu-ly/{case.code}/", HEAD, width=PHONE)
    page.get_by_role("button", name="Chuyển lại bước").click()
    link = page.get_by_role("alert").get_by_role("link")
    link.wait_for()
    link.click()
    assert page.evaluate("document.activeElement.name") == "ghi_chu"
    shot(page, "ho-so-thieu-ly-do")
    axe_clean(page)
    no_overflow(page)


def test_somebody_who_comes_later_is_announced_on_the_open_page(open_page, case, actor):
    page = open_page(f"/xu-ly/{case.code}/", OFFICER)
    assert page.get_by_text("đang mở hồ sơ này").count() == 0
    arrive(case_id=case.pk, actor=actor(HEAD), now=clock.now())
    page.get_by_text(f"{actor(HEAD).name} đang mở hồ sơ này").wait_for(timeout=20_000)


def test_everything_works_without_scripts(open_page, case):
    page = open_page(f"/xu-ly/{case.code}/", OFFICER, scripts=False)
    page.get_by_role("button", name="Nhận việc").click()
    page.get_by_text("Bạn đang giữ hồ sơ").wait_for()
    page.get_by_label("Ý kiến, lý do").fill("Xong")
    page.get_by_role("button", name="Xong, chuyển tiếp").click()
    page.wait_for_url("**/xu-ly/")
    assert open_task(case).step.key == "sign"
