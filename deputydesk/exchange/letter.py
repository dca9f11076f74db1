"""What anybody can read of a bundle: 说明.txt; 明细.xlsx where the other side has no program."""

from functools import partial
from pathlib import Path

from deputydesk.database import disk_faults
from deputydesk.exchange import open_list
from deputydesk.exchange.bundle_file import LETTER, SHEET
from deputydesk.exchange.trust import Circle
from deputydesk.office import Office
from deputydesk.operations import offices
from deputydesk.progress import Progress

SEALED = (
    "内容已加密，只有收件单位能打开。收件人请在“代表履职工作台”的“交换”页选择“收入”。",
    "请不要修改或解压这个文件。",
)
OPEN = (
    "没有“代表履职工作台”的，把这个文件复制一份，名字末尾的 .ddb 改成 .zip，打开后有“明细.xlsx”，",
    "用 Excel 或 WPS 打开：报送的全部登记，截至制作时间。它没有加密，请妥善保管。",
    "其余内容已加密，以后装了“代表履职工作台”再从“交换”页收入；原来的 .ddb 文件请不要修改。",
)


def members(
    office: Office, trusted: Circle, to: str, inside: Path, progress: Progress
) -> dict[str, Path]:
    """Make them in a folder; by their names in the bundle."""
    profile = office.ask(offices.profile)
    own = profile.name if profile else trusted.office
    about = (
        f"由：{own}（{trusted.office}）",
        f"给：{trusted.name_of(to)}（{to}）",
        f"制作时间：{office.clock():%Y-%m-%d %H:%M}",
    )
    found = {LETTER: inside / "letter"}
    is_listed = to in trusted.partners and trusted.partners[to].listed
    lines = ("这是“代表履职工作台”的交换文件。", "", *about, "", *(OPEN if is_listed else SEALED))
    with disk_faults(inside):
        found[LETTER].write_text("".join(f"{one}\r\n" for one in lines), encoding="utf-8")
    if is_listed:
        found[SHEET] = inside / "list.xlsx"
        goes = partial(trusted.goes_to, to)
        office.ask(open_list.write, goes, about, found[SHEET], progress)
    return found
