"""Tracking a case over HTTP: the holder of the receipt sees it, all others get one and the same answer."""

import re
from datetime import timedelta

import pytest
from django.test import Client

from onestop import attempts, clock
from tests.intake import APPLICANT, BUILDING_PERMIT, MORNING, new_case, username_for
from workflows.cases import complete
from workflows.handback import return_result
from workflows.lookup import lookup_path
from workflows.models import Case, CaseTask
from workflows.states import CaseState, Outcome, StepKind

pytestmark = pytest.mark.usefixtures("shop")
UNKNOWN = "H41.99-261116-0001"


@pytest.fixture(autouse=True)
def _morning(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: MORNING)


@pytest.fixture
def case(actor) -> Case:
    case = new_case(actor("clerk.thanhvinh"), BUILDING_PERMIT)
    Case.objects.filter(pk=case.pk).update(secret="A2B3C4")
    case.secret = "A2B3C4"
    return case


def ask(client: Client, code: str, secret: str, **extra):
    return client.post("/tra-cuu/", {"ma": code, "bi_mat": secret}, **extra)


def body(response, *typed: str) -> str:
    """The page without what was typed and without the token of its form."""
    text = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", response.content.decode())
    for word in typed:
        text = text.replace(word, "…")
    return text


def work_through(case: Case, actor, *, until: StepKind | None = None) -> None:
    """Every open step is finished by who may, until one of that kind is open or the result is ready."""
    while True:
        case.refresh_from_db()
        task = CaseTask.objects.filter(process=case, finished=None).select_related("step", "agency").first()
        if task is None or task.step.kind in (until, StepKind.RETURN):
            return
        outcome = Outcome.APPROVED if task.step.kind == StepKind.APPROVE else Outcome.DONE
        complete(
            task_id=task.pk,
            actor=actor(username_for(task)),
            seen=case.event_seq,
            now=MORNING + timedelta(hours=1),
            outcome=outcome,
            note="",
        )


def test_code_and_secret_lead_to_the_signed_address(client, case):
    answer = ask(client, case.code.lower().replace("-", " "), "a2b 3c4")
    assert (answer.status_code, answer["Location"]) == (302, lookup_path(case.code))


def test_the_address_of_the_qr_opens_the_case(client, case):
    page = client.get(lookup_path(case.code))
    text = page.content.decode()
    assert page.status_code == 200
    assert case.due_text in text
    assert case.receiving.name in text
    assert "Bạn không phải làm gì lúc này." in text


def test_the_page_is_neither_kept_nor_listed(client, case):
    for page in (client.get(lookup_path(case.code)), client.get("/tra-cuu/"), ask(client, UNKNOWN, "222222")):
        assert "no-store" in page["Cache-Control"]
        assert "noindex" in page["X-Robots-Tag"]


def test_the_page_takes_no_more_than_three_queries(client, case, django_assert_max_num_queries):
    client.get(lookup_path(case.code))
    with django_assert_max_num_queries(3):
        client.get(lookup_path(case.code))


def test_the_applicant_is_masked(client, case):
    text = client.get(lookup_path(case.code)).content.decode()
    for secret in (APPLICANT.name, APPLICANT.id_number, APPLICANT.phone, APPLICANT.email, APPLICANT.address):
        assert secret not in text
    assert "N. V. Đức" in text
    assert "040090•••456" in text


def test_no_officer_and_no_internal_reason_is_shown(client, case, actor):
    task = CaseTask.objects.get(process=case, finished=None)
    done = {"outcome": Outcome.DONE, "note": "Chỉ nội bộ mới đọc", "now": MORNING}
    complete(task_id=task.pk, actor=actor(username_for(task)), seen=case.event_seq, **done)
    text = client.get(lookup_path(case.code)).content.decode()
    assert "Chỉ nội bộ" not in text
    assert not [name for name in case.events.values_list("person", flat=True) if name in text]
    assert task.step.title in text


def test_wrong_code_and_wrong_secret_are_answered_alike(client, case):
    wrong_secret = ask(client, case.code, "222222")
    wrong_code = ask(client, UNKNOWN, case.secret)
    assert wrong_secret.status_code == wrong_code.status_code == 404
    assert body(wrong_secret, case.code) == body(wrong_code, UNKNOWN)
    assert wrong_secret.headers.keys() == wrong_code.headers.keys()


