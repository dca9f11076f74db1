"""Figures of petitions carried, laws commented on, and assemblies of streets."""

from deputydesk.models import (
    Assembly,
    AssemblyMember,
    EventOpinion,
    LegOpinion,
    LegPerson,
    LegRound,
    Petition,
)
from deputydesk.models.assembly import AssemblyKind
from deputydesk.models.legislation import AdoptionState, LegRole
from deputydesk.operations.figures.measures import (
    Condition,
    Measure,
    Period,
    Source,
    Unit,
    count,
    share,
)
from deputydesk.rules.petition_flow import PetitionState

_petitions = Source(Petition, Petition.reported_on)

PETITIONS: tuple[Measure, ...] = (
    count("petitions.total", "信访代办", Unit.MATTER, "期内受理的信访代办事项", _petitions),
    *(
        count(
            f"petitions.state.{state.value}",
            f"信访代办：{state.label}",
            Unit.MATTER,
            f"期内受理、现处于“{state.label}”的信访代办事项",
            _petitions.only(Petition.state == state),
        )
        for state in PetitionState
    ),
    count(
        "petitions.people",
        "信访代办涉及人数",
        Unit.PERSON_TIME,
        "期内受理的信访代办事项登记的人数之和",
        _petitions.adding(Petition.people),
    ),
    share(
        "petitions.told_in_time",
        "信访按期告知受理",
        Unit.MATTER,
        "在时限内告知受理的÷期内受理、已告知的",
        _petitions.only(Petition.told_on.is_not(None)),
        Petition.told_on <= Petition.told_due_on,
    ),
    share(
        "petitions.answered_in_time",
        "信访按期答复",
        Unit.MATTER,
        "在时限（含批准的延期）内答复的÷期内受理、已答复的",
        _petitions.only(Petition.answered_on.is_not(None)),
        Petition.answered_on <= Petition.due_on,
    ),
    share(
        "petitions.closed",
        "信访代办办结",
        Unit.MATTER,
        "已办结或终结的÷期内受理的信访代办事项",
        _petitions,
        Petition.state.in_((PetitionState.CLOSED, PetitionState.ENDED)),
    ),
)
"""Petitions; nobody's name is in any of them."""


def _helping(period: Period) -> Condition:
    return period.standing(LegPerson.from_on, LegPerson.to_on)


_rounds = Source(LegRound, LegRound.received_on)
_heard = Source(LegOpinion, LegOpinion.given_on)

LEGISLATION: tuple[Measure, ...] = (
    count("leg_rounds.total", "立法意见征集", Unit.ITEM, "期内收到的立法意见征集任务", _rounds),
    count(
        "leg_rounds.people",
        "立法意见征集参加人次",
        Unit.PERSON_TIME,
        "期内收到的立法意见征集任务的座谈参加人次",
        _rounds.adding(LegRound.people),
    ),
    *(
        count(
            f"leg_persons.{role.value}",
            role.label,
            Unit.DEPUTY,
            f"在聘的{role.label}人数",
            Source(LegPerson, where=(LegPerson.role == role,), within=_helping),
        )
        for role in LegRole
    ),
    count(
        "leg_opinions.total", "立法意见", Unit.ENTRY, "期内听取的立法意见条数，合并的也计", _heard
    ),
    share(
        "leg_opinions.fed_back",
        "立法意见反馈",
        Unit.ENTRY,
        "已向提出人反馈的条数÷期内听取的立法意见",
        _heard,
        LegOpinion.fed_back_on.is_not(None),
    ),
    share(
        "leg_opinions.adopted",
        "立法意见采纳",
        Unit.ENTRY,
        "采纳和部分采纳的条数÷期内听取的立法意见",
        _heard,
        LegOpinion.adoption.in_((AdoptionState.ADOPTED, AdoptionState.PARTLY)),
    ),
)
"""Legislation; the stations and collection points stand among the places."""


def _sitting(period: Period) -> Condition:
    return period.standing(AssemblyMember.from_on, AssemblyMember.to_on)


_assemblies = Source(Assembly, Assembly.held_on)
_spoken = Source(
    EventOpinion,
    Assembly.held_on,
    (EventOpinion.event_kind == Assembly.__tablename__,),
    via=((Assembly, Assembly.id == EventOpinion.event_id),),
)

ASSEMBLIES: tuple[Measure, ...] = (
    count(
        "assembly_members.total",
        "议事代表",
        Unit.DEPUTY,
        "在任的社区代表、议事代表人数",
        Source(AssemblyMember, within=_sitting),
    ),
    count("assemblies.total", "议事会议", Unit.TIME, "期内召开的议事会议次数", _assemblies),
    *(
        count(
            f"assemblies.kind.{kind.value}",
            kind.label,
            Unit.TIME,
            f"期内召开的{kind.label}次数",
            _assemblies.only(Assembly.kind == kind),
        )
        for kind in AssemblyKind
    ),
    Measure(
        "assemblies.present",
        "议事会议到会",
        Unit.PERSON_TIME,
        "实到人次÷应到人次",
        (_assemblies.adding(Assembly.present),),
        (_assemblies.adding(Assembly.expected),),
    ),
    count(
        "assemblies.opinions", "议事会议意见", Unit.ENTRY, "期内议事会议上提出的意见条数", _spoken
    ),
)
"""Assemblies of streets."""
