"""What is new in a release, for who gets it: what CHANGELOG.md says of the version."""

import hashlib
import re
from collections.abc import Sequence
from pathlib import Path

REPO = Path(__file__).resolve().parent.parent
NOTES = "发布说明.txt"


def write(folder: Path, version: str, files: Sequence[Path]) -> Path:
    """Write the notes beside the files of a release; returns the file."""
    lines = [f"代表履职工作台 {version}", "", *_news(version), "", "文件和 SHA256 校验码："]
    for file in files:
        digest = hashlib.sha256(file.read_bytes()).hexdigest()
        lines += [f"{file.name}（{file.stat().st_size / 1e6:.1f} MB）", f"    {digest}"]
    to = folder / NOTES
    # with the mark and the line ends that every Windows' own editor reads
    to.write_text("\n".join([*lines, ""]), encoding="utf-8-sig", newline="\r\n")
    return to


def _news(version: str) -> list[str]:
    told = (REPO / "CHANGELOG.md").read_text(encoding="utf-8")
    found = re.search(rf"(?ms)^## {re.escape(version)}\b[^\n]*\n(.*?)(?=^## |\Z)", told)
    if found is None:
        raise SystemExit(f"CHANGELOG.md says nothing of {version}.")
    return found[1].strip().replace("**", "").splitlines()
