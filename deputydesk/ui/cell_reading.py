"""What a cell of a pasted block means, as the field of a form would take it."""

import unicodedata
from collections.abc import Sequence
from typing import Any

from deputydesk.rules.name_lists import alternatives, names_in
from deputydesk.rules.names import search_text
from deputydesk.ui.choices import Candidate
from deputydesk.ui.fields import CheckField, ChoiceField, Field
from deputydesk.ui.heard_field import HeardField
from deputydesk.ui.people_grid import PeopleField
from deputydesk.ui.pickers import PickEdit, PickManyField
from deputydesk.ui.rule_rows_field import RowsField

YES = ("是", "√", "✓", "✔", "有", "对", "1", "y", "yes", "true")
NO = ("否", "×", "✗", "无", "没有", "0", "n", "no", "false", "-", "—")


def is_readable(field: Field) -> bool:
    """Whether one cell can say what stands in the field."""
    return not isinstance(field, HeardField | RowsField)


def read(field: Field, text: str) -> Any:  # Any: a value of the field
    """The value that a cell means; a blank one means what the empty field means.

    Raises:
        FieldError: it is no such value.
    """
    field.clear()
    text = text.strip()
    if not text:
        return field.value()
    if isinstance(field, ChoiceField):
        return _choice(field, text)
    if isinstance(field, CheckField):
        return _flag(field, text)
    if isinstance(field, PickManyField | PeopleField):
        for piece in names_in(text):
            for one in _meant(field, field.control.line, piece):
                field.control.add(one)
        return field.value()
    field.set_raw(text)
    return field.value()


def _choice(field: ChoiceField, text: str) -> Any:  # Any: as `read`
    wanted = _plain(text)
    options = field.options()
    exact = [value for value, shown in options if _plain(shown) == wanted]
    near = [value for value, shown in options if wanted in _plain(shown)]
    found = exact or near
    if len(found) != 1:
        offered = "、".join(shown for _, shown in options if shown)
        raise field.wrong(f"{field.text}不能是“{text}”，可以填：{offered}。")
    return found[0]


def _flag(field: CheckField, text: str) -> bool:
    said = _plain(text)
    if said not in (*YES, *NO):
        raise field.wrong(f"{field.text}请填“是”或“否”。")
    return said in YES


def _meant(field: Field, line: PickEdit, piece: str) -> list[Candidate]:
    """Who a piece of a list names: 张　三 is one, 王伟 高娃 may be two."""
    for names in alternatives(piece):
        found = [one for name in names if (one := _one(line, name))]
        if len(found) == len(names):
            return found
    same = _of_name(line.candidates(), piece)
    raise field.wrong(f"“{piece}”不止一个，请写全名。" if len(same) > 1 else f"没有找到“{piece}”。")


def _one(line: PickEdit, name: str) -> Candidate | None:
    line.setText(name)
    found = line.meant()
    line.clear()
    return found


def _of_name(candidates: Sequence[Candidate], name: str) -> list[Candidate]:
    return [candidate for candidate in candidates if _plain(candidate.name) == _plain(name)]


def _plain(text: str) -> str:
    return search_text(unicodedata.normalize("NFKC", text)).replace(" ", "")