def test_a_false_signature_is_answered_like_a_wrong_secret(client, case):
    known = client.get(f"/tra-cuu/{case.code}/?k={'0' * 20}")
    unknown = client.get(f"/tra-cuu/{UNKNOWN}/?k={'0' * 20}")
    unsigned = client.get(f"/tra-cuu/{case.code}/")
    typed = ask(client, case.code, "222222")
    assert known.status_code == unknown.status_code == unsigned.status_code == 404
    pages = {
        re.sub(r'name="next" value="[^"]*"', "", body(page, case.code, UNKNOWN))
        for page in (known, unknown, unsigned)
    }
    assert len(pages) == 1
    assert "Không có hồ sơ nào khớp" in typed.content.decode()
    assert "Không có hồ sơ nào khớp" in pages.pop()


@pytest.mark.parametrize("k", ["", "đ", "\x00", "0" * 5000])
def test_a_strange_signature_is_only_a_wrong_one(client, case, k):
    assert client.get(f"/tra-cuu/{case.code}/", {"k": k}).status_code == 404


@pytest.mark.parametrize("code", ["%00", "%C4%90", "a" * 900])
def test_a_strange_code_in_the_address_is_only_a_wrong_one(client, code):
    assert client.get(f"/tra-cuu/{code}/?k=1").status_code == 404


def test_an_empty_or_endless_form_says_what_is_missing(client):
    for code, secret in (("", ""), ("a" * 500, "x" * 500), ("\x00", "\x00")):
        page = ask(client, code, secret)
        assert page.status_code == 400
        assert "govuk-error-summary" in page.content.decode()


def test_one_address_must_wait_after_too_many_misses_even_with_the_right_secret(client, case):
    for number in range(attempts.FROM_ONE_ADDRESS):
        assert ask(client, f"H41.99-261116-{number + 1:04}", "222222").status_code == 404
    page = ask(client, case.code, case.secret)
    assert page.status_code == 429
    assert f"{attempts.MINUTES} phút" in page.content.decode()
    assert page["Retry-After"] == str(attempts.MINUTES * 60)
    assert ask(client, case.code, case.secret, REMOTE_ADDR="203.0.113.7").status_code == 302


@pytest.mark.parametrize("is_there", [True, False])
def test_one_code_must_wait_whatever_addresses_try_it_and_whether_it_exists_or_not(client, case, is_there):
    code = case.code if is_there else UNKNOWN
    for number in range(attempts.AT_ONE_CODE):
        assert ask(client, code, "222222", REMOTE_ADDR=f"203.0.113.{number}").status_code == 404
    # Another way to write it is the same code.
    other = code.lower().replace("-00", "-")
    assert ask(client, other, case.secret, REMOTE_ADDR="203.0.113.99").status_code == 429


def test_the_receipt_in_hand_opens_its_case_while_others_try_its_code(client, case):
    for number in range(attempts.AT_ONE_CODE + 5):
        ask(client, case.code, "222222", REMOTE_ADDR=f"203.0.113.{number}")
    assert client.get(lookup_path(case.code)).status_code == 200


def test_who_looks_often_and_rightly_never_waits(client, case):
    for _time in range(attempts.FROM_ONE_ADDRESS * 2):
        assert ask(client, case.code, case.secret).status_code == 302


def test_false_signatures_are_counted_too(client, case):
    for _time in range(attempts.FROM_ONE_ADDRESS):
        client.get(f"/tra-cuu/{case.code}/?k=0")
    assert client.get(f"/tra-cuu/{case.code}/?k=0").status_code == 429


def test_a_finished_case_says_where_and_with_what_to_collect(client, case, actor):
    work_through(case, actor)
    case.refresh_from_db()
    assert case.state == CaseState.FINISHED
    text = client.get(lookup_path(case.code)).content.decode()
    assert "Đã có kết quả" in text
    assert "giấy tiếp nhận hồ sơ và hẹn trả kết quả" in text
    assert "Xong đúng hẹn" in text


def test_a_returned_case_is_over_and_names_no_receiver(client, case, actor):
    work_through(case, actor)
    return_result(
        case_id=case.pk,
        actor=actor("clerk.thanhvinh"),
        receiver_name="Lê Thị Nhận Thay",
        receiver_id_number="040190000001",
        note="",
        now=MORNING + timedelta(hours=2),
    )
    text = client.get(lookup_path(case.code)).content.decode()
    assert "Kết quả đã được trả" in text
    assert "Nhận Thay" not in text


def test_a_late_case_says_so(client, case, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: case.due_at + timedelta(minutes=1))
    assert "Đã quá ngày hẹn" in client.get(lookup_path(case.code)).content.decode()


def test_home_offers_tracking_verification_and_sign_in(client):
    text = client.get("/").content.decode()
    for address in ('action="/tra-cuu/"', 'href="/xac-thuc/"', 'href="/dang-nhap/"'):
        assert address in text
