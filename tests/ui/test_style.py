"""Colours and sizes."""

import pytest
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QWidget

from deputydesk.paths import resource
from deputydesk.ui import icons, style
from deputydesk.ui.charts import heat, nice_scale
from deputydesk.ui.preferences import Preferences
from deputydesk.ui.style import DARK, LIGHT, Tone

READABLE = 4.5
"""The contrast below which small text is hard to read."""


def luminance(colour: str) -> float:
    ink = QColor(colour)
    parts = [ink.redF(), ink.greenF(), ink.blueF()]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
def test_everything_written_can_be_read(theme):
    pairs = [
        (ink, ground)
        for ink in (theme.text, theme.sub, theme.faint)
        for ground in (theme.bg, theme.surface, theme.nav, theme.alt, theme.sel, theme.hover)
    ]
    pairs += [(ink.text, ink.ground) for ink in theme.tones.values()]
    pairs += [(ink.text, theme.surface) for ink in theme.tones.values()]
    pairs += [(theme.on_accent, theme.accent), (theme.accent, theme.accent2)]
    pairs += zip(theme.on_heat, theme.heat, strict=True)

    assert [pair for pair in pairs if contrast(*pair) < READABLE] == []


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
def test_every_tone_has_its_colours(theme):
    assert set(theme.tones) == set(Tone)


@pytest.fixture
def restyled(qapp):
    yield qapp
    style.apply(qapp, LIGHT, 1.0)


@pytest.mark.parametrize("scale", style.SIZES.values())
def test_sizes_grow_with_the_text(restyled, scale):
    style.apply(restyled, DARK, scale)

    assert style.px(100) == round(100 * scale)
    assert style.font().pixelSize() == round(style.TEXT * scale)
    assert restyled.font().pixelSize() == round(style.TEXT * scale)
    assert style.theme() is DARK


def test_the_sheet_has_no_fault(restyled, qtbot):
    for theme in (LIGHT, DARK):
        style.apply(restyled, theme, 1.0)
        widget = QWidget()
        qtbot.addWidget(widget)
        widget.ensurePolished()


def test_every_sign_can_be_drawn(qapp):
    names = [path.stem for path in resource("icons").glob("*.svg")]

    assert len(names) > 30
    for name in names:
        assert not icons.pixmap(name, "#123456", 18).toImage().isNull()


def test_signs_are_drawn_in_their_colour(qapp):
    image = icons.pixmap("plus", "#FF0000", 18).toImage()
    middle = image.pixelColor(image.width() // 2, image.height() // 2)

    assert middle.red() > 200
    assert middle.blue() < 60


def test_what_belongs_to_this_pc_is_kept(tmp_path):
    Preferences(operator="张丽", scale=1.25, theme="dark").save(tmp_path / "new")

    assert Preferences.load(tmp_path / "new") == Preferences("张丽", 1.25, "dark")


@pytest.mark.parametrize("told", ["", "{", "[]", '{"scale": "large", "operator": 3}'])
def test_a_damaged_file_means_the_usual(tmp_path, told):
    (tmp_path / "desk.json").write_text(told, encoding="utf-8")

    assert Preferences.load(tmp_path) == Preferences()


def test_a_disk_that_refuses_costs_only_the_preference(tmp_path):
    (tmp_path / "file").write_text("", encoding="utf-8")

    Preferences().save(tmp_path / "file")


@pytest.mark.parametrize(
    ("highest", "scale"),
    [(0, (4, 1)), (3, (3, 1)), (9, (10, 2)), (164, (200, 40)), (47, (50, 10)), (1000, (1000, 200))],
)
def test_axes_end_in_round_numbers(highest, scale):
    assert nice_scale(highest) == scale


def test_the_more_the_greener():
    assert [heat(n) for n in (0, 1, 2, 3, 4, 5, 6, 7, 30)] == [0, 1, 1, 2, 2, 3, 3, 4, 4]
