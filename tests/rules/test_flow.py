import pytest

from deputydesk.errors import UserError
from deputydesk.rules.choices import Choice
from deputydesk.rules.flow import Flow, Step
from deputydesk.rules.opinion_flow import OPINION, OpinionState, OpinionStep
from deputydesk.rules.project_flow import PROJECT, ProjectState, ProjectStep
from deputydesk.rules.suggestion_flow import SUGGESTION, SuggestionState, SuggestionStep

FLOWS = (
    (SUGGESTION, SuggestionState, SuggestionStep, SuggestionState.DRAFT),
    (OPINION, OpinionState, OpinionStep, OpinionState.RECEIVED),
    (PROJECT, ProjectState, ProjectStep, ProjectState.PROPOSED),
)


class Door(Choice):
    OPEN = "open", "开着"
    SHUT = "shut", "关着"


class Deed(Choice):
    SHUT = "shut", "关门"
    LOOK = "look", "看看"


DOOR = Flow("门", (Step(Deed.SHUT, (Door.OPEN,), Door.SHUT), Step(Deed.LOOK, (Door.OPEN,))))


def test_a_step_leads_to_its_state_and_one_without_a_target_stays():
    assert DOOR.next(Door.OPEN, Deed.SHUT) is Door.SHUT
    assert DOOR.next(Door.OPEN, Deed.LOOK) is Door.OPEN
    assert [step.name for step in DOOR.allowed(Door.OPEN)] == ["关门", "看看"]
    assert (DOOR.may(Door.OPEN, Deed.LOOK), DOOR.may(Door.SHUT, Deed.LOOK)) == (True, False)


def test_a_step_that_is_not_allowed_says_where_it_stands_and_what_can_be_done():
    with pytest.raises(UserError) as caught:
        SUGGESTION.next(SuggestionState.ASSIGNED, SuggestionStep.ANSWER)

    assert caught.value.message == "建议现在的状态是“已交办”，不能“答复”。"
    assert caught.value.hint == "现在可以：“签收”、“退办”、“催办”、“撤回”。"


@pytest.mark.parametrize("state", [Door.SHUT, Door.stored("ajar")])
def test_where_nothing_can_be_done_it_says_so(state):
    with pytest.raises(UserError, match="没有可以再做的步骤"):
        DOOR.next(state, Deed.SHUT)


@pytest.mark.parametrize(("flow", "states", "steps", "start"), FLOWS)
def test_every_state_can_be_reached_and_every_step_is_used(flow, states, steps, start):
    reached = {start}
    while new := {flow.next(s, t.id) for s in reached for t in flow.allowed(s)} - reached:
        reached |= new

    assert reached == set(states)
    assert set(flow.steps) == set(steps)


@pytest.mark.parametrize(("flow", "states", "steps", "start"), FLOWS)
def test_each_step_is_allowed_in_its_states_and_refused_in_all_others(flow, states, steps, start):
    for state in states:
        for step in steps:
            if flow.may(state, step):
                assert flow.next(state, step) in states
            else:
                with pytest.raises(UserError, match=step.label):
                    flow.next(state, step)


def walk(flow, state, *steps):
    for step in steps:
        state = flow.next(state, step)
    return state


S = SuggestionStep
BEGUN = (S.SUBMIT, S.REGISTER, S.ACCEPT, S.ASSIGN)
PATHS = (
    ((S.SUBMIT, S.REGISTER, S.SEND_BACK, S.SUBMIT), SuggestionState.SUBMITTED),
    ((S.SUBMIT, S.REGISTER, S.REJECT), SuggestionState.REJECTED),
    ((S.SUBMIT, S.REGISTER, S.MERGE), SuggestionState.MERGED),
    ((*BEGUN, S.HAND_BACK, S.AGREE_HAND_BACK), SuggestionState.ASSIGNED),
    ((*BEGUN, S.HAND_BACK, S.REFUSE_HAND_BACK), SuggestionState.HANDLING),
    ((*BEGUN, S.SIGN, S.SIGN, S.TALK, S.EXTEND, S.URGE, S.ASSIST), SuggestionState.HANDLING),
    ((*BEGUN, S.SIGN, S.ANSWER, S.ASK_FEEDBACK, S.CLOSE, S.ARCHIVE), SuggestionState.ARCHIVED),
    ((*BEGUN, S.SIGN, S.ANSWER, S.REHANDLE, S.ANSWER, S.DECIDE), SuggestionState.CLOSED),
    ((*BEGUN, S.SIGN, S.ANSWER, S.CLOSE_NOREPLY, S.ARCHIVE), SuggestionState.ARCHIVED),
    ((*BEGUN, S.SIGN, S.WITHDRAW), SuggestionState.WITHDRAWN),
)


@pytest.mark.parametrize(("steps", "end"), PATHS)
def test_a_suggestion_goes_every_path_of_the_rules(steps, end):
    assert walk(SUGGESTION, SuggestionState.DRAFT, *steps) is end


def test_a_suggestion_can_be_withdrawn_before_its_answer_and_not_after():
    may = {state for state in SuggestionState if SUGGESTION.may(state, S.WITHDRAW)}

    assert SuggestionState.HANDLING in may
    assert not may & {SuggestionState.ANSWERED, SuggestionState.REHANDLE, SuggestionState.CLOSED}


O = OpinionStep  # noqa: E741 - beside S above
OPINION_PATHS = (
    ((O.ANSWER_ON_SPOT, O.CLOSE), OpinionState.CLOSED),
    ((O.ASSIGN, O.HANDLE, O.FEED_BACK, O.CLOSE), OpinionState.CLOSED),
    ((O.ASSIGN, O.HANDLE, O.FEED_BACK, O.REASSIGN), OpinionState.ASSIGNED),
    ((O.ASSIGN, O.HANDLE, O.FEED_BACK, O.CLOSE_EXPLAINED), OpinionState.CLOSED_EXPLAINED),
    ((O.RAISE,), OpinionState.RAISED),
    ((O.REDIRECT,), OpinionState.REDIRECTED),
    ((O.KEEP,), OpinionState.REFERENCE),
    ((O.MERGE,), OpinionState.MERGED),
)


@pytest.mark.parametrize(("steps", "end"), OPINION_PATHS)
def test_an_opinion_goes_every_path_of_the_rules(steps, end):
    assert walk(OPINION, OpinionState.RECEIVED, *steps) is end
