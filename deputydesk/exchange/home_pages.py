"""The public pages of the office and its homes: one self-contained HTML file each, in a folder."""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from deputydesk.database import disk_faults
from deputydesk.errors import UserError
from deputydesk.exchange.page_photos import inline_photo
from deputydesk.models import Mandate
from deputydesk.office import Office
from deputydesk.operations import publishing
from deputydesk.operations.public_rows import (
    CheckLine,
    LineKind,
    PublicDay,
    PublicHome,
    Review,
    Selection,
)
from deputydesk.paths import resource
from deputydesk.progress import SILENT, Progress
from deputydesk.rules import amounts
from deputydesk.rules.deadlines import chinese

if TYPE_CHECKING:
    from jinja2 import Environment

INDEX = "index.html"
COMING = 12
"""So many of the next duty days of all homes stand on the office's page."""
_MARK = "DeputyDesk"
_WEEKDAYS = "一二三四五六日"


@dataclass(frozen=True)
class Prepared:
    """What is to be written, exactly as the clerk checked it.

    Args:
        review: what is published, and the lines of the check.
        photos: photos as data URIs, by digest; empty where the file is none.
        office: the office's code, by which its own pages are known again.
    """

    review: Review
    photos: Mapping[str, str]
    office: str


@dataclass(frozen=True)
class Written:
    """What became of it."""

    folder: Path
    files: tuple[str, ...]
    removed: tuple[str, ...]
    """Pages of an earlier time that are not among the chosen ones."""


@dataclass(frozen=True)
class Entry:
    """A home and the file of its page."""

    home: PublicHome
    link: str

    @property
    def level(self) -> "_Level":
        """The home's level, in its order among levels."""
        order = list(type(self.home.level))
        at = order.index(self.home.level) if self.home.level in order else len(order)
        return _Level(at, self.home.level.label)


@dataclass(frozen=True, order=True)
class _Level:
    position: int
    label: str


def prepare(
    office: Office, selection: Selection | None = None, progress: Progress = SILENT
) -> Prepared:
    """Read what would be published and check it; writes nothing.

    Raises:
        UserError: the office has no profile or no home yet.
        Cancelled: the user stopped it.
    """
    review = office.ask(publishing.review, office.clock().date(), selection)
    people = [d for home in review.site.homes for d in home.deputies if d.photo]
    photos: dict[str, str] = {}
    missing: list[CheckLine] = []
    for done, deputy in enumerate(people):
        progress.step(done, len(people), f"正在准备照片：{deputy.name}")
        if deputy.photo not in photos:
            photos[deputy.photo] = inline_photo(office, deputy.photo)
        if not photos[deputy.photo]:
            missing.append(_no_photo(deputy.name, deputy.id))
    lines = (*missing, *review.lines)
    return Prepared(replace(review, lines=lines), photos, office.code)


def _no_photo(name: str, mandate_id: str) -> CheckLine:
    why = "照片文件不见了，或不是图片"
    table = Mandate.__tablename__
    return CheckLine(f"photo:{mandate_id}", LineKind.LEFT_OUT, name, "照片", why, table, mandate_id)


def stale(prepared: Prepared, to: Path) -> list[str]:
    """Pages of this office in the folder that this time would not write: they are removed."""
    names = {name for name, _ in _files(prepared)}
    if not to.is_dir():
        return []
    with disk_faults(to):
        found = sorted(to.glob("*.html"))
    return [file.name for file in found if file.name not in names and _is_ours(prepared, file)]


