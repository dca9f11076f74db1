"""What the kind of an office decides: its organ, who assigns, whose deputies sit there.

A street has no congress of its own: its 人大工委 is a working organ of the district's standing
committee and serves district deputies (地方组织法 第五十九条); a town, township or sumu has a
presidium (第十八、十九条).

Instead of a congress a street may have an assembly of its own (社区代表会议, 民主议政): a street's
office keeps it, its district sees those of all its streets, a town's office never has one.
"""

from deputydesk.late import dataclass

TOWNS = ("town", "township", "sumu")


@dataclass(frozen=True)
class Organ:
    """How an office calls itself on screen and paper."""

    short: str
    full: str
    assigner: str
    own_level: str
    has_congress: bool
    has_assembly: bool = False


def organ_of(kind: str, name: str, district: str) -> Organ:
    """The organ of an office of this kind.

    Args:
        kind: value of `OfficeKind`.
        name: the place, such as 五当召镇.
        district: the district above it; empty for an office of a district.
    """
    whole = name if name.startswith(district) else district + name
    if kind in TOWNS:
        return Organ(
            short=f"{name}人大主席团",
            full=f"{whole}人民代表大会主席团",
            assigner="人大主席团",
            own_level="town",
            has_congress=True,
        )
    if kind == "street":
        return Organ(
            short=f"{name}人大工委",
            full=f"{district}人大常委会{name}工作委员会",
            assigner=f"{district}人大常委会代表工作机构",
            own_level="district",
            has_congress=False,
            has_assembly=True,
        )
    return Organ(
        short=f"{name}人大常委会",
        full=f"{name}人民代表大会常务委员会",
        assigner="人大常委会代表工作机构",
        own_level="district",
        has_congress=True,
        has_assembly=True,
    )
