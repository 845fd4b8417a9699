"""Notices reach a real mail server once, wait while it is down, and a double can be told by its name."""

import socketserver
import threading
from datetime import timedelta

import pytest

from onestop.notices.models import Outbox
from onestop.notices.sending import MOST_ATTEMPTS, send_waiting
from tests.intake import MORNING, new_case

pytestmark = pytest.mark.usefixtures("shop")


class Letterbox(socketserver.StreamRequestHandler):
    """As much of SMTP as a sender needs; what arrives is kept by the server."""

    def handle(self) -> None:
        self.wfile.write(b"220 letterbox\r\n")
        while line := self.rfile.readline():
            word = line[:4].upper()
            if word == b"DATA":
                self.wfile.write(b"354 go on\r\n")
                lines = []
                while (text := self.rfile.readline()) not in (b".\r\n", b""):
                    lines.append(text)
                self.server.letters.append(b"".join(lines).decode())
            self.wfile.write(b"221 bye\r\n" if word == b"QUIT" else b"250 ok\r\n")
            if word == b"QUIT":
                return


@pytest.fixture
def letters(settings):
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Letterbox) as server:
        server.letters = []
        threading.Thread(target=server.serve_forever, daemon=True).start()
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.server_address[1]
        yield server.letters
        server.shutdown()


def test_the_applicant_is_told_of_the_acceptance_once(letters, actor):
    case = new_case(actor("clerk.thanhvinh"))
    assert send_waiting(now=MORNING).sent == 1
    assert send_waiting(now=MORNING).sent == 0
    (letter,) = letters
    assert f"Message-ID: <notice-{Outbox.objects.get(case_code=case.code).pk}@h41.onestop>" in letter
    assert "To: duc@vidu.invalid" in letter


def test_a_server_that_is_down_makes_the_notice_wait_longer_each_time(settings, actor):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    new_case(actor("clerk.thanhvinh"))
    assert send_waiting(now=MORNING).failed == 1
    assert send_waiting(now=MORNING + timedelta(seconds=30)).failed == 0
    assert send_waiting(now=MORNING + timedelta(minutes=1)).failed == 1
    row = Outbox.objects.get()
    assert (row.sent_at, row.attempts) == (None, 2)
    assert "ConnectionRefusedError" in row.last_error
    assert row.next_attempt_at == MORNING + timedelta(minutes=3)


def test_a_notice_that_never_arrives_is_left_alone(letters, actor):
    new_case(actor("clerk.thanhvinh"))
    Outbox.objects.update(attempts=MOST_ATTEMPTS)
    assert send_waiting(now=MORNING).sent == 0
    assert letters == []
