"""The shells, the home page and the error pages."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.http import HttpRequest, HttpResponse
from django.template.loader import get_template, render_to_string
from django.test import Client
from django.urls import include, path

from onestop.pages.states import STATE_LOOKS
from workflows.states import STATE_NAMES

TEMPLATES = sorted((settings.BASE_DIR / "templates").rglob("*.html"))
INLINE = re.compile(r"""<script(?![^>]*\ssrc=)|<style|\sstyle=|\son[a-z]+=["']|javascript:""", re.IGNORECASE)


def refuse(request: HttpRequest) -> HttpResponse:
    raise PermissionDenied("Hồ sơ đang ở Sở Tài chính.")


def fail(request: HttpRequest) -> HttpResponse:
    raise RuntimeError


def distrust(request: HttpRequest) -> HttpResponse:
    raise SuspiciousOperation


urlpatterns = [
    path("hong/", fail),
    path("cam/", refuse),
    path("sai/", distrust),
    path("xu-ly/cam/", refuse),
    path("", include("onestop.urls")),
]


@pytest.fixture
def guest() -> Client:
    return Client(raise_request_exception=False)


@pytest.fixture
def faulty(settings):
    settings.ROOT_URLCONF = "tests.onestop.test_pages"


@pytest.mark.django_db
def test_the_home_page_answers_in_vietnamese_whatever_the_browser_prefers(guest):
    page = guest.get("/", headers={"accept-language": "en"}).content.decode()
    assert '<html lang="vi"' in page
    assert "Một cửa Nghệ An" in page


@pytest.mark.django_db
def test_the_language_is_changed_by_a_post_and_kept(guest):
    answer = guest.post("/ngon-ngu/", {"language": "en", "next": "/"})
    assert answer.url == "/"
    assert '<html lang="en"' in guest.get("/").content.decode()


@pytest.mark.django_db
def test_an_unknown_language_stays_vietnamese(guest):
    guest.cookies["django_language"] = "../fr"
    assert '<html lang="vi"' in guest.get("/").content.decode()


@pytest.mark.django_db
def test_every_link_of_the_home_page_leads_somewhere(guest):
    page = guest.get("/").content.decode()
    links = set(re.findall(r'(?:href|action)="(/[^"]*)"', page)) - {"/ngon-ngu/"}
    for link in links:
        if not link.startswith("/static/"):
            assert guest.get(link).status_code in (200, 302), link


@pytest.mark.django_db
def test_pages_forbid_inline_code_and_foreign_sources(guest):
    policy = guest.get("/").headers["Content-Security-Policy"]
    assert "script-src 'self'" in policy
    assert "style-src 'self'" in policy
    assert "unsafe" not in policy


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda p: str(p.relative_to(settings.BASE_DIR)))
def test_no_template_holds_inline_code(template: Path):
    assert not INLINE.search(template.read_text(encoding="utf-8"))


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda p: str(p.relative_to(settings.BASE_DIR)))
def test_no_template_is_longer_than_120_lines(template: Path):
    assert len(template.read_text(encoding="utf-8").splitlines()) <= 120


@pytest.mark.parametrize(
    "name", ["400.html", "403.html", "403_csrf.html", "404.html", "429.html", "500.html"]
)
def test_the_error_pages_are_our_own(name):
    origin = get_template(name).origin.name
    assert Path(origin).parent == settings.BASE_DIR / "templates"


@pytest.mark.django_db
def test_an_unknown_address_is_told_so(guest):
    answer = guest.get("/khong-co/")
    assert answer.status_code == 404
    assert "Không thấy trang này" in answer.content.decode()


@pytest.mark.django_db
def test_a_refusal_gives_its_reason(guest, faulty):
    answer = guest.get("/cam/")
    assert answer.status_code == 403
    assert "Hồ sơ đang ở Sở Tài chính." in answer.content.decode()


@pytest.mark.django_db
def test_a_broken_request_is_told_so(guest, faulty):
    answer = guest.get("/sai/")
    assert answer.status_code == 400
    assert "Không đọc được yêu cầu này" in answer.content.decode()


def test_a_failure_needs_no_database_and_no_request():
    page = render_to_string("500.html")
    assert "Hệ thống gặp lỗi" in page
    assert not re.search(r"csrf|messages|request", page)


def test_a_failure_is_answered_when_the_database_is_gone(guest, faulty):
    # Without the django_db mark any query raises: the page must come without one.
    answer = guest.get("/hong/")
    assert answer.status_code == 500
    assert "Hệ thống gặp lỗi" in answer.content.decode()


@pytest.mark.django_db
def test_a_form_without_its_token_is_told_what_to_do():
    answer = Client(enforce_csrf_checks=True).post("/ngon-ngu/", {"language": "en"})
    assert answer.status_code == 403
    assert "tải lại trang rồi gửi lần nữa" in answer.content.decode()


def test_states_are_named_as_in_the_engine():
    assert {int(state): name for state, name in STATE_NAMES.items()} == {
        code: look.name for code, look in STATE_LOOKS.items()
    }
