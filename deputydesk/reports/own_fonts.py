"""The PC's own 仿宋 and 小标宋 on paper: a setting of the PC, not of the office.

Offices have the faces that official papers ask for; we may not ship them. A file is tried when it
is chosen: whether it can be put into a PDF at all, whether its maker allows it, whether it has the
usual characters. What it lacks is drawn by our own faces. A file that is gone later is left out.
"""

import json
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, cast

from deputydesk.database import disk_faults
from deputydesk.errors import UserError
from deputydesk.reports import fonts

FILE = "fonts.json"
ROLES = {
    "Fang": "仿宋（正文）",
    "BiaoSong": "小标宋（标题）",
    "Kai": "楷体",
    "Hei": "黑体",
    "Song": "宋体",
}
"""What can be replaced, and what it is for."""
OF_THE_PC = {
    "Fang": (
        "仿宋_gb2312",
        "方正仿宋_gbk",
        "方正仿宋简体",
        "fzfsk",
        "fzfsjw",
        "simfang",
        "stfangso",
    ),
    "BiaoSong": ("方正小标宋_gbk", "方正小标宋简体", "fzxbsk", "fzxbsjw"),
}
"""What the files of these typefaces are called, best first; Windows brings simfang.ttf."""
KINDS = frozenset({".ttf", ".ttc"})
_MOST_MISSING = 20
_HINT = "请另选字体文件，如 C:\\Windows\\Fonts 里的 simfang.ttf；不选就用程序自带的字体。"


def usual_characters() -> str:
    """The 3755 characters of level one of GB 2312: what every Chinese typeface should have."""
    codes = (bytes((high, low)) for high in range(0xB0, 0xD8) for low in range(0xA1, 0xFF))
    return "".join(code.decode("gb2312", "ignore") for code in codes)


def check(file: Path) -> str:
    """Try a font file; returns its own name.

    Raises:
        UserError: it cannot be used on paper, with the reason.
    """
    from reportlab.pdfbase.ttfonts import TTFError, TTFontFace

    if not file.is_file():
        raise UserError(f"找不到字体文件“{file.name}”。", hint=_HINT)
    try:
        face: Any = TTFontFace(str(file))  # Any: reportlab brings no types
        missing = [char for char in usual_characters() if ord(char) not in face.charToGlyph]
        face.makeSubset([ord("人")])
        rights = int.from_bytes(face.get_table("OS/2")[8:10], "big")
    except TTFError as error:
        raise UserError(f"“{file.name}”不能用来打印：{_why(str(error))}。", hint=_HINT) from error
    except (OSError, KeyError, ValueError, IndexError) as error:
        raise UserError(f"“{file.name}”已损坏，或者不是字体文件。", hint=_HINT) from error
    if _is_locked(rights):
        raise UserError(f"“{file.name}”不能用来打印：厂商不允许把它放进文件。", hint=_HINT)
    if len(missing) > _MOST_MISSING:
        raise UserError(f"“{file.name}”缺少{len(missing)}个常用字，不能用来打印。", hint=_HINT)
    return str(face.name, "latin-1")


def found(folders: Sequence[Path]) -> dict[str, Path]:
    """The official typefaces that are among the fonts of this PC."""
    there: dict[str, Path] = {}
    for folder in folders:
        with suppress(OSError):  # a folder that is not there, or not for us
            files = sorted(folder.iterdir())
            there |= {file.stem.lower(): file for file in files if file.suffix.lower() in KINDS}
    named = {
        role: [there[name] for name in names if name in there] for role, names in OF_THE_PC.items()
    }
    return {role: files[0] for role, files in named.items() if files}


def chosen(folder: Path) -> dict[str, Path]:
    """What was chosen on this PC; what is damaged or gone counts as not chosen."""
    try:
        told: Any = json.loads((folder / FILE).read_text(encoding="utf-8"))  # Any: JSON
    except (OSError, ValueError):
        return {}
    if not isinstance(told, dict):
        return {}
    kept = cast("dict[str, Any]", told)
    return {role: Path(str(kept[role])) for role in ROLES if kept.get(role)}


def choose(folder: Path, role: str, file: Path | None) -> str:
    """Keep a file for a typeface, after trying it, or go back to ours; returns its name.

    Raises:
        UserError: there is no such typeface, the file cannot be used, or the disk refuses.
    """
    if role not in ROLES:
        raise UserError(f"没有“{role}”这种字体。", hint=f"可用：{'、'.join(ROLES)}。")
    name = check(file) if file else ""
    kept = chosen(folder)
    kept.pop(role, None)
    if file:
        kept[role] = file.resolve()
    part = folder / f"{FILE}.part"
    with disk_faults(folder / FILE):
        folder.mkdir(parents=True, exist_ok=True)
        part.write_text(
            json.dumps({role: str(file) for role, file in kept.items()}, ensure_ascii=False),
            encoding="utf-8",
        )
        part.replace(folder / FILE)
    return name


def apply(folder: Path) -> Mapping[str, Path]:
    """Use what was chosen from now on; returns what is used."""
    wanted = {role: file for role, file in chosen(folder).items() if file.is_file()}
    if wanted != fonts.own():
        fonts.use_own(wanted)
    return wanted


def _is_locked(rights: int) -> bool:
    """Whether the maker forbids to embed it, or parts of it (OpenType OS/2 fsType)."""
    return rights & 0x000F == 0x0002 or bool(rights & 0x0300)


def _why(told: str) -> str:
    """What reportlab says, in words for the office."""
    if "postscript" in told.lower():
        return "它是 PostScript 轮廓（OTF），请用 TrueType（TTF）的"
    return "不是 TrueType 字体，或已损坏"
