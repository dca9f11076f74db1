"""The way of a livelihood project from being proposed to being judged.

Candidates are chosen by a secret vote of the congress; where there is none (a street, a small
project) the competent organ decides without one (`ADOPT`), with the words of its decision.
"""

from deputydesk.rules.choices import Choice
from deputydesk.rules.flow import Flow, Step


class ProjectState(Choice):
    """Where a project stands."""

    PROPOSED = "proposed", "已征集"
    CANDIDATE = "candidate", "候选"
    DROPPED = "dropped", "未列入候选"
    CHOSEN = "chosen", "已确定"
    LOST = "lost", "票决落选"
    BUILDING = "building", "实施中"
    DONE = "done", "已完成"
    JUDGED = "judged", "已测评"


class ProjectStep(Choice):
    """What can be done with it."""

    SHORTLIST = "shortlist", "列为候选"
    DROP = "drop", "不列入候选"
    CHOOSE = "choose", "票决入选"
    LOSE = "lose", "票决落选"
    ADOPT = "adopt", "决定实施"
    START = "start", "开工"
    CHANGE = "change", "调整项目"
    FINISH = "finish", "完成"
    JUDGE = "judge", "满意度测评"
    RECTIFY = "rectify", "整改"


DECIDED = (
    ProjectState.CHOSEN,
    ProjectState.BUILDING,
    ProjectState.DONE,
    ProjectState.JUDGED,
)
"""States of a project that is to be carried out: these are counted as projects of a year."""

_S = ProjectState
_T = ProjectStep

PROJECT = Flow(
    "民生实事项目",
    (
        Step(_T.SHORTLIST, (_S.PROPOSED,), _S.CANDIDATE),
        Step(_T.DROP, (_S.PROPOSED, _S.CANDIDATE), _S.DROPPED),
        Step(_T.CHOOSE, (_S.CANDIDATE,), _S.CHOSEN),
        Step(_T.LOSE, (_S.CANDIDATE,), _S.LOST),
        Step(_T.ADOPT, (_S.PROPOSED, _S.CANDIDATE), _S.CHOSEN),
        Step(_T.START, (_S.CHOSEN,), _S.BUILDING),
        Step(_T.CHANGE, (_S.CHOSEN, _S.BUILDING)),
        Step(_T.FINISH, (_S.BUILDING,), _S.DONE),
        Step(_T.JUDGE, (_S.BUILDING, _S.DONE, _S.JUDGED), _S.JUDGED),
        Step(_T.RECTIFY, (_S.JUDGED,)),
    ),
)


class VoteState(Choice):
    """How far a vote is."""

    PREPARED = "prepared", "准备中"
    COUNTED = "counted", "已计票"
    ANNOUNCED = "announced", "已公布"
