import pytest
from hypothesis import given
from hypothesis import strategies as st

from deputydesk.errors import FieldError
from deputydesk.rules.project_voting import (
    Majority,
    PaperCount,
    Quorum,
    Tie,
    VoteRule,
    check_papers,
    check_row,
    check_ticks,
    check_turnout,
    outcome,
    paper_of,
)

USUAL = VoteRule()
TIES = st.sampled_from(list(Tie))
VOTES = st.dictionaries(st.text("abcdefghij", min_size=1, max_size=2), st.integers(0, 46))


def decide(yes, *, seats, rule=USUAL, expected=46, present=46):
    return outcome(yes, seats=seats, expected=expected, present=present, rule=rule)


def test_more_than_half_of_all_deputies_is_needed_not_of_those_present():
    votes = {"a": 24, "b": 23}

    assert decide(votes, seats=2, present=40).chosen == ("a",)
    of_present = VoteRule(majority=Majority.PRESENT)
    assert decide(votes, seats=2, present=40, rule=of_present).chosen == ("a", "b")


def test_a_tie_at_the_last_place_is_left_open_for_the_stated_rule():
    votes = {"a": 40, "b": 30, "c": 30, "d": 30, "e": 29}

    for tie in (Tie.REVOTE, Tie.SHOW):
        found = decide(votes, seats=3, rule=VoteRule(tie=tie))
        assert (found.chosen, found.tied, found.open_seats) == (("a",), ("b", "c", "d"), 2)
        assert dict(found.ranks) == {"a": 1, "b": 2, "c": 2, "d": 2, "e": 5}
    both = decide(votes, seats=3, rule=VoteRule(tie=Tie.BOTH))
    assert (both.chosen, both.tied) == (("a", "b", "c", "d"), ())


def test_a_tie_that_fits_into_the_seats_or_below_the_majority_is_none():
    assert decide({"a": 30, "b": 30, "c": 25}, seats=2).tied == ()
    assert decide({"a": 30, "b": 20, "c": 20}, seats=2).chosen == ("a",)
    assert decide({"a": 30}, seats=0) == decide({"a": 30}, seats=0)
    assert decide({"a": 30}, seats=0).chosen == ()


def test_in_a_vote_held_again_the_most_votes_are_enough():
    again = VoteRule(is_again=True)

    assert decide({"a": 12, "b": 10}, seats=1, rule=again).chosen == ("a",)
    assert decide({"a": 0, "b": 0}, seats=1, rule=again).chosen == ()
    assert decide({"a": 9, "b": 9}, seats=1, rule=again).tied == ("a", "b")


@given(VOTES, st.integers(0, 12), TIES, st.sampled_from(list(Majority)), st.integers(30, 46))
def test_whoever_is_chosen_has_passed_and_has_more_than_anybody_left_out(
    votes, seats, tie, majority, present
):
    rule = VoteRule(tie=tie, majority=majority)

    found = decide(votes, seats=seats, rule=rule, present=present)

    base = present if majority == Majority.PRESENT else 46
    left = [votes[each] for each in votes if each not in (*found.chosen, *found.tied)]
    assert all(votes[each] * 2 > base for each in (*found.chosen, *found.tied))
    assert not set(found.chosen) & set(found.tied)
    if seats and left:
        passed_but_left = [n for n in left if n * 2 > base]
        assert all(votes[each] > n for each in found.chosen for n in passed_but_left)
    if tie != Tie.BOTH:
        assert len(found.chosen) <= seats
        assert len(found.chosen) + found.open_seats <= seats
        assert not found.tied or len(found.tied) > found.open_seats > 0
        assert len({votes[each] for each in found.tied}) <= 1
    assert sorted(found.ranks) == sorted(votes)


@pytest.mark.parametrize(
    ("numbers", "field", "sentence"),
    [
        ({"expected": 0}, "expected", "请填写应到代表人数"),
        ({"present": 47}, "present", "实到47人，比应到46人多1人"),
        ({"present": 30}, "present", "应到46人，实到30人，不够“三分之二以上的代表出席”"),
        ({"present": 40, "issued": 41}, "issued", "发出41张，比实到代表40人多1张"),
    ],
)
def test_a_turnout_that_cannot_be_is_said_in_a_sentence(numbers, field, sentence):
    [problem] = check_turnout(
        **({"expected": 46, "present": 46, "issued": 46} | numbers), rule=USUAL
    )

    assert problem.field == field
    assert sentence in problem.message


