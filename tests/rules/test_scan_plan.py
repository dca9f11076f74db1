"""What a run asks, and how what was ticked is counted."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deputydesk.rules.satisfaction import Option
from deputydesk.rules.scan_plan import BLANK, VOID, Paper, Plan, Question, check, count

GRADES = (Option("yes", "满意"), Option("mostly", "基本满意"), Option("no", "不满意"))
ANSWERS = st.sampled_from(["yes", "mostly", "no", BLANK, VOID])


def plan(*sizes, capped="", most=0):
    return Plan(
        tuple(
            tuple(Question(f"p{page}r{row}", f"代表{row}", GRADES) for row in range(size))
            for page, size in enumerate(sizes, start=1)
        ),
        capped,
        most,
    )


@given(st.lists(st.integers(1, 5), min_size=1, max_size=3), st.integers(0, 9))
def test_a_plan_is_kept_as_it_was_printed(sizes, most):
    printed = plan(*sizes, capped="yes", most=most)

    assert Plan.from_dict(printed.to_dict()) == printed
    assert printed.question(len(sizes), 0).id == f"p{len(sizes)}r0"


def test_answers_are_said_in_the_words_of_the_paper():
    question = plan(1).question(1, 0)

    words = [question.words(answer) for answer in ("yes", BLANK, VOID)]
    assert words == ["满意", "空白", "无效"]


@given(st.lists(st.tuples(ANSWERS, ANSWERS), max_size=12), st.integers(0, 3))
def test_every_valid_paper_is_counted_once_in_each_row(read, missing):
    papers = [Paper(1, answers) for answers in read]
    valid = len(papers) + missing

    found = count(plan(2), papers, valid=valid)

    for row, key in enumerate(("p1r0", "p1r1")):
        given_here = [answers[row] for answers in read]
        assert found[key].counts["yes"] == given_here.count("yes")
        assert sum(found[key].counts.values()) + found[key].void == valid


def test_a_void_paper_gives_nobody_anything():
    papers = [Paper(1, ("yes",)), Paper(1, ("yes",), is_void=True)]

    found = count(plan(1), papers, valid=1)

    assert (found["p1r0"].counts["yes"], found["p1r0"].void) == (1, 0)


def test_more_ticks_than_seats_make_a_paper_void():
    vote = plan(3, capped="yes", most=2)

    assert vote.is_over(("yes", "yes", "yes"))
    assert not vote.is_over(("yes", "yes", BLANK))
    assert not plan(3).is_over(("yes", "yes", "yes"))


BOX = (Option("yes", "选"),)


def capped(most):
    rows = tuple(Question(key, key, BOX) for key in ("q1.a", "q1.b", "q1.c", "q2.a", "q2.b"))
    return Plan((rows,), caps={"q1": most})


def test_more_ticks_than_a_question_allows_make_that_question_void_on_that_paper():
    over, within = ("yes", "yes", "yes", "yes", "yes"), ("yes", BLANK, "yes", BLANK, "yes")

    found = count(capped(2), [Paper(1, over), Paper(1, within)], valid=2)

    ticked = {key: each.counts["yes"] for key, each in found.items()}
    assert ticked == {"q1.a": 1, "q1.b": 0, "q1.c": 1, "q2.a": 1, "q2.b": 2}
    assert found["q1.b"].void == 2


@given(st.lists(st.booleans(), min_size=5, max_size=5), st.integers(1, 3))
def test_only_rows_of_the_question_that_is_over_are_said(ticked, most):
    over = capped(most).over_rows(1, ticked)

    assert over == (frozenset({0, 1, 2}) if sum(ticked[:3]) > most else frozenset())


def test_the_caps_of_questions_are_kept_as_they_were_printed():
    assert Plan.from_dict(capped(2).to_dict()) == capped(2)
    assert "caps" not in plan(1).to_dict()


def said(papers, *, pages=1, issued=10, returned=3, invalid=0, explanation=""):
    problems = check(
        plan(*[1] * pages),
        papers,
        issued=issued,
        returned=returned,
        invalid=invalid,
        explanation=explanation,
    )
    return [problem.message for problem in problems]


def test_pages_must_be_as_many_as_papers_that_count():
    three = [Paper(1, ("yes",))] * 3

    assert said(three) == []
    assert said(three, returned=2) == ["第1页读到3张，比有效票2张多1张。"]
    assert said(three, returned=4) == ["第1页读到3张，比有效票4张少1张。"]
    assert said(three, returned=4, explanation="一张撕破，机器卡住") == []
    assert said(three, issued=2) == ["收回3张，比发出2张多1张。"]


def test_a_void_paper_is_among_the_invalid_ones():
    papers = [Paper(1, ("yes",)), Paper(1, ("yes",)), Paper(1, ("yes",), is_void=True)]

    assert said(papers, invalid=1) == []
    assert said(papers) == ["读票中作废了1张，填写的无效票只有0张。"]


@pytest.mark.parametrize("page", [1, 2])
def test_of_two_pages_a_void_one_is_void_in_its_rows_only(page):
    papers = [
        Paper(number, ("yes",), is_void=number == page and again)
        for number in (1, 2)
        for again in (False, True)
    ]

    assert said(papers, pages=2, returned=2) == []
    found = count(plan(1, 1), papers, valid=2)
    assert (found[f"p{page}r0"].counts["yes"], found[f"p{page}r0"].void) == (1, 1)
