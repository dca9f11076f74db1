"""What was typed and not saved yet, kept on disk so that no power cut takes it."""

import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from deputydesk.security import veil

KEPT_DAYS = 60


@dataclass(frozen=True)
class Draft:
    """What was typed into a form, and when."""

    at: datetime
    values: dict[str, Any]  # Any: what each field makes of it


@dataclass(frozen=True)
class Drafts:
    """The drafts of one form: one for a new record, one for each record being changed.

    A form without a name keeps none.
    """

    folder: Path
    form: str

    def keep(self, about: str, values: dict[str, Any], now: datetime) -> bool:  # Any: raw values
        """Keep what is typed now; False if the disk refuses, which costs only the draft."""
        if not self.form:
            return False
        told = {"at": now.isoformat(timespec="seconds"), "values": values}
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            part = self._file(about).with_suffix(".part")
            part.write_text(
                veil.hung().sealed(json.dumps(told, ensure_ascii=False)), encoding="utf-8"
            )
            part.replace(self._file(about))
            self._forget_old(now)
        except OSError:
            return False
        return True

    def find(self, about: str) -> Draft | None:
        """What was kept; None if nothing was, or it cannot be understood."""
        try:
            told = json.loads(veil.hung().unsealed(self._file(about).read_text(encoding="utf-8")))
            return Draft(datetime.fromisoformat(told["at"]), dict(told["values"]))
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def drop(self, about: str) -> None:
        """It was saved, or is not wanted any more."""
        try:
            self._file(about).unlink(missing_ok=True)
        except OSError:
            return

    def _forget_old(self, now: datetime) -> None:
        """Remove what nobody came back for."""
        for file in self.folder.glob("*.json"):
            if file.stat().st_mtime < now.timestamp() - KEPT_DAYS * 86_400:
                file.unlink(missing_ok=True)

    def _file(self, about: str) -> Path:
        return self.folder / f"{self.form}-{about or 'new'}.json"
