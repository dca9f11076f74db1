"""How everything looks: colours by meaning, sizes that grow with the user's text size, fonts."""

import re
import sys
from enum import StrEnum

from PySide6.QtGui import QColor, QFont, QPalette
from PySide6.QtWidgets import QApplication

from deputydesk.late import dataclass, field, replace
from deputydesk.paths import resource
from deputydesk.ui import garbage

FAMILIES = ("Microsoft YaHei UI", "Noto Sans CJK SC", "Source Han Sans SC", "WenQuanYi Micro Hei")
TEXT = 13
_FILLED_IN = re.compile(r"\$(\w+)|\b(\d+)sp\b")
HALF = 128
"""Lightness below which a colour is dark."""
SIZES = {"标准": 1.0, "大": 1.25, "特大": 1.5}


class Tone(StrEnum):
    """What a colour says; red is for what is overdue, and for nothing else."""

    RED = "red"
    AMBER = "amber"
    GREEN = "green"
    BLUE = "blue"
    VIOLET = "violet"
    GREY = "grey"


@dataclass(frozen=True)
class Ink:
    """Colours of a pill: its words and what they stand on."""

    text: str
    ground: str


@dataclass(frozen=True)
class Theme:
    """The colours of the whole window."""

    name: str
    bg: str
    surface: str
    nav: str
    line: str
    line2: str
    text: str
    sub: str
    faint: str
    accent: str
    accent_hover: str
    on_accent: str
    accent2: str
    accentline: str
    brand: str
    sel: str
    hover: str
    alt: str
    bar: str
    bar2: str
    heat: tuple[str, ...]
    on_heat: tuple[str, ...]
    tones: dict[Tone, Ink]


LIGHT = Theme(
    name="light",
    bg="#F3F5F8",
    surface="#FFFFFF",
    nav="#FFFFFF",
    line="#E1E6ED",
    line2="#EDF0F4",
    text="#1B2733",
    sub="#5A6878",
    faint="#616C7A",
    accent="#1D5BA6",
    accent_hover="#174C8B",
    on_accent="#FFFFFF",
    accent2="#E8F0FA",
    accentline="#B9D1EE",
    brand="#B3261E",
    sel="#E3EDF9",
    hover="#F2F5F9",
    alt="#FAFBFC",
    bar="#1D5BA6",
    bar2="#7594BE",
    heat=("#EDF1F6", "#CFE3D6", "#93CBA8", "#4FA877", "#1F7A4A"),
    on_heat=("#5A6878", "#1B2733", "#1B2733", "#10202C", "#FFFFFF"),
    tones={
        Tone.RED: Ink("#B32D1C", "#FCEBE8"),
        Tone.AMBER: Ink("#8A5200", "#FFF3DC"),
        Tone.GREEN: Ink("#1B7043", "#E5F4EB"),
        Tone.BLUE: Ink("#1D5BA6", "#E8F0FA"),
        Tone.VIOLET: Ink("#6A46A8", "#F1EBFA"),
        Tone.GREY: Ink("#566373", "#EEF1F5"),
    },
)
DARK = Theme(
    name="dark",
    bg="#14181D",
    surface="#1C2229",
    nav="#191E24",
    line="#2E3640",
    line2="#262D36",
    text="#E6EBF1",
    sub="#A4B0BE",
    faint="#98A4B2",
    accent="#6BA6EC",
    accent_hover="#8ABBF2",
    on_accent="#0E1620",
    accent2="#20324A",
    accentline="#365B88",
    brand="#E0665C",
    sel="#23364E",
    hover="#222932",
    alt="#1F252D",
    bar="#7FB3F0",
    bar2="#577495",
    heat=("#262D36", "#22402F", "#2C6045", "#357A57", "#6CCB97"),
    on_heat=("#A4B0BE", "#E6EBF1", "#E6EBF1", "#FFFFFF", "#0E1620"),
    tones={
        Tone.RED: Ink("#F08A7C", "#3D2320"),
        Tone.AMBER: Ink("#E9B45C", "#3A2E18"),
        Tone.GREEN: Ink("#6CCB97", "#1C3528"),
        Tone.BLUE: Ink("#7FB3F0", "#20324A"),
        Tone.VIOLET: Ink("#B79BEA", "#2D2540"),
        Tone.GREY: Ink("#A4B0BE", "#2A313A"),
    },
)
THEMES = {theme.name: theme for theme in (LIGHT, DARK)}
SAMPLE = {
    "light": {
        "accent": "#6A46A8",
        "accent_hover": "#573A8C",
        "accent2": "#F1EBFA",
        "accentline": "#CDBDE9",
        "sel": "#F1EBFA",
    },
    "dark": {
        "accent": "#B79BEA",
        "accent_hover": "#CBB6F1",
        "on_accent": "#160F20",
        "accent2": "#2D2540",
        "accentline": "#5B4A86",
        "sel": "#32294A",
    },
}
"""What is coloured otherwise in the sample office, so that nobody takes it for their own."""


