"""Signing in, and the pages on which posts are given, ended and delegated."""

import pytest
from django.test import Client

from onestop import clock
from onestop.agencies.models import Agency, Post, Role, StandIn

pytestmark = pytest.mark.usefixtures("shop")
PASSWORD = "motcua-2026"


@pytest.fixture
def as_user(person):
    def signed_in(username: str) -> Client:
        client = Client()
        client.force_login(person(username), backend="django.contrib.auth.backends.ModelBackend")
        return client

    return signed_in


def sign_in(username: str, password: str = PASSWORD, **more: str):
    return Client().post("/dang-nhap/", {"username": username, "password": password, **more})


@pytest.mark.parametrize(
    ("username", "page"),
    [
        ("clerk.thanhvinh", "/quay/"),
        ("officer.kt.thanhvinh", "/xu-ly/"),
        ("head.ubnd.thanhvinh", "/xu-ly/"),
        ("administrator", "/quan-tri/"),
    ],
)
def test_everybody_begins_on_her_own_page(username, page):
    answer = sign_in(username)
    assert (answer.status_code, answer.url) == (302, page)


def test_a_way_back_leads_only_into_the_shop():
    assert sign_in("clerk.thanhvinh", next="/quay/tim/").url == "/quay/tim/"
    assert sign_in("clerk.thanhvinh", next="https://evil.invalid/").url == "/quay/"


def test_five_wrong_passwords_lock_the_name_for_a_while():
    for _ in range(5):
        sign_in("officer.kt.thanhvinh", "wrong")
    assert sign_in("officer.kt.thanhvinh").status_code == 429
    assert sign_in("clerk.thanhvinh").status_code == 302


def test_a_closed_account_does_not_open(person):
    user = person("clerk.thanhvinh")
    user.is_active = False
    user.save(update_fields=["is_active"])
    assert sign_in("clerk.thanhvinh").status_code == 200


def test_a_revoked_post_loses_its_power_with_the_next_request(as_user, person):
    clerk = as_user("clerk.thanhvinh")
    assert clerk.get("/quay/").status_code == 200
    Post.objects.filter(user=person("clerk.thanhvinh")).update(cancelled_at=clock.now())
    assert clerk.get("/quay/").status_code == 403


def test_the_administrator_gives_and_ends_a_post(as_user, person):
    administrator, user = as_user("administrator"), person("editor")
    agency = Agency.objects.get(key="so-xay-dung")
    page = f"/quan-tri/nguoi-dung/{user.pk}/"
    today = clock.today()
    form = {"agency": agency.name, "role": Role.OFFICER.value, "valid_from": today.isoformat()}
    for _twice in range(2):
        assert administrator.post(f"{page}giao-vi-tri/", form).status_code == 302
    post = Post.objects.get(user=user, agency=agency)
    administrator.post(f"{page}vi-tri/{post.pk}/ket-thuc/", {"last_day": today.isoformat()})
    post.refresh_from_db()
    assert post.valid_to == today


@pytest.mark.parametrize("bad", [{"agency": "không có"}, {"role": "king"}, {"valid_from": "31/02/2026"}])
def test_bad_input_gives_no_post(as_user, person, bad):
    user = person("editor")
    form = {"agency": "so-xay-dung", "role": "officer", "valid_from": clock.today().isoformat(), **bad}
    answer = as_user("administrator").post(f"/quan-tri/nguoi-dung/{user.pk}/giao-vi-tri/", form)
    assert answer.status_code == 422
    assert Post.objects.filter(user=user).count() == 1


def test_a_head_names_her_stand_in_and_takes_it_back(as_user, person):
    head, officer = as_user("head.ubnd.thanhvinh"), person("officer.ubnd.thanhvinh")
    today = clock.today().isoformat()
    form = {"user": officer.pk, "valid_from": today, "valid_to": today, "reason": "Đi họp"}
    assert head.post("/quan-tri/uy-quyen/", form).status_code == 302
    stand_in = StandIn.objects.get()
    assert as_user("officer.ubnd.thanhvinh").get("/quan-tri/uy-quyen/").status_code == 200
    assert as_user("head.so-xay-dung").post(f"/quan-tri/uy-quyen/{stand_in.pk}/thu-hoi/").status_code == 404
    head.post(f"/quan-tri/uy-quyen/{stand_in.pk}/thu-hoi/")
    stand_in.refresh_from_db()
    assert stand_in.revoked_at is not None


@pytest.mark.parametrize("username", ["clerk.thanhvinh", "officer.kt.thanhvinh", "supervisor", "editor"])
def test_others_may_not_manage_people(as_user, username):
    assert as_user(username).get("/quan-tri/nguoi-dung/").status_code == 403


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/quan-tri/nguoi-dung/?q=clerk.thanhvinh", "clerk.thanhvinh"),
        ("/quan-tri/co-quan/?nhom=xa-phuong", "Thành Vinh"),
        ("/quan-tri/co-quan/?nhom=da-ket-thuc", "đã kết thúc"),
        ("/quan-tri/co-quan/ubnd-16681/", "Trung tâm Phục vụ hành chính công"),
        ("/quan-tri/co-quan/?q=%00", "Cấp tỉnh"),
    ],
)
def test_the_pages_show_people_and_agencies_with_few_queries(
    as_user, path, words, django_assert_max_num_queries
):
    administrator = as_user("administrator")
    administrator.get(path)
    with django_assert_max_num_queries(14):
        page = administrator.get(path)
    assert words.lower() in page.content.decode().lower()
