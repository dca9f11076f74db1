"""What a run of papers to tick asks, page by page, and how what was ticked is counted.

A run keeps its plan as it was printed: who stood on the ballot later never changes what was read.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Self

from deputydesk.errors import FieldError
from deputydesk.rules.satisfaction import Option, check_ballots

BLANK, VOID = "blank", "void"
"""Answers beside the options: nothing was ticked; it cannot be counted."""
WORDS = {BLANK: "空白", VOID: "无效"}


@dataclass(frozen=True)
class Question:
    """A row of boxes: the record it is about, what is printed beside it, what can be ticked."""

    id: str
    name: str
    options: tuple[Option, ...]

    def words(self, answer: str) -> str:
        """An answer as people say it."""
        said = {option.id: option.label for option in self.options}
        return said.get(answer) or WORDS.get(answer, answer)


@dataclass(frozen=True)
class Plan:
    """The questions of each page, in the order of the rows.

    Args:
        pages: questions by page.
        capped: the option that may be ticked only so often on a paper; empty where none is.
        most: how often.
        caps: how many rows may be ticked of a question whose options are rows, each of one box
            and called by the question and the option: `q2.a`.
    """

    pages: tuple[tuple[Question, ...], ...]
    capped: str = ""
    most: int = 0
    caps: Mapping[str, int] = field(default_factory=dict[str, int])

    @classmethod
    def from_dict(cls, stored: Mapping[str, Any]) -> Self:  # Any: what JSON holds
        """The plan as a run keeps it."""
        return cls(
            tuple(
                tuple(
                    Question(
                        row["id"],
                        row["name"],
                        tuple(Option(value, label) for value, label in row["options"]),
                    )
                    for row in page
                )
                for page in stored.get("pages", ())
            ),
            stored.get("capped", ""),
            stored.get("most", 0),
            stored.get("caps", {}),
        )

    def to_dict(self) -> dict[str, Any]:  # Any: what JSON holds
        """The plan as a run keeps it."""
        return {
            "pages": [
                [
                    {
                        "id": question.id,
                        "name": question.name,
                        "options": [[option.id, option.label] for option in question.options],
                    }
                    for question in page
                ]
                for page in self.pages
            ],
            "capped": self.capped,
            "most": self.most,
        } | ({"caps": dict(self.caps)} if self.caps else {})

    def question(self, page: int, row: int) -> Question:
        """The question of a row; pages are counted from 1, rows from 0."""
        return self.pages[page - 1][row]

    @property
    def needs_whole_papers(self) -> bool:
        """Whether a paper counts only as a whole, though nobody can say which pages are one."""
        asked = sum(map(len, self.pages))
        return bool(self.capped) and len(self.pages) > 1 and self.most < asked

    def is_over(self, answers: Iterable[str]) -> bool:
        """Whether more was ticked on a paper than may be: then the whole paper is void."""
        return bool(self.capped) and sum(a == self.capped for a in answers) > self.most

    def over_rows(self, page: int, ticked: Sequence[bool]) -> frozenset[int]:
        """The rows of questions of which more is ticked than may be: there they are void."""
        rows: dict[str, list[int]] = {}
        for row, question in enumerate(self.pages[page - 1] if self.caps else ()):
            rows.setdefault(question.id.partition(".")[0], []).append(row)
        most = {key: self.caps.get(key, len(held)) for key, held in rows.items()}
        over = (held for key, held in rows.items() if sum(ticked[r] for r in held) > most[key])
        return frozenset(row for each in over for row in each)


@dataclass(frozen=True)
class Paper:
    """A page that came back: its number, the answer of each row; a void one counts for nobody."""

    page: int
    answers: tuple[str, ...]
    is_void: bool = False


@dataclass(frozen=True)
class Count:
    """What one question got: papers by option, and those blank or void in this row."""

    counts: Mapping[str, int]
    void: int


def count(plan: Plan, papers: Sequence[Paper], *, valid: int) -> dict[str, Count]:
    """What each question got, by its id.

    A page that did not come back, or is void, counts as void in its rows.

    Args:
        plan: what was asked.
        papers: the pages that came back.
        valid: papers that count.
    """
    found: dict[str, Count] = {}
    for number, questions in enumerate(plan.pages, start=1):
        counting = [
            _without_over(plan, paper)
            for paper in papers
            if paper.page == number and not paper.is_void
        ]
        for row, question in enumerate(questions):
            given = [paper.answers[row] for paper in counting]
            counts = {option.id: given.count(option.id) for option in question.options}
            found[question.id] = Count(counts, valid - sum(counts.values()))
    return found


def _without_over(plan: Plan, paper: Paper) -> Paper:
    """The paper, void in the questions of which too much is ticked."""
    over = plan.over_rows(paper.page, [answer not in WORDS for answer in paper.answers])
    answers = (VOID if row in over else answer for row, answer in enumerate(paper.answers))
    return replace(paper, answers=tuple(answers)) if over else paper


def check(
    plan: Plan,
    papers: Sequence[Paper],
    *,
    issued: int,
    returned: int,
    invalid: int,
    explanation: str,
) -> list[FieldError]:
    """What does not agree among papers issued, returned, scanned, void; empty when all does.

    A page that is missing must be explained; more pages than papers cannot be. Of papers of
    several pages nobody can say which belong together, so a void page is void in its rows only.
    """
    valid = returned - invalid
    problems = check_ballots(issued=issued, returned=returned, valid=valid, invalid=invalid)
    if problems:
        return problems
    whole = len(plan.pages) == 1
    void = sum(paper.is_void for paper in papers)
    if whole and void > invalid:
        text = f"读票中作废了{void}张，填写的无效票只有{invalid}张。"
        return [FieldError("invalid", text, hint="请改正无效票数，或者恢复作废的票。")]
    read = dict.fromkeys(range(1, len(plan.pages) + 1), 0)
    for paper in papers:
        read[paper.page] += not (whole and paper.is_void)
    found = (_off(page, number, valid, explanation) for page, number in read.items())
    return [problem for problem in found if problem]


def _off(page: int, read: int, valid: int, explanation: str) -> FieldError | None:
    if read > valid:
        text = f"第{page}页读到{read}张，比有效票{valid}张多{read - valid}张。"
        return FieldError("returned", text, hint="请点“找重复”并排查看，或者改正收回票数。")
    if read < valid and not explanation.strip():
        text = f"第{page}页读到{read}张，比有效票{valid}张少{valid - read}张。"
        hint = "请补扫；确实缺的，在“说明”里写明原因，缺的按空白计。"
        return FieldError("explanation", text, hint=hint)
    return None
