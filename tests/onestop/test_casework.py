"""The list of work and the page of a case over HTTP: acts with their effects, refusals that keep the note."""

import html
import re

import pytest
from django.test import Client

from receipts.register import papers_of
from tests.intake import BUILDING_PERMIT, new_case
from workflows.models import Case, CaseTask, Presence
from workflows.states import CaseState, Outcome

pytestmark = pytest.mark.usefixtures("shop")
OFFICER, HEAD, CLERK = "officer.vpub.thanhvinh", "head.ubnd.thanhvinh", "clerk.thanhvinh"


@pytest.fixture
def case(actor):
    return new_case(actor(CLERK))


@pytest.fixture
def sign_in(person):
    def client_of(username: str) -> Client:
        client = Client()
        client.force_login(person(username), backend="django.contrib.auth.backends.ModelBackend")
        return client

    return client_of


def open_task(case) -> CaseTask:
    return case.task_set.get(finished=None)


def send(client, case, deed, *, note="", seen=None, task=None):
    seen = Case.objects.get(pk=case.pk).event_seq if seen is None else seen
    task = task or open_task(case)
    data = {"viec": deed, "ghi_chu": note, "seen": seen}
    return client.post(f"/xu-ly/{case.code}/viec/{task.pk}/", data)


def words(response) -> str:
    return html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode())))


def test_the_list_leads_to_the_case(case, sign_in):
    page = sign_in(OFFICER).get("/xu-ly/")
    assert page.status_code == 200
    assert f'href="/xu-ly/{case.code}/"' in page.content.decode()


def test_the_list_takes_at_most_six_queries(case, actor, sign_in, django_assert_max_num_queries):
    for _ in range(4):
        new_case(actor(CLERK))
    client = sign_in(OFFICER)
    client.get("/xu-ly/")
    with django_assert_max_num_queries(6):
        client.get("/xu-ly/?loc=qua-han&tu=nguyen")


def test_the_page_of_a_case_takes_the_same_number_of_queries_however_long_its_log(
    case, actor, sign_in, django_assert_max_num_queries
):
    officer, head = sign_in(OFFICER), sign_in(HEAD)
    for _ in range(3):
        send(officer, case, "xong")
        send(head, case, "chuyen-lai", note="Xem lại")
    officer.get(f"/xu-ly/{case.code}/")
    with django_assert_max_num_queries(15):
        officer.get(f"/xu-ly/{case.code}/")


def test_an_unknown_filter_or_page_shows_all(case, sign_in):
    page = sign_in(OFFICER).get("/xu-ly/?loc=khac&trang=99999999999")
    assert case.code in page.content.decode()


def test_words_that_find_nothing_are_said_back_safely(case, sign_in):
    page = sign_in(OFFICER).get("/xu-ly/", {"tu": "<script>x</script>"})
    assert "<script>x" not in page.content.decode()
    assert "Không có việc nào khớp" in words(page)


def test_the_page_tells_everything_an_officer_needs(case, sign_in):
    told = words(sign_in(OFFICER).get(f"/xu-ly/{case.code}/"))
    for part in (case.code, "Nguyễn Văn Đức", case.due_text, "040090•••456", "Tiếp nhận hồ sơ"):
        assert part in told


@pytest.mark.parametrize("username", [CLERK, HEAD, "head.vpub.thanhvinh"])
def test_those_with_a_part_in_it_read_without_an_act(case, sign_in, username):
    page = sign_in(username).get(f"/xu-ly/{case.code}/")
    assert page.status_code == 200
    assert "Bạn không phải làm gì lúc này" in words(page)
    assert 'name="viec"' not in page.content.decode()


def test_the_supervisor_reads_and_has_no_list(case, sign_in):
    client = sign_in("supervisor")
    page = client.get(f"/xu-ly/{case.code}/")
    assert page.status_code == 200
    assert 'href="/xu-ly/"' not in page.content.decode()
    assert client.get("/xu-ly/").status_code == 403
    assert send(client, case, "xong").status_code == 403


@pytest.mark.parametrize("rest", ["", "co-mat/", "giay/ABC/"])
def test_a_case_of_others_answers_like_one_that_does_not_exist(case, sign_in, rest):
    client = sign_in("officer.vpub.cualo")
    theirs = client.get(f"/xu-ly/{case.code}/{rest}")
    nobodys = client.get(f"/xu-ly/H41.101.01-261116-9999/{rest}")
    assert (theirs.status_code, nobodys.status_code) == (404, 404)
    assert words(theirs).replace(case.code, "") == words(nobodys).replace("H41.101.01-261116-9999", "")
    assert not Presence.objects.exists()


