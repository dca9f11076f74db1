"""Forms: names from the model, keys, errors at their place, drafts."""

import os
import subprocess
import sys
from dataclasses import dataclass
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from deputydesk.errors import FieldError
from deputydesk.models import Visit
from deputydesk.models.choices import VisitKind
from deputydesk.operations import visits
from deputydesk.ui.choices import Candidate
from deputydesk.ui.date_field import DateField
from deputydesk.ui.fields import ChoiceField, LongTextField, NumberField, TextField
from deputydesk.ui.form import Form, FormDialog
from deputydesk.ui.pickers import PickField, PickManyField
from tests import make
from tests.ui import hands


@pytest.fixture
def home(office):
    return make.home(office, name="五当召镇代表之家")


@pytest.fixture
def deputy(office):
    return make.deputy(office, name="王伟")


@pytest.fixture
def make_form(qtbot, desk, home, deputy):
    def made(*, is_alone: bool = True) -> Form:
        form = Form(
            desk,
            "visit",
            (
                DateField("held_on"),
                ChoiceField("kind", VisitKind),
                PickField("home_id", lambda: [Candidate(home, "五当召镇代表之家")]),
                PickManyField("deputy_ids", lambda: [Candidate(deputy, "王伟")], label="接待代表"),
                NumberField("received"),
                TextField("topic"),
                LongTextField("note"),
            ),
            model=Visit,
            keep=("held_on", "kind", "home_id"),
        )
        if is_alone:
            qtbot.addWidget(form)
            form.resize(400, 600)
            form.show()
        return form

    return made


@pytest.fixture
def form(make_form):
    return make_form()


def test_names_come_from_the_model(form):
    assert form.field("held_on").control.accessibleName() == "日期"
    assert form.field("received").control.accessibleName() == "接待人次"
    assert form.field("deputy_ids").control.accessibleName() == "接待代表"


def test_values_are_the_arguments_of_the_operation(form, desk, home, deputy):
    form.start(held_on=desk.today, home_id=home, deputy_ids=(deputy,))
    form.set_values({"received": 3, "topic": "供水"})

    visit_id = desk.do(visits.register, **form.values())

    row = desk.ask(visits.rows, visit_id=visit_id)[0]
    assert (row.held_on, row.home_id, row.received, row.topic) == (desk.today, home, 3, "供水")


def test_every_wrong_field_is_marked_and_the_first_is_raised(form):
    form.start()
    hands.write(form.field("held_on").control, "没有")
    hands.write(form.field("received").control, "几个")

    with pytest.raises(FieldError) as raised:
        form.values()

    assert raised.value.field == "held_on"
    assert form.field("held_on").error()
    assert form.field("received").error() == "接待人次应当是整数。"


def test_what_the_operation_refuses_is_shown_at_its_field(form, desk, home, qtbot, shown_errors):
    form.start(held_on=date(2026, 11, 30), home_id=home)
    save = form.add_button("保存", primary=True)

    class Saver(QWidget):
        def save(self) -> None:
            desk.do(visits.register, **form.values())

    saver = Saver()
    qtbot.addWidget(saver)
    save.clicked.connect(saver.save)
    save.click()

    assert form.field("held_on").error() == "日期不能晚于今天（2026年11月23日）。"
    assert shown_errors == []
    assert desk.ask(visits.rows) == []


def test_enter_goes_to_the_next_field(form, qtbot):
    form.start(held_on=date(2026, 11, 20))
    with qtbot.waitActive(form):
        form.activateWindow()
    form.field("received").control.setFocus()
    hands.press(form.field("received").control, Qt.Key.Key_Return)

    assert QApplication.focusWidget() is form.field("topic").control


def test_ctrl_enter_saves_from_any_field_also_from_long_text(form, qtbot):
    form.start()
    with qtbot.waitActive(form):
        form.activateWindow()
    for name in ("topic", "note"):
        form.field(name).control.setFocus()
        with qtbot.waitSignal(form.save_next):
            hands.press_ctrl(form.field(name).control, Qt.Key.Key_Return)

    assert form.field("note").value() == ""