def test_quorum_is_two_thirds_or_more_or_more_than_half():
    two_thirds, half = VoteRule(quorum=Quorum.TWO_THIRDS), VoteRule(quorum=Quorum.HALF)

    assert two_thirds.is_quorate(30, 45)
    assert not two_thirds.is_quorate(30, 46)
    assert half.is_quorate(24, 46)
    assert not half.is_quorate(23, 46)
    assert check_turnout(expected=46, present=24, issued=24, rule=half) == []


def test_more_ballots_back_than_given_out_make_the_vote_void():
    [problem] = check_papers(issued=45, returned=46, valid=44, invalid=2)

    assert "收回46张，比发出45张多1张" in problem.message
    assert problem.hint == "收回多于发出的，投票无效，应当重新投票。"
    [problem] = check_papers(issued=46, returned=45, valid=44, invalid=2)
    assert problem.message == "有效44＋作废2＝46张，比收回45张多1张。"
    assert check_papers(issued=46, returned=46, valid=44, invalid=2) == []


def test_a_row_adds_up_to_the_valid_ballots():
    assert check_row({"yes": 30, "no": 10, "abstain": 4}, 44) == ""
    assert check_row({"yes": 30, "no": 10}, 44) == "赞成30＋反对10＋弃权0＝40，比有效票44少4票。"
    assert check_row({"yes": 50, "no": -1, "abstain": -5}, 44) == "“反对”不能是负数（-1）。"


def test_more_ticks_than_all_valid_ballots_can_bear_are_noticed():
    assert check_ticks([44] * 10, valid=44, seats=10) == ""
    assert "赞成票合计441，比有效票44张×应选10项＝440多1" in check_ticks(
        [*[44] * 10, 1], valid=44, seats=10
    )


def test_ballots_are_counted_one_by_one_and_one_with_too_many_ticks_is_void():
    count = PaperCount.of(3)

    count = count.with_paper((1, 2), (3,), seats=2)
    count = count.with_paper((1,), seats=2)
    count = count.with_paper((1, 2, 3), seats=2)
    count = count.with_paper((1,), (1,), seats=2)

    assert (count.valid, count.void) == (3, 1)
    assert count.rows == {
        1: {"yes": 2, "no": 0, "abstain": 1},
        2: {"yes": 1, "no": 0, "abstain": 2},
        3: {"yes": 0, "no": 1, "abstain": 2},
    }


def test_a_ballot_is_taken_out_again_but_never_one_that_was_not_there():
    count = PaperCount.of(3).with_paper((1, 2), (3,), seats=2).with_paper((1, 2, 3), seats=2)

    less = count.with_paper((1, 2, 3), seats=2, times=-1).with_paper(
        (1, 2), (3,), seats=2, times=-1
    )

    assert less == PaperCount.of(3)
    for ticked in ((1,), (1, 2, 3)):
        with pytest.raises(FieldError, match="没有这样一张票"):
            less.with_paper(ticked, seats=2, times=-1)
    with pytest.raises(FieldError, match="票上没有第4项，序号是1到3"):
        count.with_paper((4,), seats=2)


@given(
    st.lists(st.tuples(st.sets(st.integers(1, 5)), st.sets(st.integers(1, 5))), max_size=30),
    st.integers(1, 4),
)
def test_ballots_counted_one_by_one_always_add_up(papers, seats):
    count = PaperCount.of(5)
    for pro, contra in papers:
        count = count.with_paper(sorted(pro), sorted(contra), seats=seats)

    assert count.valid + count.void == len(papers)
    assert all(check_row(row, count.valid) == "" for row in count.rows.values())
    assert (
        check_ticks([r["yes"] for r in count.rows.values()], valid=count.valid, seats=seats) == ""
    )


def test_a_rule_is_kept_and_read_again_and_says_itself_in_words():
    rule = VoteRule(Quorum.HALF, Majority.PRESENT, Tie.SHOW, "本镇办法", "五当召镇〔2026〕3号")

    assert VoteRule.from_dict(rule.to_dict()) == rule
    assert VoteRule.from_dict({}) == USUAL
    assert "过半数的代表出席，方可投票" in rule.sentences
    assert "赞成票超过到会代表半数的，按得票多少在应选项数以内当选" in rule.sentences
    assert "举手表决" in rule.sentences[-1]
    assert "再次投票以得票多的当选" in VoteRule(is_again=True).sentences


def test_a_ballot_is_typed_as_it_is_read_out():
    assert paper_of("1 3，5、-7") == ((1, 3, 5), (7,))
    assert paper_of(" １２ ") == ((12,), ())
    assert paper_of("0") == ((), ())
    for text, sentence in (
        ("", "请输入赞成的序号"),
        ("1 三", "看不懂“三”"),
        ("1-3", "看不懂“1-3”"),
    ):
        with pytest.raises(FieldError, match=sentence):
            paper_of(text)
