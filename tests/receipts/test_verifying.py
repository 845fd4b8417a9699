"""Anybody may ask whether a paper holds; nobody learns about persons, and nobody can try codes for long."""

import pytest

from onestop import attempts
from receipts import register, wording
from receipts.models import IssuedPaper
from tests.receipts.samples import CODE, HA, RECEIPT, at

pytestmark = pytest.mark.django_db


def test_the_form_asks_for_the_code(client):
    page = client.get("/xac-thuc/")
    assert page.status_code == 200
    assert "Mã xác thực" in page.content.decode()


def test_a_typed_code_leads_to_its_paper(client, issue):
    issued = issue()
    answer = client.get("/xac-thuc/", {"ma": wording.grouped(issued.token).lower()})
    assert answer.status_code == 302
    assert answer["Location"] == f"/xac-thuc/{issued.token}/"


def test_a_paper_shows_what_the_register_says(client, issue):
    issued = issue()
    page = client.get(f"/xac-thuc/{issued.token}/").content.decode()
    assert "Giấy tiếp nhận hồ sơ và hẹn trả kết quả" in page
    assert "01/TTPVHCC" in page
    assert "Trung tâm Phục vụ hành chính công phường Thành Vinh" in page
    assert "09:41, thứ Hai 16/11/2026" in page
    assert CODE in page
    assert "còn giá trị" in page
    assert issued.facts_sha256 in page
    assert "chưa được in" in page


def test_a_printed_paper_shows_the_hash_of_its_file(client, issue):
    issued = issue()
    register.pdf_of(issued)
    kept = IssuedPaper.objects.get(pk=issued.pk)
    assert kept.pdf_sha256 in client.get(f"/xac-thuc/{issued.token}/").content.decode()


def test_nothing_about_persons_is_shown(client, issue):
    issued = issue()
    page = client.get(f"/xac-thuc/{issued.token}/").content.decode()
    hidden = (HA.name, HA.id_number, HA.phone, HA.email, "Hồ Tùng Mậu", RECEIPT.secret, RECEIPT.receiver_name)
    assert [word for word in hidden if word in page] == []


def test_a_voided_paper_is_said_to_be_void(client, issue):
    issued = issue()
    register.void(issued=issued, reason="Nhập nhầm người nộp Lê Thị Thanh Hà", now=at(17, 8))
    page = client.get(f"/xac-thuc/{issued.token}/").content.decode()
    assert "đã bị hủy lúc 17/11/2026 08:00" in page
    assert "Nhập nhầm" not in page


def test_a_row_changed_behind_the_register_is_said_to_be_false(client, issue, monkeypatch):
    issued = issue()
    monkeypatch.setattr(register, "hash_of", lambda issued: "0" * 64)
    assert "không còn khớp" in client.get(f"/xac-thuc/{issued.token}/").content.decode()


@pytest.mark.parametrize(
    "address", ["/xac-thuc/?ma=AAAABBBBCCCCDDDD", "/xac-thuc/AAAABBBBCCCCDDDD/", "/xac-thuc/x/"]
)
def test_an_unknown_code_is_not_found(client, address):
    answer = client.get(address)
    assert answer.status_code == 404
    assert "Không có giấy nào mang mã này" in answer.content.decode()


def test_an_empty_code_is_asked_for_again(client):
    answer = client.get("/xac-thuc/", {"ma": "  "})
    assert answer.status_code == 400
    assert "Hãy nhập mã xác thực" in answer.content.decode()


def test_who_tries_codes_must_wait_even_for_a_right_one(client, issue):
    issued = issue()
    for _ in range(attempts.FROM_ONE_ADDRESS):
        assert client.get("/xac-thuc/AAAABBBBCCCCDDDD/").status_code == 404
    answer = client.get(f"/xac-thuc/{issued.token}/")
    assert answer.status_code == 429
    assert "10 phút" in answer.content.decode()
    assert client.get("/xac-thuc/", {"ma": issued.token}).status_code == 429
    assert client.get(f"/xac-thuc/{issued.token}/", REMOTE_ADDR="203.0.113.7").status_code == 200


def test_right_codes_are_not_counted(client, issue):
    issued = issue()
    for _ in range(attempts.FROM_ONE_ADDRESS + 2):
        assert client.get(f"/xac-thuc/{issued.token}/").status_code == 200


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_it_only_answers_questions(client, issue, method):
    issued = issue()
    assert getattr(client, method)(f"/xac-thuc/{issued.token}/").status_code == 405
    assert getattr(client, method)("/xac-thuc/").status_code == 405


def test_nothing_of_it_is_kept_or_indexed(client, issue):
    answer = client.get(f"/xac-thuc/{issue().token}/")
    assert "no-store" in answer["Cache-Control"]
    assert answer["X-Robots-Tag"] == "noindex"
