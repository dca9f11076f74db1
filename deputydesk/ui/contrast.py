"""Contrast as WCAG reckons it, and the look of somebody who needs a lot of it."""

from PySide6.QtGui import QColor, QGuiApplication, QPalette

from deputydesk.ui.style import Ink, Theme, Tone

READABLE = 4.5
"""The contrast below which small text is hard to read."""
STEPS = 20


def contrast(one: str, other: str) -> float:
    """How far two colours are apart, from 1 (the same) to 21 (black and white)."""
    high, low = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def system_palette(app: QGuiApplication) -> QPalette:
    """The colours that the system's owner chose, without ours."""
    ours = QGuiApplication.palette()
    app.setPalette(QPalette())
    theirs = QGuiApplication.palette()
    app.setPalette(ours)
    return theirs


def own_palette() -> QPalette:
    """White and yellow on black, where the system offers no colours of strong contrast itself."""
    role, palette = QPalette.ColorRole, QPalette(QColor("#000000"))
    for which in (role.Window, role.Base, role.Button):
        palette.setColor(which, QColor("#000000"))
    for which in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(which, QColor("#FFFFFF"))
    palette.setColor(role.Highlight, QColor("#FFE14D"))
    palette.setColor(role.HighlightedText, QColor("#000000"))
    return palette


def contrasting(palette: QPalette) -> Theme:
    """A theme that has only the colours of a palette, and lines round everything.

    States are told by their words: all pills look the same.
    """
    group, role = QPalette.ColorGroup.Active, QPalette.ColorRole

    def of(which: QPalette.ColorRole) -> str:
        return palette.color(group, which).name().upper()

    ground, text = of(role.Base), of(role.Text)
    accent = of(role.Highlight) if contrast(of(role.Highlight), ground) >= READABLE else text
    on_accent = of(role.HighlightedText)
    if contrast(on_accent, accent) < READABLE:
        on_accent = ground
    marked = [_between(ground, accent, n / STEPS) for n in range(STEPS // 2 + 1)]
    marked = [c for c in marked if min(contrast(text, c), contrast(accent, c)) >= READABLE]
    sel, soft = marked[-1], marked[len(marked) // 2]
    return Theme(
        name=f"contrast{ground}{text}{accent}",
        bg=ground,
        surface=ground,
        nav=ground,
        line=text,
        line2=text,
        text=text,
        sub=text,
        faint=text,
        accent=accent,
        accent_hover=accent,
        on_accent=on_accent,
        accent2=sel,
        accentline=accent,
        brand="#B3261E",
        sel=sel,
        hover=soft,
        alt=ground,
        bar=accent,
        bar2=_between(ground, text, 0.5),
        heat=(ground, soft, soft, sel, sel),
        on_heat=(text,) * 5,
        tones={tone: Ink(text, ground) for tone in Tone},
    )


def _luminance(colour: str) -> float:
    ink = QColor(colour)
    parts = [ink.redF(), ink.greenF(), ink.blueF()]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _between(one: str, other: str, share: float) -> str:
    a, b = QColor(one), QColor(other)

    def mixed(x: int, y: int) -> int:
        return round(x + (y - x) * share)

    made = QColor(mixed(a.red(), b.red()), mixed(a.green(), b.green()), mixed(a.blue(), b.blue()))
    return made.name().upper()