def write(
    prepared: Prepared,
    to: Path,
    progress: Progress = SILENT,
    *,
    weixin: bool = False,
    dark: bool = False,
) -> Written:
    """Write the pages into a folder: all of them, or nothing of it is left.

    Args:
        prepared: what the clerk checked.
        to: the folder; it is made if it is not there.
        progress: told of each page.
        weixin: also a page a home whose body can be pasted into a WeChat article.
        dark: pages are dark at first, for a wall screen in a dark hall.

    Raises:
        UserError: the folder cannot be written to.
        Cancelled: the user stopped it.
    """
    names = [(n, t) for n, t in _files(prepared) if weixin or t != "weixin.html"]
    parts: list[Path] = []
    made = not to.exists()
    try:
        with disk_faults(to):
            to.mkdir(parents=True, exist_ok=True)
            for done, (name, text) in enumerate(_pages(prepared, dark=dark, weixin=weixin)):
                progress.step(done, len(names), f"正在写入 {name}")
                part = to / f"{name}.part"
                parts.append(part)
                part.write_text(text, encoding="utf-8")
        removed = stale(prepared, to)
        if not weixin:
            removed += [n for n, t in _files(prepared) if t == "weixin.html" and (to / n).exists()]
        with disk_faults(to):
            for part in parts:
                part.replace(part.with_suffix(""))
            for name in removed:
                (to / name).unlink(missing_ok=True)
    except BaseException:
        for part in parts:
            with suppress(OSError):
                part.unlink(missing_ok=True)
        if made:
            with suppress(OSError):
                to.rmdir()
        raise
    return Written(to, tuple(name for name, _ in names), tuple(removed))


def _is_ours(prepared: Prepared, file: Path) -> bool:
    with disk_faults(file), file.open(encoding="utf-8", errors="replace") as page:
        return f'content="{_mark(prepared)}"' in page.read(2000)


def _mark(prepared: Prepared) -> str:
    return f"{_MARK} {prepared.office}"


def _entries(prepared: Prepared) -> list[Entry]:
    return [Entry(home, f"home-{home.id[-10:]}.html") for home in prepared.review.site.homes]


def _files(prepared: Prepared) -> list[tuple[str, str]]:
    """Every file that may be written, and its template."""
    links = [entry.link for entry in _entries(prepared)]
    return [
        (INDEX, "office.html"),
        *((link, "home.html") for link in links),
        *((_weixin(link), "weixin.html") for link in links),
    ]


def _weixin(link: str) -> str:
    return link.replace("home-", "weixin-")


def _pages(prepared: Prepared, *, dark: bool, weixin: bool) -> Iterator[tuple[str, str]]:
    """Name and text of each page, made one by one."""
    site, entries = prepared.review.site, _entries(prepared)
    photos = {"": "", **prepared.photos}
    common = {"site": site, "mark": _mark(prepared), "dark": dark, "index": INDEX}
    coming = [Listed(entry, day) for entry in entries for day in entry.home.planned]
    coming.sort(key=lambda listed: listed.day.on)
    templates = _environment()
    page = templates.get_template("office.html")
    listing = {"entries": entries, "coming": coming[:COMING]}
    yield INDEX, page.render(common | listing)
    for entry in entries:
        values = common | {"home": entry.home, "photos": photos}
        yield entry.link, templates.get_template("home.html").render(values)
        if weixin:
            text = templates.get_template("weixin.html").render(values)
            yield _weixin(entry.link), text


@dataclass(frozen=True)
class Listed:
    """A duty day on the office's page."""

    entry: Entry
    day: PublicDay


@cache
def _environment() -> "Environment":
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    made = Environment(
        loader=FileSystemLoader(resource("web")),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    filters: dict[str, Any] = {  # Any: functions of one value, as jinja2 declares them
        "day": chinese,
        "short_day": _short_day,
        "weekday": _weekday,
        "money": _money,
    }
    made.filters.update(filters)
    return made


def _short_day(day: date) -> str:
    return f"{day.month}月{day.day}日"


def _weekday(day: date) -> str:
    return f"星期{_WEEKDAYS[day.weekday()]}"


def _money(fen: int) -> str:
    return amounts.wan(fen) if fen else "—"


def check_is_confirmed(prepared: Prepared, *, confirmed: bool) -> None:
    """Refuse to publish before the clerk has seen the check.

    Raises:
        UserError: it was not confirmed; says how much there is to look at.
    """
    if not confirmed:
        people = prepared.review.count(LineKind.PUBLISHED)
        raise UserError(
            f"将公开{people}名代表的信息，请先看过检查结果再发布。",
            hint="看过以后加 --yes 再执行一次。",
        )
