"""Several records saved in one step."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from deputydesk.errors import NotAllowed, UserError
from deputydesk.models import Training
from deputydesk.models.activity import TrainingForm, TrainingLevel
from deputydesk.office import Right, operation
from deputydesk.operations import batches, trainings
from deputydesk.operations.batches import Fault, Refused
from tests import make


def row(topic="预算审查", held_on=date(2026, 3, 5), **more) -> dict[str, Any]:  # Any: arguments
    usual = {"form": TrainingForm.CLASSROOM, "level": TrainingLevel.TOWN}
    return {"held_on": held_on, "topic": topic, **usual, **more}


def all_topics(office):
    return [r.topic for r in office.ask(trainings.rows, year=None)]


def test_all_are_registered_and_one_undo_takes_all_back(office):
    office.do(
        batches.register, save=trainings.save, rows=(row("甲"), row("乙"), row("丙")), what="培训"
    )
    assert sorted(all_topics(office)) == sorted(["甲", "乙", "丙"])

    assert office.undo().text == "批量登记（培训 3条）"

    assert all_topics(office) == []
    assert office.redo().text == "批量登记（培训 3条）"
    assert len(all_topics(office)) == 3
    assert office.check() == []


def test_every_refused_one_is_named_and_none_is_kept(office):
    with pytest.raises(Refused, match="第2条") as refused:
        office.do(
            batches.register,
            save=trainings.save,
            rows=(row("甲"), row(""), row("丙"), row("丁", date(2030, 1, 1))),
            what="培训",
        )

    assert [(f.row, f.field) for f in refused.value.faults] == [(1, "topic"), (3, "held_on")]
    assert all(f.sentence.endswith("。") for f in refused.value.faults)
    assert all_topics(office) == []
    assert office.check() == []


def test_a_change_refused_half_way_leaves_every_record_as_it_was(office):
    ids = [office.do(trainings.save, **row(topic)) for topic in ("甲", "乙")]
    rows = (
        {"record_id": ids[0], **row("甲甲")},
        {"record_id": "gone", **row("乙乙")},
    )

    with pytest.raises(Refused) as refused:
        office.do(batches.change, save=trainings.save, rows=rows, what="培训")

    assert refused.value.faults[0].field == ""
    assert isinstance(refused.value.faults[0], Fault)
    assert sorted(all_topics(office)) == sorted(["甲", "乙"])


def test_changes_are_one_step_with_a_name(office):
    ids = [office.do(trainings.save, **row(topic)) for topic in ("甲", "乙")]
    rows = tuple({"record_id": i, **row("丙")} for i in ids)

    office.do(batches.change, save=trainings.save, rows=rows, what="培训的“主题”")

    assert all_topics(office) == ["丙", "丙"]
    assert office.undo().text == "批量修改（培训的“主题” 2条）"
    assert sorted(all_topics(office)) == sorted(["甲", "乙"])


def test_who_may_not_do_it_once_may_not_do_it_often(office):
    office.user = replace(office.user, rights=frozenset({Right.REGISTER}))
    handle = replace(trainings.save, right=Right.HANDLE)

    with pytest.raises(NotAllowed, match="登记培训"):
        office.do(batches.register, save=handle, rows=(row(),), what="培训")


def test_a_record_half_made_does_not_disturb_the_others(office):
    make.home(office)

    @operation(Right.REGISTER, "半途而废")
    def give_up(tx, *, topic):
        made = trainings.save(tx, **row(topic))
        if topic == "坏":
            found = tx.session.get(Training, made)
            found.topic = "改了一半"
            tx.session.add(Training(topic="多出来的"))
            raise UserError("不行。")

    with pytest.raises(Refused) as refused:
        office.do(
            batches.register, save=give_up, rows=({"topic": "坏"}, {"topic": "好"}), what="培训"
        )

    assert [f.row for f in refused.value.faults] == [0]
    assert all_topics(office) == []
