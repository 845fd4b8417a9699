"""A route that is not sound is not published, and the fault names the step and what to mend."""

from dataclasses import replace

import pytest

from workflows.soundness import StepFact, faults, longest_minutes
from workflows.states import StepKind

RECEIVE = StepFact("receive", 1, StepKind.RECEIVE, 60)
EXAMINE = StepFact("examine", 2, StepKind.EXAMINE, 480)
OPINION = StepFact("opinion", 2, StepKind.OPINION, 240)
APPROVE = StepFact("approve", 3, StepKind.APPROVE, 120, return_to="examine")
RETURN = StepFact("return", 4, StepKind.RETURN, 0)
SOUND = (RECEIVE, EXAMINE, OPINION, APPROVE, RETURN)


def test_a_sound_route_has_no_faults():
    assert faults(SOUND, legal_minutes=660) == ()
    assert faults(SOUND, legal_minutes=None) == ()


def test_side_by_side_steps_count_once():
    assert longest_minutes(SOUND) == 660


def test_unknown_times_count_as_nothing():
    assert longest_minutes((RECEIVE, replace(EXAMINE, minutes=None), RETURN)) == 60


@pytest.mark.parametrize(
    ("steps", "step", "words"),
    [
        ((), "", "chưa có bước"),
        ((RECEIVE, EXAMINE, replace(OPINION, key="examine"), APPROVE, RETURN), "examine", "dùng 2 lần"),
        ((RECEIVE, EXAMINE, replace(RETURN, stage=3), replace(APPROVE, stage=5)), "", "liền nhau"),
        ((EXAMINE, RETURN), "examine", "đầu tiên"),
        ((RECEIVE, EXAMINE, APPROVE), "approve", "cuối cùng"),
        ((RECEIVE, replace(RECEIVE, key="again", stage=2), replace(RETURN, stage=3)), "again", "giữa"),
        ((RECEIVE, EXAMINE, replace(APPROVE, return_to="nowhere"), RETURN), "approve", "nowhere"),
        ((RECEIVE, EXAMINE, replace(APPROVE, return_to="receive"), RETURN), "approve", "receive"),
        ((RECEIVE, EXAMINE, APPROVE, replace(OPINION, stage=3), RETURN), "approve", "song song"),
        ((RECEIVE, replace(EXAMINE, minutes=0), APPROVE, RETURN), "examine", "lớn hơn 0"),
        ((RECEIVE, replace(EXAMINE, minutes=-5), APPROVE, RETURN), "examine", "lớn hơn 0"),
    ],
)
def test_each_fault_names_its_step(steps, step, words):
    assert any(fault.step == step and words in fault.sentence for fault in faults(steps, legal_minutes=None))


def test_steps_may_not_take_longer_than_the_law():
    (fault,) = faults(SOUND, legal_minutes=659)
    assert "vượt thời hạn" in fault.sentence


def test_a_conditional_edge_is_refused():
    found = faults((replace(RECEIVE, conditional=True), EXAMINE, APPROVE, RETURN), legal_minutes=None)
    assert [fault.step for fault in found] == ["receive"]
