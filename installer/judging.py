"""Judges what a trial of the Windows program wrote: `python -m installer.judging FOLDER`.

With `--screen PICTURE` it takes a picture of what is on the screen instead; the exit code is 1 as
long as no window is painted there.
"""

import json
import sys
import time
from pathlib import Path

import pdfplumber
from PIL import Image, ImageGrab

HEADING = "人大代表履职报告"
COLOURS, GREYS = 200, 20
"""A window and a page that were really drawn have at least so many shades."""
STANDS = 1
"""Seconds in which a window that is painted does not change."""
SMALL = 0.1
"""The share of a screen below which what is on it is no window."""


def faults(folder: Path) -> list[str]:
    """What is wrong; empty when all is well."""
    found: list[str] = []
    told = json.loads((folder / "result.json").read_text(encoding="utf-8"))
    if not told["ok"]:
        found.append(told["said"])
    with pdfplumber.open(folder / "form.pdf") as paper:
        text = "".join(page.extract_text() for page in paper.pages)
        fonts = {letter["fontname"] for page in paper.pages for letter in page.chars}
    if HEADING not in text.replace("\n", "").replace(" ", ""):
        found.append(f"the form does not say {HEADING}: {text[:80]}")
    if loose := sorted(name for name in fonts if "+" not in name):
        found.append(f"fonts that are not in the form: {', '.join(loose)}")
    for name, least in (("window.png", COLOURS), ("form.png", GREYS)):
        with Image.open(folder / name) as picture:
            shades = _shades(picture)
        if shades < least:
            found.append(f"{name} has {shades} colours only")
    return found


def is_painted(to: Path) -> bool:
    """Keep a picture of what is on the screen, if it is a window that stands, no mere message."""
    screen = ImageGrab.grab()
    time.sleep(STANDS)
    if ImageGrab.grab().tobytes() != screen.tobytes():
        return False  # it is being painted
    window = screen.crop(screen.getbbox())  # all around is black
    is_large = window.width * window.height > SMALL * screen.width * screen.height
    if not is_large or _shades(window) < GREYS:
        return False
    window.save(to)
    return True


def _shades(picture: Image.Image) -> int:
    return len(picture.convert("RGB").getcolors(maxcolors=1 << 24) or [])


def main() -> None:
    """Say what is wrong; the exit code is 1 then."""
    if sys.argv[1] == "--screen":
        raise SystemExit(0 if is_painted(Path(sys.argv[2])) else 1)
    if found := faults(Path(sys.argv[1])):
        raise SystemExit("\n".join(found))


if __name__ == "__main__":
    main()