def test_the_next_of_a_batch_keeps_date_home_and_kind(form, home, deputy):
    form.start(held_on=date(2026, 11, 20), home_id=home, deputy_ids=(deputy,))
    form.set_values({"kind": VisitKind.POLICY, "topic": "供水", "received": 3})

    form.start_next()

    values = form.values()
    assert values["held_on"] == date(2026, 11, 20)
    assert (values["home_id"], values["kind"]) == (home, VisitKind.POLICY)
    assert (values["deputy_ids"], values["topic"], values["received"]) == ((), "", 0)


def test_typing_begins_at_the_first_empty_field(form, home, qtbot):
    with qtbot.waitActive(form):
        form.activateWindow()
    form.start(held_on=date(2026, 11, 20), home_id=home)

    assert QApplication.focusWidget() is form.field("deputy_ids").control.line


def test_a_row_is_shown_to_be_changed(form, office, desk, home, deputy):
    visit_id = make.visit(office, home, deputy, received=7)

    form.show_row(desk.ask(visits.rows, visit_id=visit_id)[0])

    assert form.values()["received"] == 7
    assert form.values()["deputy_ids"] == (deputy,)
    assert not form.is_edited


def test_what_was_typed_survives_a_crash(make_form):
    before = make_form()
    before.start(held_on=date(2026, 11, 20))
    hands.write(before.field("topic").control, "旧区供水")
    before.field("topic").control.left.emit()
    before.close()

    after = make_form()
    after.start(held_on=date(2026, 11, 23))
    offered = after._notice.text()
    after._notice.restored.emit()

    assert offered == "11月23日 09:00有没保存的内容"
    assert after.values()["topic"] == "旧区供水"
    assert after.values()["held_on"] == date(2026, 11, 20)
    assert after._notice.isHidden()


def test_a_draft_not_wanted_is_gone(make_form):
    before = make_form()
    before.start()
    hands.write(before.field("topic").control, "旧区供水")
    before.field("topic").control.left.emit()

    after = make_form()
    after.start()
    after._notice.dropped.emit()

    assert after._notice.isHidden()
    third = make_form()
    third.start()
    assert third._notice.isHidden()


def test_what_was_saved_is_not_offered(make_form):
    form = make_form()
    form.start()
    hands.write(form.field("topic").control, "旧区供水")
    form.field("topic").control.left.emit()
    form.start_next()
    form.start()

    assert form._notice.isHidden()


def test_a_draft_of_a_changed_record_is_offered_at_that_record_only(
    form, office, desk, home, deputy
):
    ids = [make.visit(office, home, deputy), make.visit(office, home, deputy)]
    rows = [desk.ask(visits.rows, visit_id=i)[0] for i in ids]
    form.show_row(rows[0])
    hands.write(form.field("topic").control, "供水")
    form.field("topic").control.left.emit()
    form.show_row(rows[1])
    at_other = form._notice.isHidden()
    form.show_row(rows[0])

    assert at_other
    assert not form._notice.isHidden()


def test_a_damaged_draft_is_no_draft(make_form, desk):
    folder = desk.folder / "drafts"
    folder.mkdir(parents=True)
    (folder / "visit-new.json").write_text("{", encoding="utf-8")
    form = make_form()
    form.start()

    assert form._notice.isHidden()


def test_fields_stand_below_each_other_where_it_is_narrow(form, qtbot):
    kind, held_on = form.field("kind"), form.field("held_on")

    form.resize(250, 700)
    qtbot.waitUntil(lambda: kind.pos().x() == held_on.pos().x())
    form.resize(500, 700)
    qtbot.waitUntil(lambda: kind.pos().x() > held_on.pos().x())

    assert kind.pos().y() == held_on.pos().y()


@dataclass
class Asked:
    """What a dialog gave to save."""

    values: dict[str, object]

    def save(self, **values):
        if not values["topic"]:
            raise FieldError("topic", "请填写主题。")
        self.values |= values


@pytest.fixture
def asked():
    return Asked({})


