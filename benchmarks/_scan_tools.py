"""What `python3 dev.py bench --scan` takes where nothing else is named."""

import shutil
import subprocess
import sys
from pathlib import Path

_REPO = Path(__file__).resolve().parent.parent
_SHARED = _REPO.parent / "shared"
GENERATOR = _SHARED / "tools" / "gen_scans.py"
"""Draws ticked pages; looked for beside the checkout."""
PROTOTYPE = _SHARED / "looks" / "example-code" / "scan_reader_proto.py"
"""The reader that this one began as."""
_OPENCV = ("opencv-python-headless==5.0.0.93", "pypdfium2==5.15.2")


def opencv() -> Path:
    """A Python that has OpenCV, in an environment of its own; the program needs none."""
    folder = _REPO / "build" / "opencv"
    made = folder / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    if not made.exists():
        print("Making build/opencv, which draws the pages", flush=True)
        subprocess.run([sys.executable, "-m", "venv", "--clear", str(folder)], check=True)
        install = [str(made), "-m", "pip", "--disable-pip-version-check", "install", "--quiet"]
        if subprocess.run([*install, *_OPENCV], check=False).returncode:
            shutil.rmtree(folder)
            raise SystemExit("Installing OpenCV failed; pip says why above.")
    return made
