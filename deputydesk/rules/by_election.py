"""When a by-election is valid and who has won it (选举法 第四十四、四十五条).

Voters of a constituency elect directly: more than half of them must take part, and the winner
needs more than half of those who took part. A congress elects the deputies of the one above it:
there the winner needs more than half of all its deputies.
"""

from dataclasses import dataclass

from deputydesk.errors import FieldError

LAW_CAST = "选举法第四十四条"
LAW_ELECTED = "选举法第四十五条"


@dataclass(frozen=True)
class Ballots:
    """The count of a by-election.

    Args:
        voters: how many may vote: voters of the constituency, or deputies of the congress.
        issued: ballots handed out.
        returned: ballots cast: how many took part.
        valid: valid ballots among them.
        winner_votes: votes for whom the most voted.
    """

    voters: int
    issued: int
    returned: int
    valid: int
    winner_votes: int


def check(ballots: Ballots, *, direct: bool = True) -> None:
    """Refuse a count that cannot be, or that elects nobody.

    Args:
        ballots: the count.
        direct: voters elect; else a congress does.

    Raises:
        FieldError: says which number is wrong, or what was not reached, and by which article.
    """
    _check_order(ballots)
    if not direct:
        if ballots.winner_votes * 2 <= ballots.voters:
            raise FieldError(
                "winner_votes",
                f"得票{ballots.winner_votes}张，没有超过全体代表{ballots.voters}人的半数，"
                f"不能当选（{LAW_ELECTED}）。",
                hint="请再次组织补选。",
            )
        return
    if ballots.returned * 2 <= ballots.voters:
        raise FieldError(
            "returned",
            f"参加投票{ballots.returned}人，没有超过全体选民{ballots.voters}人的半数，"
            f"选举无效（{LAW_ELECTED}）。",
            hint="请再次组织补选。",
        )
    if ballots.winner_votes * 2 <= ballots.returned:
        raise FieldError(
            "winner_votes",
            f"得票{ballots.winner_votes}张，没有超过参加投票的{ballots.returned}人的半数，"
            f"不能当选（{LAW_ELECTED}）。",
            hint="请再次组织补选。",
        )


def _check_order(ballots: Ballots) -> None:
    if ballots.voters < 1:
        raise FieldError("voters", "请填写选民数。")
    if ballots.issued > ballots.voters:
        raise FieldError("issued", f"发出票数不能多于选民数（{ballots.voters}）。")
    if ballots.returned > ballots.issued:
        raise FieldError(
            "returned",
            f"收回票数多于发出票数（{ballots.issued}），选举无效（{LAW_CAST}）。",
            hint="请核对票数；确实多出的，应当重新投票。",
        )
    if ballots.valid > ballots.returned:
        raise FieldError("valid", f"有效票数不能多于收回票数（{ballots.returned}）。")
    if ballots.winner_votes > ballots.valid:
        raise FieldError("winner_votes", f"得票不能多于有效票数（{ballots.valid}）。")
    if min(ballots.issued, ballots.returned, ballots.valid, ballots.winner_votes) < 0:
        raise FieldError("issued", "票数不能小于0。")
