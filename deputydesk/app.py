"""Puts the window together: it is painted first, and the office is opened behind it."""

import os
import sys
from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication

from deputydesk.errors import Cancelled, Damaged, NeedsPassword, UserError
from deputydesk.exchange import demo_day
from deputydesk.late import asdict
from deputydesk.paths import key_file
from deputydesk.progress import Progress
from deputydesk.ui import command_line, crash, icons, last_look, messages, restyling, style
from deputydesk.ui.command_line import DATA, DEMO, Wanted
from deputydesk.ui.desk import Desk
from deputydesk.ui.garbage import Collector
from deputydesk.ui.help_key import HelpKey
from deputydesk.ui.main_window import MainWindow
from deputydesk.ui.navigation import NOBODY
from deputydesk.ui.one_window import OneWindow
from deputydesk.ui.opening import AfterPaint, Opening
from deputydesk.ui.preferences import Preferences
from deputydesk.ui.qt_words import speak_chinese
from deputydesk.ui.sample_office import SampleWindow
from deputydesk.ui.tasks import run_task

if TYPE_CHECKING:
    from deputydesk.office import Office
    from deputydesk.ui.dialogs.first_run import Answers
    from deputydesk.ui.smoke import Smoke

    Arrival = tuple[Office, dict[str, Any]] | UserError  # Any: the first page's JSON
    """The open office with what its first page shows, or why it cannot be opened."""

Clock = Callable[[], datetime]


def run(argv: Sequence[str]) -> int:
    """Show the window until it is closed; returns the exit code."""
    wanted = command_line.read(argv)
    if wanted.is_backup:
        from deputydesk.exchange import upgrade_backup

        return upgrade_backup.run(wanted.target, wanted.folder, datetime.now)
    app = QApplication([sys.argv[0]])
    collector = Collector(app)
    crash.install(wanted.folder)
    preferences = Preferences.load(wanted.home)
    style.set_sample(is_on=wanted.is_demo)
    restyling.show(preferences)
    restyling.SystemLook(app, preferences)
    speak_chinese(app)
    if wanted.lost_drive:
        messages.show_error(_lost(wanted.lost_drive))
        return 1
    only = OneWindow(wanted.folder)
    if not only.claim(wanted.files):
        return 0
    desk = Desk(wanted.folder, datetime.now, preferences)
    desk.arrived.connect(collector.start)
    start = Start(app, desk, wanted, only)
    trial = _trial(desk, wanted)
    if not start.begin():
        return 0
    code = app.exec()
    from deputydesk.ui import farewell

    start.end()
    code = trial.end() if trial else code
    collector.stop()
    farewell.forget_pictures()
    farewell.let_go_of_windows()
    return code


def _lost(drive: str) -> UserError:
    return UserError(f"找不到磁盘“{drive}”，数据在那里。", hint="请插好U盘或移动硬盘，再打开程序。")


def _trial(desk: Desk, wanted: Wanted) -> "Smoke | None":
    if wanted.smoke is None:
        return None
    from deputydesk.ui.smoke import Smoke

    return Smoke(desk, wanted.smoke)