@dataclass
class _Now:
    theme: Theme = LIGHT
    scale: float = 1.0
    is_sample: bool = False
    fonts: dict[tuple[float, bool], QFont] = field(default_factory=dict[tuple[float, bool], QFont])


_now = _Now()


def theme() -> Theme:
    """The colours in use."""
    return _now.theme


def scale() -> float:
    """How much larger than standard everything is drawn."""
    return _now.scale


def px(size: float) -> int:
    """A length of the standard size, in pixels of the user's size."""
    return round(size * _now.scale)


def ink(tone: Tone) -> Ink:
    """The colours that say this."""
    return _now.theme.tones[tone]


def font(size: float = TEXT, *, bold: bool = False) -> QFont:
    """The window's font at a standard size, in the user's size; do not change what you get."""
    found = _now.fonts.get((size, bold))
    if found is None:
        found = QFont()
        found.setFamilies(list(FAMILIES))
        found.setPixelSize(px(size))
        found.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
        if sys.platform != "win32":
            found.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
        _now.fonts[size, bold] = found
    return found


def set_sample(*, is_on: bool) -> None:
    """Take the sample office's colours from the next `apply` on, or the usual ones again."""
    _now.is_sample = is_on


def apply(app: QApplication, theme: Theme, scale: float) -> None:
    """Give the whole program these colours and this text size, now or again."""
    if _now.is_sample and theme.name in SAMPLE:
        theme = replace(theme, **SAMPLE[theme.name])  # type: ignore[arg-type]  # colours all
    _now.theme, _now.scale = theme, scale
    _now.fonts.clear()
    with garbage.kept():
        app.setStyle("Fusion")
        app.setFont(font())
        app.setPalette(_palette(theme))
        app.setStyleSheet(_sheet(theme))


def _palette(c: Theme) -> QPalette:
    role = QPalette.ColorRole
    palette = QPalette()
    for which, name in (
        (role.Window, c.bg),
        (role.Base, c.surface),
        (role.AlternateBase, c.alt),
        (role.Button, c.surface),
        (role.Text, c.text),
        (role.WindowText, c.text),
        (role.ButtonText, c.text),
        (role.Highlight, c.accent),
        (role.HighlightedText, c.on_accent),
        (role.PlaceholderText, c.faint),
        (role.Accent, c.accent),
        (role.Link, c.accent),
        (role.ToolTipBase, c.text),
        (role.ToolTipText, c.surface),
        (role.Mid, c.line),
        (role.Dark, c.faint),
        (role.Light, c.surface),
        (role.Midlight, c.line2),
    ):
        palette.setColor(which, QColor(name))
    for which in (role.Text, role.WindowText, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, which, QColor(c.faint))
    return palette


def _sheet(c: Theme) -> str:
    """The style sheet in these colours and the present size."""
    words = {name: value for name, value in vars(c).items() if isinstance(value, str)}
    for tone, ink in c.tones.items():
        words |= {f"{tone}_text": ink.text, f"{tone}_ground": ink.ground}
    for sign, ground in (("chevron", c.surface), ("check", c.on_accent)):
        shade = "dark" if QColor(ground).lightness() < HALF else "light"
        words[sign] = resource(f"icons/{sign}-{shade}.svg").as_posix()

    def filled(found: re.Match[str]) -> str:
        return words[found[1]] if found[1] else f"{px(int(found[2]))}px"

    return _FILLED_IN.sub(filled, resource("style/window.qss").read_text(encoding="utf-8"))
