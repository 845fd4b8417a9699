"""The counter's pages: receive, guide, refuse, return, register and find, each with its effect."""

import io
import re
import zipfile

import pytest
from django.test import Client

from onestop import clock
from onestop.agencies.models import Agency, Post, Role
from onestop.agencies.posts import actor_of
from procedures.models import Procedure, TimeLimit
from receipts.models import IssuedPaper
from workflows.cases import complete
from workflows.id_numbers import warnings
from workflows.models import Case, CaseTask, HandBack, Intake
from workflows.states import CaseState, Outcome

pytestmark = pytest.mark.usefixtures("shop")
INTAKE = "/quay/tiep-nhan/"


@pytest.fixture
def clerk(person) -> Client:
    client = Client()
    client.force_login(person("clerk.thanhvinh"), backend="django.contrib.auth.backends.ModelBackend")
    return client


def version_of(code: str = "2.000635") -> int:
    return Procedure.objects.get(code=code).versions.get().pk


def filled(client: Client, **typed: str) -> dict[str, str]:
    """What the page holds after the clerk chose the extract and ticked everything."""
    page = client.get(INTAKE, {"tt": version_of()}).content.decode()
    fields = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page))
    fields.pop("csrfmiddlewaretoken", None)
    ticks = {f"du_{pk}": "on" for pk in re.findall(r'name="du_(\d+)"', page)}
    counts = {f"chinh_{pk}": "1" for pk in re.findall(r'name="chinh_(\d+)"', page)}
    return {**fields, **ticks, **counts, "ten": "Nguyễn Văn Đức", "so": "040090123456", **typed}


def accepted(client: Client) -> Case:
    client.post(INTAKE, filled(client, viec="tiep-nhan"))
    return Case.objects.latest("pk")


def finished(client: Client) -> Case:
    """The case when its result lies at the counter."""
    case = accepted(client)
    while Case.objects.get(pk=case.pk).state != CaseState.FINISHED:
        task = CaseTask.objects.get(process=case, finished=None)
        holder = task.agency.posts.filter(role=task.role).first().user
        complete(
            task_id=task.pk,
            actor=actor_of(user=holder, on=clock.today()),
            outcome=Outcome.APPROVED if task.step.kind == "approve" else Outcome.DONE,
            seen=Case.objects.get(pk=case.pk).event_seq,
            now=clock.now(),
        )
    return Case.objects.get(pk=case.pk)


def test_everyday_words_find_a_procedure_and_the_page_shows_what_it_asks(clerk):
    page = clerk.get(INTAKE, {"tu": "trich luc"}).content.decode()
    assert f'name="chon" value="{version_of()}"' in page
    chosen = clerk.post(INTAKE, {"chon": version_of(), "tu": "trich luc"}).content.decode()
    assert "Hẹn trả kết quả" in chosen
    assert "giải quyết trong ngày" in chosen


def test_acceptance_leads_to_the_number_and_its_receipt(clerk):
    answer = clerk.post(INTAKE, filled(clerk, viec="tiep-nhan"), follow=True)
    case = Case.objects.get()
    page = answer.content.decode()
    assert case.code in page
    assert case.secret in page
    pdf = clerk.get(f"/quay/giay/{Intake.objects.get().paper_token}/")
    assert pdf["Content-Type"] == "application/pdf"
    assert pdf.content.startswith(b"%PDF")


def test_a_form_sent_twice_is_accepted_once(clerk):
    form = filled(clerk, viec="tiep-nhan")
    first, again = clerk.post(INTAKE, form), clerk.post(INTAKE, form)
    assert first.url == again.url
    assert Case.objects.count() == IssuedPaper.objects.count() == 1


def test_a_missing_name_is_asked_for_and_what_was_typed_stays(clerk):
    answer = clerk.post(INTAKE, filled(clerk, viec="tiep-nhan", ten="", dia_chi="Khối 9"))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'href="#ten"' in page
    assert "Khối 9" in page
    assert not Case.objects.exists()


def test_missing_papers_are_all_named_and_nothing_is_saved(clerk):
    form = {k: v for k, v in filled(clerk, viec="tiep-nhan").items() if not k.startswith("du_")}
    answer = clerk.post(INTAKE, form)
    assert answer.status_code == 422
    assert "Hồ sơ còn thiếu" in answer.content.decode()
    assert not Case.objects.exists()


