from datetime import date

from deputydesk.models.choices import RejectReason
from deputydesk.operations import local_rules, reject_reasons, reviews, suggestions
from tests import make


def test_the_usual_reasons_are_those_of_the_program(office):
    found = office.ask(reject_reasons.choices, make.TODAY)

    assert [reason for reason, _ in found] == list(RejectReason)
    assert dict(found)[RejectReason.CASE] == "涉及具体司法案件或检举、控告、申诉"


def test_an_offices_own_reason_is_kept_by_its_name(office):
    office.do(
        local_rules.adopt,
        kind=reject_reasons.REASONS,
        name="本镇",
        valid_from=date(2026, 7, 1),
        rule={
            "reasons": [
                {"name": "没有实际内容", "code": "empty"},
                {"name": "一事多议", "code": ""},
                {"name": "个人事项", "code": "private"},
            ]
        },
    )
    _, empty, several, renamed = office.ask(reject_reasons.choices, make.TODAY)
    assert empty[0] is RejectReason.EMPTY
    assert (several[0], renamed[0].label) == ("一事多议", "个人事项")
    assert len(office.ask(reject_reasons.choices, date(2026, 6, 30))) == len(RejectReason)

    suggestion = office.do(
        suggestions.enter,
        headline="修路",
        lead_id=make.deputy(office),
        submitted_on=make.TODAY,
        registered_on=make.TODAY,
    )
    office.do(reviews.reject, suggestion_id=suggestion, reason=several[0])

    detail = office.ask(suggestions.detail, suggestion_id=suggestion, today=make.TODAY)
    assert detail.texts.reject_reason.label == "一事多议"
