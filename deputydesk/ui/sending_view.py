"""发送: what an office has not got yet goes onto the stick; put in again, it is read back."""

from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from deputydesk.exchange import proving, sending, standing
from deputydesk.exchange.bundle_file import Manifest
from deputydesk.exchange.sending import Sent
from deputydesk.exchange.standing import OURSELVES, Carried, Standing, Way
from deputydesk.operations import partners
from deputydesk.operations.partners import PartnerRow
from deputydesk.ui import file_place, stick_words, style
from deputydesk.ui.controls import Combo
from deputydesk.ui.desk import Desk
from deputydesk.ui.parts import button, card, framed, label
from deputydesk.ui.stick_place import StickPlace
from deputydesk.ui.style import Tone
from deputydesk.ui.table import Column, RowsTable
from deputydesk.ui.tasks import run_task

HOW = "选好发给谁、放到哪个U盘，点“发送”。对方没收到的都会带上：上次的U盘丢了也不要紧。"
AGAIN = "请安全弹出U盘，再插一次，点“再插一次核对”：从U盘上重新读一遍，确认写好了。"
NONE_YET = "这次还没有写"
EMPTY = "还没有发送或收入过。"
TONES = {Way.OUT: Tone.BLUE, Way.IN: Tone.GREEN}


class SendingView(QWidget):
    """Whom to, with what they lack; what was written last; everything that went and came.

    Args:
        desk: the desk.
        place: the stick.
    """

    def __init__(self, desk: Desk, place: StickPlace) -> None:
        super().__init__()
        self._desk, self._place = desk, place
        self._standing: dict[str, Standing] = {}
        self._last: Path | None = None
        self.whom = Combo()
        self.whom.setAccessibleName("发给")
        self.whom.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.whom.setMinimumContentsLength(8)
        self.send = button("发送", "send", primary=True)
        self.send.set_key("Ctrl+Enter")
        self._lacks = label("", "sub")
        self.written, self.state = label(NONE_YET, "h2"), label("", "sub")
        self.check = button("再插一次核对", "circle-check")
        self.look = button("打开文件夹", "folder-open")
        self.table: RowsTable[Carried] = RowsTable(_columns(), name="往来记录", empty=EMPTY)
        self._lay_out()
        self.whom.activated.connect(self._show_lacks)
        self.send.clicked.connect(self._send)
        self.check.clicked.connect(self._prove)
        self.look.clicked.connect(self._open_folder)

    def refresh(self) -> None:
        """Read whom can be sent to, what they lack, and what went and came."""
        chosen = self.whom.currentData()
        rows: list[PartnerRow] = self._desk.ask(partners.rows)
        self._standing = {row.id: row for row in self._desk.ask(standing.rows)}
        self.whom.clear()
        for row in rows:
            self.whom.addItem(f"{row.role.label}　{row.name}（{row.code}）", row.code)
        self.whom.addItem(OURSELVES, self._desk.office.code)
        self.whom.setCurrentIndex(max(0, self.whom.findData(chosen)))
        self.table.set_rows(self._desk.ask(standing.carried))
        self._show_lacks()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(style.px(11))
        halves = QHBoxLayout()
        halves.setSpacing(style.px(11))
        halves.addWidget(self._whom_card(), 1)
        halves.addWidget(self._written_card(), 1)
        column.addLayout(halves)
        column.addWidget(framed(self.table), 1)

    def _whom_card(self) -> QWidget:
        frame, inside = card("发给谁")
        how = label(HOW, "sub")
        how.setWordWrap(True)
        inside.addWidget(how)
        row = QHBoxLayout()
        row.setSpacing(style.px(8))
        row.addWidget(self.whom, 1)
        row.addWidget(self.send)
        inside.addLayout(row)
        self._lacks.setWordWrap(True)
        inside.addWidget(self._lacks)
        inside.addStretch(1)
        return frame

    def _written_card(self) -> QWidget:
        frame, inside = card("写好的文件")
        self.written.setWordWrap(True)
        self.state.setWordWrap(True)
        inside.addWidget(self.written)
        inside.addWidget(self.state)
        inside.addStretch(1)
        row = QHBoxLayout()
        row.setSpacing(style.px(8))
        row.addWidget(self.check)
        row.addWidget(self.look)
        row.addStretch(1)
        inside.addLayout(row)
        self.check.setEnabled(False)
        self.look.setEnabled(False)
        return frame

    def _show_lacks(self) -> None:
        row = self._standing.get(self.whom.currentData())
        if row is None:
            self._lacks.setText("")
            return
        lacks = stick_words.not_got(row)
        heard = stick_words.moment(row.heard)
        known = f"对方最近一次告诉我们收到了什么：{heard}。" if heard else "还没有收到过对方的U盘。"
        self._lacks.setText(f"对方还没有的：{lacks or '没有'}。{known}")

    def _send(self) -> None:
        to, folder = str(self.whom.currentData()), self._place.needed()
        work = partial(sending.send, self._desk.office, to, folder)
        run_task(self, "正在写到U盘", work, self._say_sent)

    def _say_sent(self, sent: Sent) -> None:
        self._last = sent.path
        self.check.setEnabled(True)
        self.look.setEnabled(True)
        size = stick_words.size(sent.path.stat().st_size)
        files = f"，{sent.files} 个附件" if sent.files else ""
        left = f"，{sent.left} 个附件放不下，下次再带" if sent.left else ""
        self.written.setText(f"{sent.path.name}（{size}）")
        self.state.setText(f"{sent.changes} 项修改{files}{left}。写完已读回核对。{AGAIN}")
        self.refresh()
        self._desk.say(f"已写出 {sent.path}")

    def _prove(self) -> None:
        assert self._last, "the button waits for a file"
        work = partial(proving.prove, self._desk.office, self._last)
        run_task(self, "正在从U盘重新读", work, self._say_proved)

    def _say_proved(self, told: Manifest) -> None:
        self.state.setText(f"核对无误：{told.changes} 项修改都在，与写出时一样。现在可以送出去了。")
        self._desk.say("核对无误，U盘可以送出去了")

    def _open_folder(self) -> None:
        assert self._last, "the button waits for a file"
        file_place.show(self._last)


def _columns() -> tuple[Column[Carried], ...]:
    return (
        Column("时间", lambda r: stick_words.moment(r.at), 130),
        Column("", lambda r: r.way.label, 60, tone=lambda r: TONES.get(r.way)),
        Column("单位", lambda r: r.name, 170),
        Column("文件", lambda r: r.file, 0),
        Column("内容", _content, 210, drop=1),
        Column("操作人", lambda r: r.user, 76, drop=2),
    )


def _content(row: Carried) -> str:
    words = (
        ("changes", "{} 项修改"),
        ("new", "新增 {}"),
        ("changed", "修改 {}"),
        ("deleted", "删除 {}"),
        ("files", "附件 {}"),
        ("conflicts", "不一致 {}"),
        ("waiting", "待确认 {}"),
    )
    said = (text.format(row.counts[name]) for name, text in words if row.counts.get(name))
    return "，".join(said) or "没有新内容"