@pytest.mark.parametrize(("act", "kind"), [("bo-sung", "guidance"), ("tu-choi", "refusal")])
def test_guidance_and_refusal_give_their_paper_and_no_case(clerk, act, kind):
    without = clerk.post(INTAKE, filled(clerk, viec=act))
    assert without.status_code == 422
    clerk.post(INTAKE, filled(clerk, viec=act, ly_do="Thiếu giấy tờ tùy thân"))
    assert IssuedPaper.objects.get().kind == kind
    assert not Case.objects.exists()


def test_a_known_applicant_is_filled_in_by_number(clerk):
    clerk.post(INTAKE, filled(clerk, viec="tiep-nhan", dia_chi="Khối 5"))
    page = clerk.post(INTAKE, {"so": "040090123456"}).content.decode()
    assert 'value="Nguyễn Văn Đức"' in page
    assert 'value="Khối 5"' in page


def test_a_suspicious_number_is_a_warning_and_no_refusal(clerk):
    answer = clerk.post(INTAKE, filled(clerk, viec="tiep-nhan", so="999090123456"))
    assert answer.status_code == 302
    assert "Ba số đầu" in warnings("999090123456")[0]


@pytest.mark.parametrize(
    ("number", "words"),
    [
        ("12345", "12 chữ số"),
        ("012345678", "CMND"),
        ("040990123456", "thế kỷ"),
        ("0100109107", "không khớp"),
        ("0100109106-1", "12 chữ số"),
    ],
)
def test_each_suspicion_has_its_words(number, words):
    assert words in warnings(number)[0]


@pytest.mark.parametrize("number", ["", "040090123456", "040 090 123 456", "0100109106", "0100109106-001"])
def test_right_numbers_raise_no_suspicion(number):
    assert warnings(number) == ()


def test_a_result_is_found_by_its_scanned_code_and_handed_over_once(clerk):
    case = finished(clerk)
    assert case.code in clerk.get("/quay/tra-ket-qua/").content.decode()
    found = clerk.get("/quay/tra-ket-qua/", {"q": case.code.lower().replace("-", " ")})
    assert found.url == f"/quay/tra-ket-qua/{case.code}/"
    assert clerk.post(found.url, {"nguoi_nhan": " "}).status_code == 422
    clerk.post(found.url, {"nguoi_nhan": "Nguyễn Văn Đức", "so": "040090123456"})
    again = clerk.post(found.url, {"nguoi_nhan": "Người khác"})
    assert again.status_code == 409
    assert HandBack.objects.get().receiver_name == "Nguyễn Văn Đức"
    assert Case.objects.get().state == CaseState.RETURNED


def test_a_case_of_another_counter_cannot_be_handed_over(clerk, person):
    case = finished(clerk)
    other = Client()
    other.force_login(person("clerk.cualo"), backend="django.contrib.auth.backends.ModelBackend")
    assert other.post(f"/quay/tra-ket-qua/{case.code}/", {"nguoi_nhan": "X"}).status_code == 404
    assert not HandBack.objects.exists()


def test_the_register_shows_prints_and_exports_the_year(clerk):
    case = accepted(clerk)
    assert case.code in clerk.get("/quay/so-theo-doi/").content.decode()
    book = clerk.get("/quay/so-theo-doi.xlsx")
    with zipfile.ZipFile(io.BytesIO(b"".join(book))) as parts:
        text = "".join(parts.read(name).decode() for name in parts.namelist() if name.endswith(".xml"))
    assert case.code in text
    printed = clerk.post("/quay/so-theo-doi/in/", follow=True)
    assert printed["Content-Type"] == "application/pdf"
    assert IssuedPaper.objects.filter(kind="register_page").count() == 1


