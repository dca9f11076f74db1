"""A topic that came up before: the empty fields can be filled in as they were."""

from datetime import date

import pytest
from PySide6.QtCore import Qt

from deputydesk.models.activity import TrainingForm, TrainingLevel
from deputydesk.models.choices import VisitKind
from deputydesk.operations import trainings, visits
from deputydesk.ui.earlier import Earlier
from deputydesk.ui.pages.visits import VisitsPage
from deputydesk.ui.register_view import RegisterView
from deputydesk.ui.registers.trainings import TRAININGS
from tests import make
from tests.ui.hands import press, show_page, write


@pytest.fixture
def deputies(office):
    home = make.home(office)
    return [make.deputy(office, name=name, home_id=home) for name in ("王伟", "李娜", "张敏")]


@pytest.fixture
def page(desk, deputies, qtbot):
    desk.do(
        visits.register,
        held_on=date(2026, 11, 3),
        kind=VisitKind.LINK_DEPUTIES,
        deputy_ids=tuple(deputies),
        member="赵主席",
        place="村部",
        topic="供水",
        received=7,
    )
    made = VisitsPage(desk)
    show_page(made, desk, qtbot)
    return made


def _name_topic(page, qtbot):
    topic = page.form.field("topic").control
    topic.setFocus()
    write(topic, "供水")
    qtbot.waitUntil(page.earlier.line.isVisible)
    return topic


def test_one_key_fills_what_is_empty_and_neither_day_nor_number_of_people(page, deputies, qtbot):
    topic = _name_topic(page, qtbot)
    assert "王伟、李娜等3人、赵主席、村部" in page.earlier.line.text.text()
    assert page.earlier.line.height() <= page.form.field("topic").control.height() + 4  # one line
    assert page.earlier.line.text.toolTip().endswith("王伟、李娜等3人、赵主席、村部")

    press(topic, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)

    values = page.form.values()
    assert (values["kind"], values["member"]) == (VisitKind.LINK_DEPUTIES, "赵主席")
    assert (values["place"], values["deputy_ids"]) == ("村部", tuple(deputies))
    assert (values["held_on"], values["received"]) == (make.TODAY, 0)
    assert page.member.isVisible()


@pytest.mark.parametrize(
    ("key", "with_"),
    [
        (Qt.Key.Key_Escape, Qt.KeyboardModifier.NoModifier),
        (Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier),
    ],
)
def test_esc_or_undo_takes_the_filling_back_and_offers_it_again(page, qtbot, key, with_):
    topic = _name_topic(page, qtbot)
    press(topic, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    press(topic, key, with_)

    values = page.form.values()
    assert (values["topic"], values["place"], values["deputy_ids"]) == ("供水", "", ())
    assert values["kind"] == VisitKind.RECEPTION
    assert page.earlier.line.button.isVisible()


def test_what_was_typed_is_neither_overwritten_nor_taken_back(page, deputies, qtbot):
    write(page.form.field("place").control, "广场")
    topic = _name_topic(page, qtbot)
    assert "村部" not in page.earlier.line.text.text()
    press(topic, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    write(page.form.field("received").control, "5")
    press(page.form.field("received").control, Qt.Key.Key_Escape)

    values = page.form.values()
    assert (values["place"], values["received"]) == ("广场", 5)
    assert values["deputy_ids"] == tuple(deputies)
    assert page.earlier.line.isHidden()


def test_in_a_list_of_choices_the_key_opens_the_list(page, qtbot):
    _name_topic(page, qtbot)
    combo = page.form.field("method").control
    combo.setFocus()
    press(combo, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)

    assert combo.view().isVisible()
    combo.hidePopup()
    assert page.form.field("place").value() == ""


def test_a_new_form_forgets_and_a_registered_visit_is_left_as_it_is(page, desk, qtbot):
    _name_topic(page, qtbot)
    page.start_new()
    assert page.earlier.line.isHidden()

    page._fill(desk.ask(visits.rows)[0])
    page.earlier.look()
    assert page.earlier.line.isHidden()


def test_a_training_is_filled_in_as_the_last_one_on_its_topic(desk, qtbot):
    desk.do(
        trainings.save,
        topic="履职",
        form=list(TrainingForm)[-1],
        level=next(iter(TrainingLevel)),
        held_on=date(2026, 9, 1),
        teacher="韩教授",
    )
    view = RegisterView(desk, TRAININGS)
    qtbot.addWidget(view)
    view.resize(1190, 690)
    view.show()
    view.refresh()
    write(view.form.field("topic").control, "履职")
    earlier = view.form.findChild(Earlier)
    qtbot.waitUntil(earlier.line.isVisible)

    earlier.line.button.click()

    assert view.form.field("teacher").value() == "韩教授"
    assert view.form.field("form").value() == list(TrainingForm)[-1]