class Start(QObject):
    """From the first question to the live office, and what is kept at the end."""

    def __init__(self, app: QApplication, desk: Desk, wanted: Wanted, only: OneWindow) -> None:
        super().__init__()
        self._app = app
        self._desk = desk
        self._wanted = wanted
        self._files = list(wanted.files)
        self._only = only
        only.asked.connect(self._start_again)
        self._opening: Opening[Arrival] | None = None
        self._window: MainWindow | None = None
        self._is_first = False
        self._has_joined = False
        self._sample: SampleWindow | None = None

    def begin(self) -> bool:
        """Show the window, after the questions of a first run; False if they were not answered."""
        target = self._wanted.target
        answers = None
        if isinstance(target, Path) and not target.exists() and not self._wanted.is_demo:
            answers = self._ask()
            if answers is None:
                return False
            self._is_first = not self._desk.preferences.toured or bool(answers.password)
        elif isinstance(target, Path) and key_file(target).exists() and not self._is_unlocked():
            return False
        if answers and answers.is_demo:
            self._desk.folder /= DEMO
            self._only.move(self._desk.folder)
            self._wanted = Wanted(self._desk.folder, self._desk.folder / DATA, is_demo=True)
            style.set_sample(is_on=True)
            self._resize(self._desk.preferences.scale)
        self._desk.is_sample = self._wanted.is_demo
        self._show_window()
        assert self._window
        self._after_paint = AfterPaint(self._window, partial(self._open, answers))
        return True

    def end(self) -> None:
        """Keep what the window showed, and let go of the data."""
        self._only.end()
        if self._window and self._desk.is_ready:
            from deputydesk.ui import closing

            closing.keep(self._wanted, self._window, self._desk.office)
        if self._sample and self._sample.is_removed:
            self._sample.remove(self._wanted.folder)

    def _is_unlocked(self) -> bool:
        """Ask for the password of encrypted data; nothing of it is seen before."""
        from deputydesk.ui import unlock  # with the database, which costs a start its time

        assert isinstance(self._wanted.target, Path), "only a file has a password"
        return unlock.is_unlocked(self._window, self._desk, self._wanted.target)

    def _ask(self) -> "Answers | None":
        from deputydesk.operations import offices
        from deputydesk.ui.dialogs import first_run

        warm_up = Thread(target=_import_all, daemon=True)  # while the questions are read
        warm_up.start()
        answers = first_run.ask(self._desk, offices.random_code(), self._resize)
        if answers:
            self._desk.preferences.operator = answers.operator
            self._desk.preferences.save(self._desk.folder)
            warm_up.join()
        return answers

    def _resize(self, scale: float) -> None:
        self._desk.preferences.scale = scale
        restyling.show(self._desk.preferences)

    def _show_window(self) -> None:
        icons.recall(self._wanted.folder)
        window = MainWindow(self._desk, last=last_look.read(self._wanted.folder))
        window.resize(window.screen().availableSize())
        if self._wanted.is_demo:
            self._sample = SampleWindow(window, self._desk.clock, self._wanted.own_data)
        window.showMaximized()
        window.help_wanted.connect(HelpKey(self._app, window).show)
        self._window = window

    def _open(self, answers: "Answers | None" = None) -> None:
        """Open the data; make it first if it is not there."""
        _mark("first")
        assert self._window
        self._only.listen()
        target, operator = self._wanted.target, self._desk.preferences.operator
        is_there = not isinstance(target, Path) or target.exists()
        if is_there:
            work = partial(_opened, self._wanted, self._desk.clock, operator)
            self._opening = Opening(work, self._arrive)
        elif answers and not answers.is_demo:
            self._has_joined = answers.joined is not None
            make = partial(_created, self._wanted, self._desk.clock, answers)
            run_task(self._window, "正在建立本单位的数据", make, self._arrive)
        else:
            make = partial(_demo, self._wanted, self._desk.clock, operator)
            run_task(self._window, "正在建立示范单位", make, self._arrive)

    def _arrive(self, found: "Arrival | None") -> None:
        assert self._window
        if found is None or isinstance(found, UserError):
            if isinstance(found, Damaged) and self._rescue(found):
                return
            if isinstance(found, NeedsPassword) and self._is_unlocked():
                self._open()
                return
            if found and not isinstance(found, NeedsPassword):
                messages.show_error(found)
            self._window.close()
            return
        office, first = found
        if not office.user.name and not self._let_in(office):
            return
        self._desk.attach(office, first=first)
        if self._sample:
            self._sample.banner.set_day(self._desk.today)
        QTimer.singleShot(0, self._ready)

    def _rescue(self, error: Damaged) -> bool:
        """Offer the newest good backup of a damaged file; False where there can be none."""
        data = self._wanted.target
        if self._wanted.is_demo or not isinstance(data, Path):
            return False
        from deputydesk.ui import rescue

        assert self._window
        rescue.begin(self._window, self._desk, data, error).restored.connect(self._open)
        return True

    def _let_in(self, office: "Office") -> bool:
        """Have somebody sign in before anything is shown; else the program ends."""
        from deputydesk.ui import screen_lock, sign_in

        assert self._window
        if not sign_in.ask(self._window, self._desk, office):
            office.close()
            self._window.close()
            return False
        screen_lock.watch(self._window, self._desk)
        return True

    def _ready(self) -> None:
        crash.start_log(self._desk.folder)
        icons.keep(self._wanted.folder)
        if self._is_first and self._window and self._window.isVisible():
            self._begin_first()
        if self._window:
            from deputydesk.ui import key_letters, removals, search_upkeep, spoken

            spoken.speak()
            removals.finish(self._desk)
            search_upkeep.look_later(self._window, self._desk)
            key_letters.KeyLetters(self._app, self._window)
        _mark("ready")
        if self._has_joined and self._window:
            from deputydesk.ui import joining

            joining.show_receiving(self._window, self._desk)
        self._look_at_files()

    def _start_again(self, files: list[Path]) -> None:
        """The program was started once more: here is its window, and here are the files."""
        from deputydesk.ui import handed_over

        assert self._window
        handed_over.come_forward(self._window)
        self._files += files
        self._look_at_files()

    def _look_at_files(self) -> None:
        """Look at what was handed over, as soon as the office is open."""
        if self._files and self._window and self._desk.is_ready:
            from deputydesk.ui import handed_over

            files, self._files = self._files, []
            handed_over.look_at(self._window, files)

    def _begin_first(self) -> None:
        """Show the paper key of encrypted data, and then what is where."""
        from deputydesk.security import veil

        assert self._window
        if veil.is_hung():
            from deputydesk.ui.dialogs.paper_key import PaperKey

            paper = PaperKey(self._window, self._desk)
            paper.finished.connect(self._show_tour)
            paper.open()
        else:
            self._show_tour()

    def _show_tour(self) -> None:
        from deputydesk.ui.first_tour import show_tour

        assert self._window
        if self._desk.preferences.toured:
            return
        show_tour(self._window).ended.connect(self._note_tour)

    def _note_tour(self) -> None:
        self._desk.preferences.toured = True
        self._desk.preferences.save(self._wanted.home)


