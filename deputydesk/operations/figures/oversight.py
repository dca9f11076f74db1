"""Figures of pressing suggestions, of the periodic dispatch, and of the procuratorate."""

from sqlalchemy import func

from deputydesk.models import Conversion, Dispatch, Oversight, OversightVisit
from deputydesk.models.conversion import ConversionDirection
from deputydesk.models.oversight import DispatchKind, OversightKind, OversightState
from deputydesk.operations.figures.measures import Measure, Source, Unit, count, share

_pressed = Source(Oversight, Oversight.started_on)
_converted = Source(Conversion, Conversion.screened_on)
_recovered_on = func.coalesce(
    Conversion.rectified_on, Conversion.sued_on, Conversion.issued_on, Conversion.screened_on
)

MEASURES: tuple[Measure, ...] = (
    count("oversight.total", "督办事项", Unit.MATTER, "期内开始督办的建议", _pressed),
    *(
        count(
            f"oversight.kind.{kind.value}",
            kind.label,
            Unit.MATTER,
            f"期内开始、方式为“{kind.label}”的督办事项",
            _pressed.only(Oversight.kind == kind),
        )
        for kind in OversightKind
    ),
    share(
        "oversight.done",
        "督办办结",
        Unit.MATTER,
        "已办结的督办事项÷期内开始督办的",
        _pressed,
        Oversight.state == OversightState.DONE,
    ),
    count(
        "oversight.visits",
        "督办活动",
        Unit.TIME,
        "期内现场督办、座谈、听取汇报等次数",
        Source(OversightVisit, OversightVisit.held_on),
    ),
    *(
        count(
            f"dispatches.{kind.value}",
            kind.label,
            Unit.COURSE,
            f"期内生成的{kind.label}期数",
            Source(Dispatch, Dispatch.last_on, (Dispatch.kind == kind,)),
        )
        for kind in DispatchKind
    ),
    count("conversions.total", "检察衔接事项", Unit.MATTER, "期内筛选的检察衔接事项", _converted),
    *(
        count(
            f"conversions.{direction.value}",
            direction.label,
            Unit.MATTER,
            f"期内筛选、方向为“{direction.label}”的事项",
            _converted.only(Conversion.direction == direction),
        )
        for direction in ConversionDirection
    ),
    share(
        "conversions.filed",
        "检察机关立案",
        Unit.MATTER,
        "已立案÷期内转检察机关的事项",
        _converted.only(Conversion.direction == ConversionDirection.TO_PROCURATORATE),
        Conversion.filed_on.is_not(None),
    ),
    share(
        "conversions.rectified",
        "检察建议整改",
        Unit.MATTER,
        "已整改÷期内筛选并发出检察建议的事项",
        _converted.only(Conversion.issued_on.is_not(None)),
        Conversion.rectified_on.is_not(None),
    ),
    count(
        "conversions.recovered",
        "挽回、追缴金额",
        Unit.MONEY,
        "期内整改到位（未记整改日期的按起诉、发出建议、筛选日期）的事项挽回、追缴的金额",
        Source(Conversion, _recovered_on, weight=Conversion.recovered),
    ),
)
"""In the order of reports."""
