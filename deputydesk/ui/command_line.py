"""What the command line asks of the program."""

from collections.abc import Sequence
from pathlib import Path

from deputydesk.late import dataclass
from deputydesk.paths import data_folder
from deputydesk.ui import sample_office

DATA, DEMO = sample_office.DATA, sample_office.FOLDER


@dataclass(frozen=True)
class Wanted:
    """What the command line asks for."""

    folder: Path
    target: Path | str
    is_demo: bool = False
    own: str = ""
    """For the sample office: the office's own data, as the command line has it."""
    files: tuple[Path, ...] = ()
    """Files that another office handed over, to be looked at once the window is open."""
    smoke: Path | None = None
    """Where the program is to write how it does on this PC."""
    is_backup: bool = False
    """Whether the data is to be backed up and nothing else."""

    @property
    def home(self) -> Path:
        """The folder of what belongs to this PC; the sample office's lies within it."""
        return self.folder.parent if self.is_demo else self.folder

    @property
    def own_data(self) -> Path | None:
        """The office's own data beside the sample office's; None: on a server."""
        return None if self.own == sample_office.SERVER else Path(self.own or self.home / DATA)

    @property
    def lost_drive(self) -> str:
        """The drive that should hold the data and is not there, as when a stick was taken out."""
        drive = self.folder.anchor
        return "" if not drive or Path(drive).exists() else drive


def read(argv: Sequence[str]) -> Wanted:
    """Read the command line; without arguments it is the office of this PC."""
    folder = data_folder()
    if not argv:
        return Wanted(folder, folder / DATA)
    return _read(folder, argv)


def _read(folder: Path, argv: Sequence[str]) -> Wanted:
    from argparse import ArgumentParser

    parser = ArgumentParser(prog="deputydesk", description="代表履职工作台")
    parser.add_argument("--demo", action="store_true", help="打开示范单位（虚构数据）")
    parser.add_argument("--data", metavar="文件或网址", help="打开这个数据文件或 PostgreSQL 数据库")
    parser.add_argument(
        "--own", metavar="文件", default="", help="与 --demo 同用：本单位的数据文件"
    )
    parser.add_argument(
        "--import", dest="files", metavar="文件", nargs="+", type=Path, default=[],
        help="打开后查看这些交换文件（.ddb）",
    )  # fmt: skip
    parser.add_argument("--backup", action="store_true", help="只备份数据，不打开窗口")
    parser.add_argument(
        "--smoke", metavar="文件夹", type=Path, help="用示范单位试运行，结果写入这个文件夹后退出"
    )
    told = parser.parse_args(list(argv))
    if told.smoke:
        beside = Path(told.smoke).absolute()
        inside, own = beside / DEMO, sample_office.SERVER
        return Wanted(inside, inside / DATA, is_demo=True, own=own, smoke=beside)
    if told.demo:
        beside = folder if told.own in ("", sample_office.SERVER) else Path(told.own).parent
        return Wanted(
            beside / DEMO, beside / DEMO / DATA, is_demo=True, own=told.own, is_backup=told.backup
        )
    files = tuple(Path(file).absolute() for file in told.files)
    if told.data and told.data.startswith("postgresql"):
        return Wanted(folder, told.data, files=files, is_backup=told.backup)
    target = Path(told.data).absolute() if told.data else folder / DATA
    return Wanted(target.parent, target, files=files, is_backup=told.backup)