def test_nobody_signed_in_is_sent_to_sign_in(case):
    for path in ("/xu-ly/", f"/xu-ly/{case.code}/"):
        answer = Client().get(path)
        assert (answer.status_code, answer["Location"].split("?")[0]) == (302, "/dang-nhap/")


def test_an_act_of_others_is_not_found_and_changes_nothing(case, sign_in):
    assert send(sign_in("officer.vpub.cualo"), case, "xong").status_code == 404
    assert open_task(case).step.key == "prepare"


def test_who_may_see_but_not_do_is_refused(case, sign_in):
    assert send(sign_in(CLERK), case, "xong").status_code == 403
    assert open_task(case).step.key == "prepare"


def test_a_task_of_another_case_is_not_found(case, actor, sign_in):
    other = new_case(actor(CLERK))
    assert send(sign_in(OFFICER), case, "xong", task=open_task(other)).status_code == 404


def test_a_form_without_its_parts_is_refused(case, sign_in):
    assert send(sign_in(OFFICER), case, "khac").status_code == 400
    assert send(sign_in(OFFICER), case, "xong", seen="x").status_code == 400


def test_taking_keeps_one_on_the_case_and_names_the_holder(case, sign_in, person):
    client = sign_in(OFFICER)
    answer = send(client, case, "nhan")
    assert answer["Location"] == f"/xu-ly/{case.code}/"
    assert open_task(case).owner == person(OFFICER)
    assert "Bạn đang giữ hồ sơ" in words(client.get(answer["Location"]))


def test_giving_back_frees_the_task(case, sign_in):
    client = sign_in(OFFICER)
    send(client, case, "nhan")
    assert send(client, case, "tra-lai")["Location"] == "/xu-ly/"
    assert open_task(case).owner is None


def test_a_head_takes_work_back_from_her_unit_and_may_not_do_it_herself(case, sign_in):
    send(sign_in(OFFICER), case, "nhan")
    head = sign_in("head.vpub.thanhvinh")
    assert "Lấy việc lại từ" in words(head.get(f"/xu-ly/{case.code}/"))
    assert send(head, case, "xong").status_code == 403
    assert send(head, case, "tra-lai").status_code == 302
    assert open_task(case).owner is None
    assert "Lấy việc lại từ" not in words(head.get(f"/xu-ly/{case.code}/"))


def test_finishing_hands_over_and_leads_to_what_is_due_next(case, actor, sign_in):
    following = new_case(actor(CLERK))
    client = sign_in(OFFICER)
    answer = send(client, case, "xong", note="Đủ căn cứ")
    assert answer["Location"] == "/xu-ly/"
    assert (open_task(case).step.key, open_task(case).previous.note) == ("sign", "Đủ căn cứ")
    page = client.get("/xu-ly/")
    assert f'<a href="/xu-ly/{following.code}/">Mở việc đến hạn tiếp theo' in page.content.decode()


def test_the_last_task_done_says_that_nothing_waits(case, sign_in):
    client = sign_in(OFFICER)
    send(client, case, "xong")
    assert "Bạn không còn việc nào đang chờ" in words(client.get("/xu-ly/"))


def test_approving_brings_the_result_to_the_counter(case, sign_in):
    send(sign_in(OFFICER), case, "xong")
    send(sign_in(HEAD), case, "duyet")
    case.refresh_from_db()
    assert case.state == CaseState.FINISHED
    assert "Kết quả đang chờ người nộp đến nhận" in words(sign_in(CLERK).get(f"/xu-ly/{case.code}/"))


def test_sending_back_gives_the_reason_to_the_step_before(case, sign_in):
    send(sign_in(OFFICER), case, "xong")
    assert send(sign_in(HEAD), case, "chuyen-lai", note="Sai ngày sinh").status_code == 302
    assert open_task(case).step.key == "prepare"
    assert "Sai ngày sinh" in words(sign_in(OFFICER).get(f"/xu-ly/{case.code}/"))


def test_sending_back_without_a_reason_says_so_and_does_nothing(case, sign_in):
    send(sign_in(OFFICER), case, "xong")
    answer = send(sign_in(HEAD), case, "chuyen-lai", note="  ")
    assert answer.status_code == 422
    assert "Hãy ghi lý do chuyển lại" in words(answer)
    assert open_task(case).step.key == "sign"


def test_an_outcome_the_step_does_not_offer_is_refused(case, sign_in):
    assert send(sign_in(OFFICER), case, "duyet").status_code == 422
    assert open_task(case).step.key == "prepare"


