"""python -m deputydesk: the window."""

import builtins
import gc
import sys


def main() -> None:
    """Start the window with the arguments of the command line."""
    gc.disable()  # what modules make while they load is no garbage; the window collects later
    plain = builtins.__import__
    from PySide6 import QtWidgets

    del QtWidgets
    # PySide6's own `import` reads the source of every module loaded after it, looking for a
    # switch that we do not use: a quarter of SQLAlchemy's start, and 20 MB of sources kept.
    builtins.__import__ = plain
    from deputydesk.app import run

    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
