"""The acts of the main job, done by people on the pages of the shop."""

from dataclasses import dataclass, field

from receipts.register import papers_of
from tests.intake import APPLICANT
from tests.journeys.visitor import Visitor
from workflows.events import broken_links
from workflows.lookup import lookup_path
from workflows.models import Case
from workflows.states import CaseState

FINISH, APPROVE, RECEIVE = "Xong, chuyển tiếp", "Duyệt, chuyển tiếp", "Tiếp nhận, in giấy hẹn"


@dataclass
class Shop:
    """Cơ quan một cửa with everybody in it who has signed in today."""

    people: dict[str, Visitor] = field(default_factory=dict)

    def person(self, username: str) -> Visitor:
        """Somebody of the cast, signed in by password the first time."""
        if username not in self.people:
            self.people[username] = Visitor(username)
        return self.people[username]

    def receive(self, clerk: str, *, words: str, name: str, promise: tuple[str, ...]) -> Case:
        """The procedure found by those words, every paper ticked, the promise read, the file accepted."""
        desk = self.person(clerk).open("/quay/")
        desk.press("Tìm thủ tục", tu=words).press(name)
        desk.reads(*promise).does_not_read("Đã tiếp nhận hồ sơ")
        ticks = {tick: "on" for tick in desk.fields(RECEIVE, "du_")}
        desk.press(
            RECEIVE,
            so=APPLICANT.id_number,
            ten=APPLICANT.name,
            dia_chi=APPLICANT.address,
            dien_thoai=APPLICANT.phone,
            thu=APPLICANT.email,
            **ticks,
        )
        case = Case.objects.latest("pk")
        desk.reads(f"Đã tiếp nhận hồ sơ {case.code}", case.secret, *promise)
        return case

    def finish(self, username: str, case: Case, *, press: str = FINISH, note: str = "") -> None:
        """The case stands in the person's list; she opens it and presses the button of her step."""
        desk = self.person(username).open("/xu-ly/").reads(case.code)
        desk.open(f"/xu-ly/{case.code}/").press(press, ghi_chu=note)
        desk.open("/xu-ly/").does_not_read(case.code)
        case.refresh_from_db()

    def has_no_work(self, case: Case, *usernames: str) -> None:
        """None of them has the case in the list."""
        for username in usernames:
            self.person(username).open("/xu-ly/").does_not_read(case.code)

    def cannot_see(self, case: Case, *usernames: str) -> None:
        """For them the case does not exist."""
        for username in usernames:
            self.person(username).open(f"/xu-ly/{case.code}/", expect=404)

    def hand_over(self, clerk: str, case: Case, *, receiver: str) -> None:
        """The code is scanned, the result given, and a second giving is not offered."""
        desk = self.person(clerk).open("/quay/tra-ket-qua/").reads(case.code)
        desk.press("Tìm", q=case.code.lower().replace("-", ""))
        desk.reads(f"Trả kết quả {case.code}").press("Đã trả kết quả", nguoi_nhan=receiver)
        desk.open("/quay/tra-ket-qua/").does_not_read(case.code)
        again = desk.open(f"/quay/tra-ket-qua/{case.code}/").reads("Kết quả hồ sơ này đã được trả")
        assert not again.may_press("Đã trả kết quả")
        case.refresh_from_db()


def citizen_reads(case: Case, *sentences: str) -> Visitor:
    """What the holder of the receipt reads behind its QR; nothing of her is shown whole."""
    page = Visitor().open(lookup_path(case.code)).reads(case.code, *sentences)
    return page.does_not_read(APPLICANT.id_number, APPLICANT.phone, APPLICANT.name, case.secret)


def is_over(case: Case, *, receiver: str) -> None:
    """Returned once, to that person; the log is whole and no task is left."""
    assert case.state == CaseState.RETURNED
    assert case.hand_back_record.receiver_name == receiver
    assert not case.task_set.filter(finished=None).exists()
    assert list(broken_links()) == []


def receipt_of(case: Case) -> str:
    """The number of the receipt that was issued with the case."""
    (receipt,) = papers_of(case.code)
    return str(receipt.number_text)
