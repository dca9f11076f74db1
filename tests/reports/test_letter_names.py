"""Whom papers of a suggestion name: all who signed, in official order; nobody against his wish."""

from datetime import date

from deputydesk.operations import extensions, feedbacks, reviews, suggestions, urgings
from tests import make
from tests.operations.case import Case
from tests.reports.live import printed


def test_who_signed_stands_in_official_order_on_every_paper(office, tmp_path):
    case = Case.entered(office)
    names = ("赵㛃", "丁一", "王伟")
    office.do(
        suggestions.edit,
        suggestion_id=case.id,
        cosigner_ids=tuple(make.deputy(office, name=name) for name in names),
    )
    office.do(reviews.accept, suggestion_id=case.id, reviewed_on=date(2026, 3, 2))
    case.give(main_id=case.main)
    case.sign(case.main)
    case.answer(case.main)
    office.clock = make.at(make.NOW.replace(year=2026, month=5, day=21))
    sent = office.do(feedbacks.send, suggestion_id=case.id)

    form = printed(office, tmp_path, "feedback_form", record_id=sent)[0]
    letters = "".join(
        printed(office, tmp_path, "reply_letter", record_id=case.detail.replies[0].id, paper="each")
    )

    assert "丁一、王伟、赵㛃" in form
    places = [letters.index(f"{name}代表：") for name in ("丁一", "王伟", "赵㛃")]
    assert places == sorted(places)


def test_a_deputy_who_wishes_not_to_be_named_is_not_named_to_the_units(office, tmp_path):
    case = Case.handled(office)
    office.do(suggestions.flag, suggestion_id=case.id, confidential=True)
    urging = office.do(urgings.urge, suggestion_id=case.id, urged_on=date(2026, 7, 1))
    office.clock = make.at(make.NOW.replace(year=2026, month=5, day=20))
    wish = office.do(extensions.ask, assignment_id=case.of(case.main).id, reason="跨年度工程")

    given = "".join(printed(office, tmp_path, "assign_notice", record_id=case.id))
    urged = "".join(printed(office, tmp_path, "urging_notice", record_id=urging))
    wished = "".join(printed(office, tmp_path, "extension_form", record_id=wish))

    met = "".join(printed(office, tmp_path, "meeting_record", record_id=case.id))
    faced = "".join(printed(office, tmp_path, "face_reply_record", record_id=case.id))

    for said in (given, urged, wished, met, faced):
        assert "赵春梅" not in said
    assert "1名代表提出的《关于打通断头路的建议》" in given
    assert "答复送五当召镇人大主席团转交" in given
    assert all("（保密）" in said for said in (wished, met, faced))