def test_the_second_save_is_refused_with_what_changed_and_what_was_typed(case, actor, sign_in):
    """The file came back to the first step meanwhile: the old page must not act on the new round."""
    officer, head = sign_in(OFFICER), sign_in(HEAD)
    seen = case.event_seq
    send(officer, case, "xong")
    send(head, case, "chuyen-lai", note="Sai ngày sinh")
    answer = send(officer, case, "xong", seen=seen, note="Bản của tôi")
    assert answer.status_code == 409
    told = words(answer)
    assert "Chưa lưu gì cả" in told
    assert "Bản của tôi" in told
    assert actor(HEAD).name in told
    assert open_task(case).step.key == "prepare"
    case.refresh_from_db()
    assert f'name="seen" value="{case.event_seq}"' in answer.content.decode()


def test_a_step_done_by_somebody_else_is_not_done_again(case, sign_in):
    client, seen, task = sign_in(OFFICER), case.event_seq, open_task(case)
    send(client, case, "xong")
    answer = send(client, case, "xong", seen=seen, task=task, note="Lần hai")
    assert answer.status_code == 409
    assert "Lần hai" in words(answer)
    assert case.task_set.filter(outcome=Outcome.DONE, step__key="prepare").count() == 1


def test_what_somebody_else_holds_is_not_finished(case, sign_in, person):
    CaseTask.objects.filter(pk=open_task(case).pk).update(owner=person(CLERK))
    answer = send(sign_in(OFFICER), case, "xong", note="Của tôi")
    assert answer.status_code == 409
    assert "đang giữ việc này" in words(answer)


def test_an_opinion_is_given_while_another_agency_gives_its_own(actor, sign_in):
    case = new_case(actor(CLERK), BUILDING_PERMIT)
    send(sign_in("officer.kt.thanhvinh"), case, "xong")
    case.refresh_from_db()
    fire, culture = case.task_set.filter(finished=None).order_by("pk")
    seen = case.event_seq
    names = ("officer.cong-an-tinh", "officer.so-van-hoa-the-thao-va-du-lich")
    first = send(sign_in(names[0]), case, "xong", seen=seen, task=fire, note="Đồng ý")
    second = send(sign_in(names[1]), case, "xong", seen=seen, task=culture, note="Đồng ý")
    assert (first.status_code, second.status_code) == (302, 302)
    assert open_task(case).step.key == "draft"


def test_two_people_on_one_case_are_told_of_each_other(case, actor, sign_in):
    sign_in(HEAD).get(f"/xu-ly/{case.code}/")
    told = words(sign_in(OFFICER).get(f"/xu-ly/{case.code}/"))
    assert f"{actor(HEAD).name} đang mở hồ sơ này" in told
    polled = sign_in(HEAD).get(f"/xu-ly/{case.code}/co-mat/")
    assert f"{actor(OFFICER).name} đang mở hồ sơ này" in words(polled)
    assert "<html" not in polled.content.decode()


def test_the_open_page_is_told_that_the_case_went_on(case, sign_in):
    client = sign_in(OFFICER)
    address = f"/xu-ly/{case.code}/co-mat/?seen={case.event_seq}"
    assert "vừa có thay đổi" not in words(client.get(address))
    send(client, case, "nhan")
    assert "vừa có thay đổi" in words(client.get(address))


def test_the_control_sheet_is_issued_and_given_as_pdf(case, sign_in):
    client = sign_in(OFFICER)
    answer = client.post(f"/xu-ly/{case.code}/phieu-kiem-soat/")
    sheet = papers_of(case.code)[-1]
    assert answer["Location"] == f"/xu-ly/{case.code}/giay/{sheet.token}/"
    pdf = client.get(answer["Location"])
    assert (pdf["Content-Type"], pdf.content[:5]) == ("application/pdf", b"%PDF-")


def test_a_paper_of_another_case_is_not_found_here(case, actor, sign_in):
    other = new_case(actor(CLERK))
    token = papers_of(other.code)[0].token
    assert sign_in(OFFICER).get(f"/xu-ly/{case.code}/giay/{token}/").status_code == 404


@pytest.mark.parametrize("path", ["viec/1/", "phieu-kiem-soat/"])
def test_acts_are_not_done_by_opening_an_address(case, sign_in, path):
    assert sign_in(OFFICER).get(f"/xu-ly/{case.code}/{path}").status_code == 405


def test_an_act_without_its_token_is_refused(case, person):
    client = Client(enforce_csrf_checks=True)
    client.force_login(person(OFFICER), backend="django.contrib.auth.backends.ModelBackend")
    assert send(client, case, "xong").status_code == 403
    assert open_task(case).step.key == "prepare"
