"""Taking leave: what needs a QApplication goes before it does.

Pictures and fonts are kept in caches of modules, and windows in circles of references, which
Python would only let go of after the application is gone; Qt may crash on them then.
"""

import sys

from PySide6.QtWidgets import QApplication
from shiboken6 import delete, isValid

from deputydesk.ui import icons

CACHES = (
    ("cells", ("pill", "_metrics", "_width_of")),
    ("icons", ("emblem",)),
    ("thumbnails", ("thumbnail", "paper")),
    ("wall_paint", ("font",)),
)
"""Modules of this package and their functions that keep pictures, texts and fonts."""


def forget_pictures() -> None:
    """Empty the caches of the modules that were loaded."""
    for module, names in CACHES:
        loaded = sys.modules.get(f"deputydesk.ui.{module}")
        for name in names if loaded else ():
            getattr(loaded, name).cache_clear()
    icons.forget()


def let_go_of_windows() -> None:
    """Delete every window, and what was made for one and never stood in it."""
    for top in QApplication.topLevelWidgets():
        if isValid(top) and top.parent() is None:  # what belongs to another goes with it
            delete(top)
