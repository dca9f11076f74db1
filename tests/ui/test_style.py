"""Colours and sizes."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPalette
from PySide6.QtWidgets import QWidget

from deputydesk.paths import resource
from deputydesk.ui import icons, restyling, style
from deputydesk.ui.cells import pill
from deputydesk.ui.chart import fitting
from deputydesk.ui.charts import heat, nice_scale
from deputydesk.ui.contrast import READABLE, contrast, contrasting, own_palette
from deputydesk.ui.preferences import Preferences
from deputydesk.ui.style import DARK, LIGHT, SAMPLE, Tone

THEMES = [
    LIGHT,
    DARK,
    replace(LIGHT, **SAMPLE["light"]),
    replace(DARK, **SAMPLE["dark"]),
    contrasting(own_palette()),
]
NAMES = ["light", "dark", "sample light", "sample dark", "contrast"]
SEEN = 3.0
"""The contrast below which a drawing is hard to see."""
each_theme = pytest.mark.parametrize("theme", THEMES, ids=NAMES)


def pairs_of_words(theme):
    """Everything written and what it stands on, by the names of both."""
    grounds = ("bg", "surface", "nav", "alt", "sel", "hover")
    inks = ("text", "sub", "faint")
    pairs = [(ink, ground) for ink in inks for ground in grounds]
    pairs += [(ink, "line2") for ink in ("text", "sub")] if theme.line2 != theme.text else []
    pairs += [("accent", ground) for ground in ("surface", "bg", "nav", "accent2", "sel", "hover")]
    pairs += [("on_accent", "accent"), ("on_accent", "accent_hover"), ("text", "accent2")]
    pairs += [("sub", "line")] if theme.line != theme.text else []  # a primary button at rest
    return {
        f"{one} on {other}": (getattr(theme, one), getattr(theme, other)) for one, other in pairs
    }


@each_theme
def test_everything_written_can_be_read(theme):
    pairs = pairs_of_words(theme)
    for tone, ink in theme.tones.items():
        pairs[f"{tone} pill"] = ink.text, ink.ground
        pairs[f"{tone} words"] = ink.text, theme.surface
        pairs[f"{tone} in a marked row"] = ink.text, theme.sel
        pairs[f"words on {tone}"] = theme.text, ink.ground
    for n, (ink, ground) in enumerate(zip(theme.on_heat, theme.heat, strict=True)):
        pairs[f"heat {n}"] = ink, ground

    assert {
        name: round(contrast(*p), 2) for name, p in pairs.items() if contrast(*p) < READABLE
    } == {}


@each_theme
def test_everything_drawn_can_be_seen(theme):
    late = theme.tones[Tone.RED].text
    drawn = {"bar": theme.bar, "bar2": theme.bar2, "late": late, "focus": theme.accent}
    pairs = {name: (colour, theme.surface) for name, colour in drawn.items()}
    pairs["a box to tick"] = theme.faint, theme.surface
    pairs["focus of the main button"] = theme.on_accent, theme.accent
    pairs["sign of the program"] = "#FFFFFF", theme.brand

    assert {name: round(contrast(*p), 2) for name, p in pairs.items() if contrast(*p) < SEEN} == {}
    assert contrast(theme.bar, theme.bar2) > 1.8  # told apart by those who see no colours


def test_contrast_is_reckoned_as_the_guidelines_do():
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)


def palette_of(ground, text, highlight, marked_text):
    role, made = QPalette.ColorRole, QPalette()
    for which in (role.Window, role.Base, role.Button):
        made.setColor(which, QColor(ground))
    for which in (role.WindowText, role.Text, role.ButtonText):
        made.setColor(which, QColor(text))
    made.setColor(role.Highlight, QColor(highlight))
    made.setColor(role.HighlightedText, QColor(marked_text))
    return made


@pytest.mark.parametrize(
    "colours",
    [
        ("#000000", "#FFFFFF", "#1AEBFF", "#000000"),  # 高对比度黑色
        ("#FFFFFF", "#000000", "#37006E", "#FFFFFF"),  # 高对比度白色
        ("#202020", "#FFFFFF", "#8EE3F0", "#263B50"),  # 水生
        ("#FFFAEF", "#3D3D3D", "#903909", "#FFF5E3"),  # 沙漠
        ("#000000", "#FFFFFF", "#111111", "#222222"),  # whatever somebody put together
    ],
)
def test_a_system_of_strong_contrast_gives_all_the_colours(colours):
    theme = contrasting(palette_of(*colours))
    pairs = pairs_of_words(theme)

    assert (theme.surface, theme.text) == colours[:2]
    assert [name for name, pair in pairs.items() if contrast(*pair) < READABLE] == []
    assert {ink.text for ink in theme.tones.values()} == {theme.text}


def test_where_the_system_asks_for_strong_contrast_it_gets_it(restyled, monkeypatch):
    monkeypatch.setattr(restyling, "asks_for_contrast", lambda: True)

    restyling.show(Preferences(theme="dark"))

    assert style.theme().name.startswith("contrast")
    assert style.theme().text == restyled.palette().text().color().name().upper()


def test_the_window_follows_the_system(restyled, monkeypatch):
    follows = restyling.SystemLook(restyled, Preferences(theme="system"))
    monkeypatch.setattr(restyling, "is_dark_outside", lambda: True)
    restyled.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Dark)
    at_night = style.theme()
    monkeypatch.setattr(restyling, "is_dark_outside", lambda: False)
    follows.follow()

    assert (at_night, style.theme()) == (DARK, LIGHT)


def test_strong_contrast_can_be_chosen_on_any_system(restyled):
    restyling.show(Preferences(theme="contrast"))

    assert contrast(style.theme().text, style.theme().surface) == pytest.approx(21)


def test_without_colours_a_pill_has_a_ring(restyled):
    restyling.show(Preferences(theme="contrast"))
    drawn = pill("逾期", Tone.RED, style.theme().name, 1.0, 1.0).toImage()

    assert drawn.pixelColor(drawn.width() // 2, 0).lightness() > 128


@each_theme
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


@pytest.fixture
def no_signs(monkeypatch):
    """As at the beginning of a start."""

    def begin():
        for name, empty in (("_shown", {}), ("_kept", {}), ("_drawn", set())):
            monkeypatch.setattr(icons, name, empty)

    begin()
    return begin


def test_a_start_draws_no_sign_that_the_last_one_showed(qapp, no_signs, tmp_path, monkeypatch):
    drawn = [icons.pixmap(name, "#123456", 18).toImage() for name in ("plus", "users")]
    small = icons.pixmap("plus", "#FF0000", 16).toImage()
    icons.keep(tmp_path)

    no_signs()
    icons.recall(tmp_path)
    monkeypatch.setattr(icons, "_draw", lambda *sign: pytest.fail(f"{sign} was drawn"))

    assert [icons.pixmap(name, "#123456", 18).toImage() for name in ("plus", "users")] == drawn
    assert icons.pixmap("plus", "#FF0000", 16).toImage() == small
    assert icons.pixmap("plus", "#FF0000", 16).devicePixelRatio() == icons.SHARPNESS


def test_signs_of_another_version_are_drawn_anew(qapp, no_signs, tmp_path, monkeypatch):
    icons.pixmap("plus", "#123456", 18)
    monkeypatch.setattr(icons, "__version__", "0.0.1")
    icons.keep(tmp_path)
    monkeypatch.undo()
    no_signs()

    icons.recall(tmp_path)

    assert not icons._kept


def test_a_picture_of_signs_that_is_damaged_or_cannot_be_kept_is_left(qapp, no_signs, tmp_path):
    (tmp_path / icons.KEPT).write_bytes(b"no picture")
    icons.recall(tmp_path)
    icons.pixmap("plus", "#123456", 18)
    icons.keep(tmp_path / "missing")

    assert not icons._kept
    assert [path.name for path in tmp_path.iterdir()] == [icons.KEPT]


def test_months_side_by_side_get_shorter_then_fewer_and_never_touch(qapp):
    months = [f"{n}月" for n in range(1, 13)]
    font = style.font(11)
    two_digits = QFontMetricsF(font).horizontalAdvance("12")

    assert fitting(months, 100, font) == months
    assert fitting(months, two_digits + style.px(3), font) == [str(n) for n in range(1, 13)]
    assert fitting(months, two_digits, font)[-4:] == ["", "10", "", "12"]
    assert fitting(months, 0, font)[-1] == "12"
    assert fitting([], 10, font) == []
