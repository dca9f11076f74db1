"""python -m deputydesk: the window."""

import gc
import sys


def main() -> None:
    """Start the window with the arguments of the command line."""
    gc.disable()  # what modules make while they load is no garbage; the window collects later
    from deputydesk import light_qt

    light_qt.load()
    from deputydesk.app import run

    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
