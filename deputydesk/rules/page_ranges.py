"""Which pages are printed, as people write it: 1-3，5，8-."""

import re

from deputydesk.errors import FieldError

_PART = re.compile(r"(\d*)(-?)(\d*)")
_SIGNS = str.maketrans("０１２３４５６７８９－—–~～至", "0123456789------")


def chosen(text: str, pages: int, field: str = "pages") -> tuple[int, ...]:
    """The pages named, counted from 1, in the order in which they are named; all if none is.

    Args:
        text: such as 1-3，5，8-: an open end means up to the last page.
        pages: how many there are.
        field: where the text was typed, for what is said of it.

    Raises:
        FieldError: it cannot be read, or names a page that is not there.
    """
    plain = re.sub(r"\s*-\s*", "-", text.translate(_SIGNS))
    parts = [part for part in re.split(r"[,，、;；\s]+", plain.strip()) if part]
    if not parts:
        return tuple(range(1, pages + 1))
    found: list[int] = []
    for part in parts:
        found += _range(part, pages, field)
    return tuple(found)


def _range(part: str, pages: int, field: str) -> range:
    read = _PART.fullmatch(part)
    if not read or not (read[1] or read[3]):
        raise FieldError(field, f"看不懂“{part}”。请这样写：1-3，5，8-。")
    first = int(read[1] or 1)
    last = int(read[3] or (pages if read[2] else first))
    for number in (first, last):
        if not 1 <= number <= pages:
            raise FieldError(field, f"没有第{number}页，这份文件共{pages}页。")
    if last < first:
        raise FieldError(field, f"“{part}”的前后颠倒了，请先写小的页码。")
    return range(first, last + 1)
