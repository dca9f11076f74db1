"""The manual's pictures: all there, all shown, none too large, as wide as fits."""

import re

import pytest
from PIL import Image
from PySide6.QtCore import QUrl
from PySide6.QtGui import QTextDocument

from deputydesk.ui.dialogs.manual import Manual
from deputydesk.ui.manual_text import chapters
from tests.ui.manual_pictures import FOLDER, PICTURES

LARGEST, ALL = 60_000, 2_000_000
"""Bytes of one picture, and of all."""


def _named():
    text = "\n".join(chapter.text for chapter in chapters())
    return re.findall(r"!\[([^\]]+)\]\(pictures/([\w-]+)\.png\)", text)


def test_every_picture_named_is_there_and_every_picture_there_is_named():
    files = sorted(path.stem for path in FOLDER.iterdir())

    assert sorted(name for _, name in _named()) == files
    assert sorted(picture.name for picture in PICTURES) == files


def test_every_picture_says_what_it_shows():
    assert all(re.search("[一-鿿]", said) for said, _ in _named())


def test_pictures_are_small():
    sizes = {path.name: path.stat().st_size for path in FOLDER.iterdir()}

    assert {name for name, size in sizes.items() if size > LARGEST} == set()
    assert sum(sizes.values()) < ALL
    for path in FOLDER.iterdir():
        with Image.open(path) as picture:
            assert picture.mode == "P"


@pytest.fixture
def manual(qtbot):
    from PySide6.QtWidgets import QWidget

    parent = QWidget()
    qtbot.addWidget(parent)
    made = Manual(parent)
    made.show_place("04-suggestions#看板和列表")
    yield made
    made.close()


def _wide(manual):
    kind = QTextDocument.ResourceType.ImageResource.value
    image = manual.text.document().resource(kind, QUrl("pictures/board.png"))
    return image.width() / image.devicePixelRatio()


def test_a_picture_is_as_wide_as_the_text_and_follows_the_window(manual, qtbot):
    manual.resize(700, 600)
    qtbot.waitUntil(lambda: 0 < _wide(manual) < manual.text.viewport().width())
    narrow = _wide(manual)
    manual.resize(1000, 600)
    qtbot.waitUntil(lambda: _wide(manual) > narrow)

    assert _wide(manual) < manual.text.viewport().width()
