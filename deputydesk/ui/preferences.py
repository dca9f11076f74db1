"""What belongs to this PC, not to the office: text size, colours, who sits here, saved files."""

import json
from pathlib import Path

from deputydesk.late import dataclass

FILE = "desk.json"


@dataclass
class Preferences:
    """Kept in a small file in the data folder; damaged or missing means the usual."""

    operator: str = ""
    scale: float = 1.0
    theme: str = "system"
    archival: bool = False
    """Whether what is saved as PDF is always for the archives: PDF/A-2b."""
    toured: bool = False
    """Whether the first tour was seen or skipped."""
    begun: bool = False
    """Whether the list of first steps was put away."""
    copy_years: int = 5
    """Copies of papers printed in so many years before this one are not offered for thinning."""
    stick: str = ""
    """The stick or folder that bundles were last written to or read from."""
    stick_name: str = ""
    """What the stick is called on which that was: Windows may give it another letter."""
    stick_root: str = ""
    """Where the stick was."""
    lock_minutes: int = 10
    """After how many idle minutes the screen is locked, where one signs in."""

    @classmethod
    def load(cls, folder: Path) -> "Preferences":
        """Read them, taking the usual for what is missing or cannot be understood."""
        try:
            told = json.loads((folder / FILE).read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return cls()
        usual = {**vars(cls())}
        if not isinstance(told, dict):
            return cls()
        for name, value in usual.items():
            if isinstance(told.get(name), type(value)):  # pyright: ignore[reportUnknownMemberType, reportUnknownArgumentType]  # whatever the file holds
                usual[name] = told[name]
        return cls(**usual)

    def save(self, folder: Path) -> None:
        """Write them; a disk that refuses costs only the preference."""
        known = vars(self)
        try:
            folder.mkdir(parents=True, exist_ok=True)
            part = folder / (FILE + ".part")
            part.write_text(json.dumps(known, ensure_ascii=False, indent=1), encoding="utf-8")
            part.replace(folder / FILE)
        except OSError:
            return
