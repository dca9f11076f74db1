"""Three questions asked once: which office, who works here, how large the text."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QButtonGroup,
    QDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from deputydesk.ui import joining, style
from deputydesk.ui.desk import Desk
from deputydesk.ui.dialogs import data_password
from deputydesk.ui.fields import CheckField, ChoiceField, Field, Raw, TextField
from deputydesk.ui.form import Form
from deputydesk.ui.icons import emblem
from deputydesk.ui.parts import label
from deputydesk.ui.room import room_on_screen

if TYPE_CHECKING:
    from deputydesk.exchange.joining import Joining

QUESTIONS = ("office", "person", "size")
KINDS = (
    ("sumu", "苏木"),
    ("town", "镇"),
    ("township", "乡"),
    ("street", "街道"),
    ("district", "区（旗、县）"),
)


@dataclass(frozen=True)
class Answers:
    """What was answered; for the demo office, and for who joins, only the operator counts."""

    is_demo: bool
    kind: str = ""
    name: str = ""
    district: str = ""
    code: str = ""
    operator: str = ""
    joined: "Joining | None" = None
    password: str = field(default="", repr=False)
    """Of the data, which is to be encrypted; empty: it is not."""


class FirstRun(QDialog):
    """Asks; `answers` holds what was said when it is accepted.

    Args:
        desk: the desk, still without an office.
        code: proposed for the office's code.
        resized: told of the text size chosen, at once.
    """

    def __init__(self, desk: Desk, code: str, resized: Callable[[float], None]) -> None:
        super().__init__()
        self.answers: Answers | None = None
        self._desk, self._resized = desk, resized
        self._joined: Joining | None = None
        self.setWindowTitle("代表履职工作台")
        outer = QVBoxLayout(self)
        outer.setContentsMargins(style.px(8), style.px(16), style.px(8), 0)
        outer.setSpacing(style.px(8))
        outer.addLayout(self._welcome())
        outer.addWidget(self._ways())
        self._form = _form(desk)
        self._form.start(kind="town", code=code, operator=desk.preferences.operator)
        self._form.set_values({"scale": desk.preferences.scale})
        self._form.field("kind").edited.connect(self._name_district)
        self._form.field("scale").edited.connect(self._resize)
        begin = self._form.add_button("开始使用", primary=True, key="Enter")
        begin.setAutoDefault(True)  # Enter goes on to it and presses it
        begin.clicked.connect(self._begin)
        self._form.save_next.connect(self._begin)
        outer.addWidget(self._form, 1)
        self.resize(self.sizeHint().boundedTo(room_on_screen(self)))
        self._form.field("kind").setFocus()

    def _welcome(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(style.px(16), 0, style.px(16), 0)
        sign = QLabel()
        sign.setPixmap(emblem(style.px(40), style.theme().brand))
        row.addWidget(sign)
        words = QVBoxLayout()
        words.addWidget(label("欢迎使用代表履职工作台", "h1"))
        words.addWidget(
            label("回答三个问题就可以开始。按 Enter 到下一格，以后都能在“设置”里改。", "sub")
        )
        row.addLayout(words, 1)
        return row

    def _ways(self) -> QFrame:
        frame = QFrame()
        row = QHBoxLayout(frame)
        row.setContentsMargins(style.px(16), 0, style.px(16), 0)
        self._own = QRadioButton("登记本单位")
        self._demo = QRadioButton("先看看示范单位（虚构的，以后可以整个删掉）")
        self._own.setChecked(True)
        self._group = QButtonGroup(self)
        self._join = QRadioButton("加入本单位的另一台电脑")
        for way in (self._own, self._join, self._demo):
            self._group.addButton(way)
            row.addWidget(way)
            row.addSpacing(style.px(16))
        row.addStretch(1)
        self._own.toggled.connect(self._choose_way)
        self._join.clicked.connect(self._ask_to_join)
        return frame

    def _choose_way(self, is_own: bool) -> None:  # noqa: FBT001 - the signal's own form
        for name in ("office", "kind", "name", "district", "code"):
            self._form.field(name).setEnabled(is_own)

    def _ask_to_join(self) -> None:
        joining.ask(self, self._desk, self._show_joined, self._give_up_joining)

    def _show_joined(self, joined: "Joining") -> None:
        self._joined = joined
        self._form.set_values({"name": joined.name, "code": joined.office})
        self._form.field("operator").setFocus()

    def _give_up_joining(self) -> None:
        if self._joined is None:
            self._own.setChecked(True)

    def _name_district(self) -> None:
        """A district has none above it."""
        is_district = self._form.field("kind").value() == "district"
        self._form.field("district").setEnabled(not is_district)

    def _resize(self) -> None:
        self._resized(self._form.field("scale").value())

    def _begin(self) -> None:
        said = self._form.values()
        is_locked = said.pop("lock")
        for question in QUESTIONS:
            said.pop(question)
        if self._demo.isChecked():
            answers = Answers(is_demo=True, operator=said["operator"])
        elif self._join.isChecked():
            self._demand(said, {"operator": "您的姓名"})
            answers = Answers(is_demo=False, operator=said["operator"], joined=self._joined)
        else:
            self._check(said)
            said.pop("scale")
            answers = Answers(is_demo=False, **said)
        if is_locked and not answers.is_demo:
            data_password.choose(self, self._desk, partial(self._finish, answers))
        else:
            self._finish(answers, "")

    def _finish(self, answers: Answers, password: str) -> None:
        self.answers = replace(answers, password=password)
        self._form.saved()
        self.accept()

    def _check(self, said: dict[str, str]) -> None:
        """Ask for what is missing here, before anything is made on the disk."""
        needed = {"name": "单位名称", "operator": "您的姓名"}
        if said["kind"] != "district":
            needed["district"] = "所属旗县区"
        self._demand(said, needed)
        code = said["code"]
        if not (code.isascii() and code.isalnum() and len(code) <= 12):
            raise self._form.field("code").wrong("代码是1到12个字母或数字。")

    def _demand(self, said: dict[str, str], needed: dict[str, str]) -> None:
        for name, what in needed.items():
            if not said[name]:
                raise self._form.field(name).wrong(f"请填写{what}。")


class _Question(Field):
    """The words above the fields that answer it; nothing is typed here."""

    is_wide = True
    has_caption = False

    @override
    def make_control(self, hint: str) -> QWidget:
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        return label(self.text, "h2")

    @override
    def value(self) -> None:
        return None

    @override
    def set_value(self, value: object) -> None:
        del value

    @override
    def clear(self) -> None:
        """It always says the same."""

    @override
    def raw(self) -> Raw:
        return False

    @override
    def set_raw(self, raw: Raw) -> None:
        del raw


def _form(desk: Desk) -> Form:
    return Form(
        desk,
        "first-run",
        (
            _Question("office", label="1　您在哪个单位工作？"),
            ChoiceField("kind", options=KINDS, label="单位类型"),
            TextField("name", label="单位名称（如：五当召镇）"),
            TextField("district", label="所属旗县区（如：石拐区）"),
            TextField("code", label="单位代码（上级给的；没有就用这个）"),
            _Question("person", label="2　您叫什么名字？"),
            TextField("operator", label="姓名（每一步操作都记下是谁做的）", wide=True),
            _Question("size", label="3　字看得清吗？"),
            ChoiceField(
                "scale",
                options=[(size, name) for name, size in style.SIZES.items()],
                label="字号（选了马上就变）",
                wide=True,
            ),
            CheckField(
                "lock",
                label="给数据加密：每次打开都要输入密码（以后也能在“设置”里加密）",
                wide=True,
            ),
        ),
    )


def ask(desk: Desk, code: str, resized: Callable[[float], None]) -> Answers | None:
    """Ask the questions; None if the user closes the window."""
    dialog = FirstRun(desk, code, resized)
    dialog.exec()
    return dialog.answers
