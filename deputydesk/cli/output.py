"""What a command says: sentences for people, or JSON for programs."""

import json
import sys
from dataclasses import dataclass
from typing import Any

from deputydesk.cli.calls import plain
from deputydesk.errors import FieldError, UserError


@dataclass
class Output:
    """Writes to standard output; refusals go to standard error."""

    json: bool

    def show(self, data: object, *lines: str) -> None:
        """Show a result: the data as JSON, or the sentences for people."""
        if self.json or not lines:
            self._write(plain(data))
        else:
            sys.stdout.write("\n".join(lines) + "\n")

    def refuse(self, error: UserError) -> None:
        """Say why nothing was done, and what to do."""
        if self.json:
            field = error.field if isinstance(error, FieldError) else None
            self._write({"error": error.message, "hint": error.hint, "field": field})
        else:
            sys.stderr.write(f"{error}\n")

    def _write(self, data: Any) -> None:  # Any: whatever JSON holds
        json.dump(data, sys.stdout, ensure_ascii=False, indent=1)
        sys.stdout.write("\n")