@pytest.fixture
def dialog(make_form, asked, qtbot):
    form = make_form(is_alone=False)
    form.start(held_on=date(2026, 11, 20))
    owner = QWidget()
    qtbot.addWidget(owner)
    made = FormDialog(owner, "登记", form, asked.save, save_text="登记")
    made.open()
    yield made
    owner.close()


def test_a_dialog_closes_when_it_was_done(dialog, asked, qtbot):
    form = dialog.form
    hands.write(form.field("topic").control, "供水")
    with qtbot.waitSignal(dialog.accepted):
        form.save_next.emit()

    assert asked.values["topic"] == "供水"


def test_a_dialog_stays_when_it_was_refused(dialog, shown_errors):
    form = dialog.form
    form.save_next.emit()

    assert dialog.isVisible()
    assert form.field("topic").error() == "请填写主题。"
    assert shown_errors == []


def test_escape_by_mistake_loses_nothing(dialog, make_form, desk, qtbot):
    said = []
    desk.said.connect(said.append)
    hands.write(dialog.form.field("topic").control, "供水")
    hands.write(dialog.form.field("note").control, "写了很久的一段话")
    with qtbot.waitSignal(dialog.rejected):
        hands.press(dialog, Qt.Key.Key_Escape)

    again = make_form()
    again.start()
    assert not again._notice.isHidden()
    again._notice.restored.emit()
    assert again.field("note").value() == "写了很久的一段话"
    assert said == ["没有保存的内容留作草稿，下次打开时可以恢复"]


def test_a_dialog_closed_without_typing_leaves_no_draft(dialog, make_form, qtbot):
    with qtbot.waitSignal(dialog.rejected):
        dialog.reject()

    again = make_form()
    again.start()
    assert again._notice.isHidden()


def test_a_draft_nobody_came_back_for_is_forgotten(make_form, desk):
    folder = desk.folder / "drafts"
    folder.mkdir(parents=True)
    old = folder / "move.x-1.json"
    old.write_text("{}", encoding="utf-8")
    os.utime(old, (0, 0))
    form = make_form()
    form.start()
    hands.write(form.field("topic").control, "供水")
    form.field("topic").control.left.emit()

    assert not old.exists()
    assert [file.name for file in folder.iterdir()] == ["visit-new.json"]


def test_a_disk_that_refuses_costs_only_the_draft(make_form, desk):
    (desk.folder).mkdir(parents=True, exist_ok=True)
    (desk.folder / "drafts").write_text("no folder", encoding="utf-8")
    form = make_form()
    form.start()
    hands.write(form.field("topic").control, "供水")

    assert not form.keep_draft()
    assert form.field("topic").value() == "供水"


CHILD = """
import os, signal, sys
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
app = QApplication([])
from deputydesk.ui import style
style.apply(app, style.LIGHT, 1.0)
from deputydesk.ui.desk import Desk
from deputydesk.ui.fields import LongTextField, TextField
from deputydesk.ui.form import Form
from tests import make
from tests.ui import hands
fields = (TextField("topic"), LongTextField("note"))
form = Form(Desk(Path(sys.argv[1]), make.at()), "visit", fields)
form.start()
form.show()
hands.write(form.field("topic").control, "旧区供水")
hands.write(form.field("note").control, "还在写这一")
form._saver.timeout.connect(lambda: os.kill(os.getpid(), signal.SIGKILL))
app.exec()
"""


def test_what_was_being_typed_when_the_program_was_killed_is_offered(make_form, desk):
    """Killed in the middle of a field, which was never left."""
    killed = subprocess.run([sys.executable, "-c", CHILD, str(desk.folder)], check=False)
    assert killed.returncode != 0

    form = make_form()
    form.start()
    form._notice.restored.emit()

    assert form.field("topic").value() == "旧区供水"
    assert form.field("note").value() == "还在写这一"


def test_a_dialog_shows_all_its_fields_where_the_screen_has_room(desk, qtbot):
    parent = QWidget()
    qtbot.addWidget(parent)
    form = Form(desk, "long", [TextField(f"field{n}", label="名称", wide=True) for n in range(10)])
    dialog = FormDialog(parent, "登记", form, print)

    dialog.open()

    assert dialog.height() == dialog.sizeHint().height()
    dialog.reject()