def _import_all() -> None:
    """Everything that the first live page needs, so that showing it does not wait for imports."""
    _import_database()
    from deputydesk import office
    from deputydesk.operations import figures, offices, places, todo, units

    del office, figures, offices, places, todo, units


def _import_database() -> None:
    from deputydesk import light_sql

    light_sql.load()


def _opened(wanted: Wanted, clock: Clock, operator: str) -> "Arrival":
    _import_database()
    from deputydesk.exchange import device, leftovers
    from deputydesk.office import Office, User

    clock = demo_day.clock_for(wanted.folder, clock)
    try:
        office = Office.open(wanted.target, clock=clock, user=User(operator or NOBODY))
        leftovers.sweep(office)
        if not wanted.is_demo:
            device.recognise(office)
        return _read(office, wanted.folder)
    except UserError as error:
        return error


def _read(office: "Office", folder: Path) -> "Arrival":
    """Read the first page here, so that the window need not stand still for it."""
    from deputydesk.operations import accounts
    from deputydesk.ui import days_ahead

    accounts.lock_if_on(office)
    kept = days_ahead.recall(office, folder)
    if kept is not None:
        return office, kept
    _import_all()
    from deputydesk.ui.pages import today

    return office, asdict(today.read(office))


def _created(wanted: Wanted, clock: Clock, answers: "Answers", progress: Progress) -> "Arrival":
    from deputydesk.models.choices import OfficeKind
    from deputydesk.office import Office, User
    from deputydesk.operations import offices

    progress.step(0, 0)
    _import_all()
    from deputydesk.exchange import device, joining

    try:
        user = User(answers.operator)
        if answers.password:
            from deputydesk.ui import unlock

            assert isinstance(wanted.target, Path), "a server is not asked about"
            unlock.prepare(wanted.target, answers.password)
        if answers.joined:
            assert isinstance(wanted.target, Path), "a file that is not there yet"
            office = joining.join(wanted.target, answers.joined, clock=clock, user=user)
        else:
            office = Office.create(wanted.target, code=answers.code, clock=clock, user=user)
            kind = OfficeKind.stored(answers.kind)
            district = "" if kind is OfficeKind.DISTRICT else answers.district
            office.do(offices.found, kind=kind, name=answers.name, district=district)
        device.note(office)
    except UserError as error:
        return error
    return _read(office, wanted.folder)


def _demo(wanted: Wanted, clock: Clock, operator: str, progress: Progress) -> "Arrival | None":
    _import_all()
    from deputydesk.exchange import demo

    try:
        with demo.created(wanted.target, clock, progress):
            pass
    except UserError as error:
        return error
    except Cancelled:
        return None
    return _opened(wanted, clock, operator)


def _mark(what: str) -> None:
    """Tell a benchmark how far the start is."""
    if os.environ.get("DEPUTYDESK_TIMING"):
        print(f"DEPUTYDESK_PAINTED {what}", file=sys.stderr, flush=True)  # noqa: T201 - asked for
