"""Who gets what answer: every address of the shop x every member of the cast x GET and POST, in one table.

The case of the table was accepted at the counter of Thành Vinh and waits for an officer of that commune's
office. An address that is not in the table fails, so does a line without an address.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from onestop import clock
from onestop.accounts.models import User
from onestop.agencies.appointments import end_post
from onestop.agencies.delegation import name_stand_in
from onestop.agencies.models import Agency, Post, Role
from onestop.agencies.posts import actor_of
from receipts.register import papers_of, pdf_of
from tests.intake import form_of, new_case, username_for
from workflows.cases import complete
from workflows.lookup import signature
from workflows.models import Case
from workflows.states import CaseState, Outcome, StepKind

METHODS = ("GET", "POST")
# "in": sent to sign in. 302 elsewhere: done, and led on. 404: a case of others does not exist for one.
CAST = {
    "anon": "",  # not signed in
    "bare": "khong-vi-tri",  # signed in, holds no post
    "clerk": "clerk.thanhvinh",  # of the case's counter
    "clrk2": "clerk.cualo",  # of another counter
    "offic": "officer.vpub.thanhvinh",  # whose unit has the task
    "offc2": "officer.vpub.cualo",  # elsewhere
    "head": "head.ubnd.thanhvinh",  # who will sign
    "stand": "officer.congan.thanhvinh",  # the head's stand-in; his own unit has no part in the case
    "gone": "clerk2.thanhvinh",  # was a clerk of the counter until yesterday
    "super": "supervisor",  # of the province
    "edit": "editor",
    "admin": "administrator",
}
TABLE = """
address                       act  anon  bare  clerk clrk2 offic offc2 head  stand gone  super edit  admin
home                          GET  200   200   200   200   200   200   200   200   200   200   200   200
home                          POST 405   405   405   405   405   405   405   405   405   405   405   405
tracking                      GET  200   200   200   200   200   200   200   200   200   200   200   200
tracking                      POST 302   302   302   302   302   302   302   302   302   302   302   302
tracked_case                  GET  200   200   200   200   200   200   200   200   200   200   200   200
tracked_case                  POST 405   405   405   405   405   405   405   405   405   405   405   405
administration:sign_in        GET  200   302   302   302   302   302   302   302   302   302   302   302
administration:sign_in        POST 200   302   302   302   302   302   302   302   302   302   302   302
administration:sign_out       GET  405   405   405   405   405   405   405   405   405   405   405   405
administration:sign_out       POST 302   302   302   302   302   302   302   302   302   302   302   302
administration:index          GET  in    403   403   403   403   403   200   200   403   403   200   200
administration:index          POST 405   405   405   405   405   405   405   405   405   405   405   405
administration:people         GET  in    403   403   403   403   403   403   403   403   403   403   200
administration:people         POST 405   405   405   405   405   405   405   405   405   405   405   405
administration:person         GET  in    403   403   403   403   403   403   403   403   403   403   200
administration:person         POST 405   405   405   405   405   405   405   405   405   405   405   405
administration:grant          GET  405   405   405   405   405   405   405   405   405   405   405   405
administration:grant          POST in    403   403   403   403   403   403   403   403   403   403   302
administration:end_post       GET  in    403   403   403   403   403   403   403   403   403   403   200
administration:end_post       POST in    403   403   403   403   403   403   403   403   403   403   302
administration:agencies       GET  in    403   200   200   200   200   200   200   403   200   200   200
administration:agencies       POST 405   405   405   405   405   405   405   405   405   405   405   405
administration:agency         GET  in    403   200   200   200   200   200   200   403   200   200   200
administration:agency         POST 405   405   405   405   405   405   405   405   405   405   405   405
administration:stand_ins      GET  in    403   403   403   403   403   200   200   403   403   403   403
administration:stand_ins      POST in    403   403   403   403   403   302   200   403   403   403   403
administration:revoke         GET  405   405   405   405   405   405   405   405   405   405   405   405
administration:revoke         POST in    403   403   403   403   403   302   404   403   403   403   403
receipts:verify               GET  200   200   200   200   200   200   200   200   200   200   200   200
receipts:verify               POST 405   405   405   405   405   405   405   405   405   405   405   405
receipts:paper                GET  200   200   200   200   200   200   200   200   200   200   200   200
receipts:paper                POST 405   405   405   405   405   405   405   405   405   405   405   405
counter:home                  GET  in    403   200   200   403   403   403   403   403   403   403   403
counter:home                  POST 405   405   405   405   405   405   405   405   405   405   405   405
counter:intake                GET  in    403   200   200   403   403   403   403   403   403   403   403
counter:intake                POST in    403   302   302   403   403   403   403   403   403   403   403
counter:decided               GET  in    403   200   404   403   403   403   403   403   403   403   403
counter:decided               POST 405   405   405   405   405   405   405   405   405   405   405   405
counter:paper                 GET  in    403   200   404   403   403   403   403   403   403   403   403
counter:paper                 POST 405   405   405   405   405   405   405   405   405   405   405   405
counter:returning             GET  in    403   200   200   403   403   403   403   403   403   403   403
counter:returning             POST 405   405   405   405   405   405   405   405   405   405   405   405
counter:hand_over             GET  in    403   200   404   403   403   403   403   403   403   403   403
counter:hand_over             POST in    403   302   404   403   403   403   403   403   403   403   403
counter:register              GET  in    403   200   200   403   403   403   403   403   403   403   403
counter:register              POST 405   405   405   405   405   405   405   405   405   405   405   405
counter:register_xlsx         GET  in    403   200   200   403   403   403   403   403   403   403   403
counter:register_xlsx         POST 405   405   405   405   405   405   405   405   405   405   405   405
counter:print_register        GET  405   405   405   405   405   405   405   405   405   405   405   405
counter:print_register        POST in    403   302   302   403   403   403   403   403   403   403   403
counter:finding               GET  in    403   200   200   200   200   200   200   403   200   403   403
counter:finding               POST 405   405   405   405   405   405   405   405   405   405   405   405
casework:worklist             GET  in    403   200   200   200   200   200   200   403   403   403   403
casework:worklist             POST 405   405   405   405   405   405   405   405   405   405   405   405
casework:case                 GET  in    403   200   404   200   404   200   200   403   200   403   403
casework:case                 POST 405   405   405   405   405   405   405   405   405   405   405   405
casework:act                  GET  405   405   405   405   405   405   405   405   405   405   405   405
casework:act                  POST in    403   403   404   302   404   403   403   403   403   403   403
casework:presence             GET  in    403   200   404   200   404   200   200   403   200   403   403
casework:presence             POST 405   405   405   405   405   405   405   405   405   405   405   405
casework:control_sheet        GET  405   405   405   405   405   405   405   405   405   405   405   405
casework:control_sheet        POST in    403   302   404   302   404   302   302   403   302   403   403
casework:paper                GET  in    403   200   404   200   404   200   200   403   200   403   403
casework:paper                POST 405   405   405   405   405   405   405   405   405   405   405   405
healthz                       GET  200   200   200   200   200   200   200   200   200   200   200   200
healthz                       POST 405   405   405   405   405   405   405   405   405   405   405   405
set_language                  GET  302   302   302   302   302   302   302   302   302   302   302   302
set_language                  POST 302   302   302   302   302   302   302   302   302   302   302   302
"""


def table() -> dict[tuple[str, str], dict[str, str]]:
    """Address and method -> member of the cast -> expected answer."""
    head, *lines = TABLE.strip().splitlines()
    members = head.split()[2:]
    assert members == list(CAST)
    rows = [line.split() for line in lines if line.strip()]
    return {(name, method): dict(zip(members, cells, strict=True)) for name, method, *cells in rows}


def addresses(resolver: URLResolver, space: str = "") -> Iterator[tuple[str, tuple[str, ...]]]:
    """Every named address of the project with the names of its arguments."""
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            yield from addresses(entry, f"{space}{entry.namespace}:" if entry.namespace else space)
        else:
            assert isinstance(entry, URLPattern)
            assert entry.name, f"{entry.pattern} has no name"
            yield f"{space}{entry.name}", tuple(entry.pattern.converters)


ADDRESSES = dict(addresses(get_resolver()))


@dataclass(frozen=True)
class Scene:
    """Cảnh: the arguments of every address, what is sent to it, and a signed-in session for each member."""

    arguments: dict[str, dict[str, object]]
    sent: dict[str, dict[str, object]]
    sessions: dict[str, str]

    def answer(self, name: str, method: str, member: str) -> str:
        """What that member of the cast is answered; nothing of the act stays."""
        own, common = self.arguments.get(name, {}), self.arguments[""]
        arguments = {each: own.get(each) or common[each] for each in ADDRESSES[name]}
        client = Client(raise_request_exception=False)
        if member in self.sessions:
            client.cookies[settings.SESSION_COOKIE_NAME] = self.sessions[member]
        data = self.sent.get(f"{method} {name}", {})
        ask = client.get if method == "GET" else client.post
        with transaction.atomic():
            got = ask(reverse(name, kwargs=arguments), data)
            transaction.set_rollback(True)
        to_sign_in = got.status_code == 302 and got["Location"].startswith("/dang-nhap/?next=")
        return "in" if to_sign_in else str(got.status_code)


@pytest.fixture(scope="module")
def scene(shop_of_module, django_db_blocker) -> Iterator[Scene]:
    """Made once for the whole table, and rolled back."""
    with django_db_blocker.unblock(), transaction.atomic():
        cache.clear()
        yield build()
        transaction.set_rollback(True)


def build() -> Scene:
    today, now = clock.today(), clock.now()
    User.objects.create_user("khong-vi-tri", password="x", full_name="Người Không Vị Trí")
    people = {member: User.objects.get(username=name) for member, name in CAST.items() if name}
    gone = Post.objects.get(user=people["gone"])
    end_post(by=None, post_id=gone.pk, last_day=today - timedelta(days=1), now=now)
    head = Post.objects.get(user=people["head"])
    named = name_stand_in(
        by=actor_of(user=people["head"], on=today),
        post_id=head.pk,
        user_id=people["stand"].pk,
        valid_from=today,
        valid_to=today + timedelta(days=5),
        reason="Đi công tác",
        now=now,
    )
    clerk = actor_of(user=people["clerk"], on=today)
    case, finished = new_case(clerk, at=now), new_case(clerk, at=now)
    _finish(finished, now)
    pdf_of(papers_of(case.code)[0])
    return Scene(
        arguments=_arguments(case, finished, people["clerk"], named.stand_in_id),
        sent=_sent(case, now),
        sessions={member: _session(user) for member, user in people.items()},
    )


def _finish(case: Case, now: datetime) -> None:
    """Every step is done, the result waits at the counter."""
    while case.state != CaseState.FINISHED:
        task = case.task_set.get(finished=None)
        actor = actor_of(user=User.objects.get(username=username_for(task)), on=now.date())
        outcome = Outcome.APPROVED if task.step.kind == StepKind.APPROVE else Outcome.DONE
        complete(task_id=task.pk, actor=actor, outcome=outcome, seen=case.event_seq, now=now)
        case.refresh_from_db()


def _arguments(case: Case, finished: Case, user: User, stand_in_id: int) -> dict[str, dict[str, object]]:
    """What stands in an address: under its name where it needs its own, else under the empty name."""
    common = {
        "code": case.code,
        "task_id": case.task_set.get(finished=None).pk,
        "token": papers_of(case.code)[0].token,
        "key": "ubnd-16681",
        "user_id": user.pk,
        "post_id": Post.objects.get(user=user).pk,
        "stand_in_id": stand_in_id,
    }
    return {
        "": common,
        "counter:decided": {"key": case.intake.key},
        "counter:hand_over": {"code": finished.code},
    }


def _sent(case: Case, now: datetime) -> dict[str, dict[str, object]]:
    """What a right request sends; other addresses are asked with nothing."""
    today = now.date()
    colleague = User.objects.get(username="officer.ubnd.thanhvinh")
    later = {"valid_from": today + timedelta(days=10), "valid_to": today + timedelta(days=12)}
    grant = {"agency": Agency.objects.get(key="so-y-te").code, "role": Role.OFFICER, "valid_from": today}
    form = form_of(at=now)
    numbers = [paper.requirement_id for paper in form.papers]
    ticks = {f"{part}_{number}": "1" for number in numbers for part in ("giay", "du", "chinh")}
    return {
        "POST casework:act": {"viec": "nhan", "seen": case.event_seq},
        "POST administration:grant": grant,
        "POST administration:end_post": {"last_day": today},
        "POST administration:stand_ins": {"user": colleague.pk, **later},
        "POST set_language": {"language": "en"},
        "GET tracked_case": {"k": signature(case.code)},
        "POST tracking": {"ma": case.code, "bi_mat": case.secret},
        "POST counter:intake": {"viec": "tiep-nhan", "tt": form.version_id, "ten": "Lê Thị Hoa", **ticks},
        "POST counter:hand_over": {"nguoi_nhan": "Nguyễn Văn Đức"},
    }


def _session(user: User) -> str:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def test_every_address_is_in_the_table_and_every_line_has_its_address():
    assert set(table()) == {(name, method) for name in ADDRESSES for method in METHODS}


@pytest.mark.parametrize("name", ADDRESSES)
def test_each_member_of_the_cast_gets_the_answer_of_the_table(scene, name):
    expected = {method: table()[name, method] for method in METHODS}
    given = {method: {member: scene.answer(name, method, member) for member in CAST} for method in METHODS}
    assert given == expected