def test_a_procedure_without_a_known_limit_asks_the_clerk_for_one(clerk):
    unknown = TimeLimit.objects.filter(amount=None, version__level="commune").values("version")
    asked = None
    for version in unknown.distinct():
        page = clerk.post(INTAKE, {"tt": version["version"]}).content.decode()
        if 'name="thoi_han"' in page:
            asked = version["version"]
            break
    assert asked is not None
    for amount in ("nan", "-5", "1e9", "x"):
        answer = clerk.post(INTAKE, {"tt": asked, "thoi_han": amount, "can_cu": "Phiếu trình 5"})
        assert "Thời hạn là một số lớn hơn 0" in answer.content.decode()
    answer = clerk.post(INTAKE, {"tt": asked, "thoi_han": "5", "can_cu": "Phiếu trình 5"})
    assert "Hẹn trả kết quả" in answer.content.decode()


@pytest.mark.parametrize("year", ["20261", "0", "2027", "x", "٢٠٢٦"])
def test_a_year_without_a_register_shows_this_years(clerk, year):
    case = accepted(clerk)
    assert case.code in clerk.get("/quay/so-theo-doi/", {"nam": year}).content.decode()


def test_the_printed_register_is_that_of_the_year_on_the_screen(clerk):
    accepted(clerk)
    clerk.post("/quay/so-theo-doi/in/", {"nam": "2025"})
    facts = str(IssuedPaper.objects.get(kind="register_page").facts)
    assert "năm 2025" in facts
    assert Case.objects.get().code not in facts


def test_a_clerk_of_two_counters_is_offered_the_other(clerk, person):
    other = Agency.objects.get(key="ttpvhcc-16732")
    Post.objects.create(
        user=person("clerk.thanhvinh"), agency=other, role=Role.CLERK, valid_from=clock.today()
    )
    for path in ("/quay/", INTAKE, "/quay/tra-ket-qua/", "/quay/so-theo-doi/"):
        assert f'href="?quay={other.pk}"' in clerk.get(path).content.decode()
    assert f'name="quay" value="{other.pk}"' in clerk.get(INTAKE, {"quay": other.pk}).content.decode()


@pytest.mark.parametrize("words", ["Nguyen Van", "nguyễn", "040090123456"])
def test_a_case_is_found_by_name_or_number(clerk, words):
    case = accepted(clerk)
    assert case.code in clerk.get("/quay/tim/", {"q": words}).content.decode()


def test_a_case_is_found_by_the_end_of_its_code_or_phone(clerk):
    clerk.post(INTAKE, filled(clerk, viec="tiep-nhan", dien_thoai="0912345678"))
    case = Case.objects.get()
    for words in (case.code[-6:], "345678", case.code.replace(".", " ")):
        assert case.code in clerk.get("/quay/tim/", {"q": words}).content.decode()


def test_a_counter_that_is_not_ones_own_is_refused(clerk):
    other = Agency.objects.get(key="ttpvhcc-16732").pk
    assert clerk.get(INTAKE, {"quay": other}).status_code == 403
    answer = clerk.post(INTAKE, {**filled(clerk, viec="tiep-nhan"), "quay": str(other)})
    assert answer.status_code == 403
    assert not Case.objects.exists()


@pytest.mark.parametrize(
    "bad",
    [{"tt": "x"}, {"tt": "999999999"}, {"khoa": "x"}, {"kenh": "9"}, {"th": "-1"}, {"co_quan": "999999"}],
)
def test_bad_input_breaks_nothing(clerk, bad):
    answer = clerk.post(INTAKE, {**filled(clerk), **bad})
    assert answer.status_code in (200, 422)


def test_pages_need_few_queries(clerk, django_assert_max_num_queries):
    for _ in range(3):
        accepted(clerk)
    for address, most in (
        ("/quay/", 9),
        ("/quay/so-theo-doi/", 8),
        ("/quay/tra-ket-qua/", 8),
        ("/quay/tim/?q=a", 7),
    ):
        clerk.get(address)
        with django_assert_max_num_queries(most):
            clerk.get(address)


def test_a_chosen_procedure_stands_in_place_of_the_hits_until_other_words_are_typed(clerk):
    form = {**filled(clerk), "tu": "trich luc", "tu_truoc": "trich luc", "viec": "xem"}
    assert 'name="chon"' not in clerk.post(INTAKE, form).content.decode()
    assert 'name="chon"' in clerk.post(INTAKE, {**form, "tu": "khai sinh"}).content.decode()
    assert 'name="chon"' in clerk.post(INTAKE, {**form, "viec": "tim"}).content.decode()
