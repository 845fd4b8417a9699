"""The tables of states, moves and outcomes hold together."""

from onestop.pages.states import STATE_LOOKS
from workflows.models import Case
from workflows.names import ACT_NAMES
from workflows.states import (
    ACT_OF_OUTCOME,
    MOVES,
    OPEN_STATES,
    STATE_NAMES,
    Act,
    CaseState,
    Outcome,
    StepKind,
    outcomes_of,
)


def test_every_state_and_act_has_a_name():
    assert set(STATE_NAMES) == set(CaseState)
    assert set(ACT_NAMES) == set(Act)
    assert set(ACT_OF_OUTCOME) == set(Outcome)


def test_pages_name_states_as_the_engine_does():
    assert {number: look.name for number, look in STATE_LOOKS.items()} == dict(STATE_NAMES)


def test_closed_states_are_left_only_as_the_table_says():
    left = {source for source, _target in MOVES}
    assert CaseState.RETURNED not in left
    assert CaseState.NOT_RECEIVED not in left
    assert CaseState.PROCESSING in OPEN_STATES


def test_the_machine_moves_only_as_the_table_says():
    case = Case()
    offered = {
        (CaseState(source), CaseState(t.target))
        for t in case.get_all_state_transitions()
        for source in [t.source]
        if source != CaseState.SUBMITTED or t.target
    }
    assert offered <= MOVES
    assert len(offered) == 5


def test_only_a_step_with_a_way_back_can_send_back():
    assert outcomes_of(StepKind.APPROVE, can_send_back=True) == (Outcome.APPROVED, Outcome.SENT_BACK)
    assert outcomes_of(StepKind.APPROVE, can_send_back=False) == (Outcome.APPROVED,)
    assert outcomes_of(StepKind.EXAMINE, can_send_back=False) == (Outcome.DONE,)
    assert outcomes_of(StepKind.RETURN, can_send_back=True) == (Outcome.HANDED_BACK,)
