"""Erasing for good: the record, then every file of this PC that says it, then the free pages."""

from collections.abc import Callable, Collection, Generator, Iterable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from sqlalchemy.orm import Session

from deputydesk import database
from deputydesk.errors import UserError
from deputydesk.exchange import attachments, backup, cut_off, erased_views, unfinished
from deputydesk.exchange.attachments import Store
from deputydesk.exchange.unfinished import Add
from deputydesk.journal.caches import RowKey
from deputydesk.journal.values import models
from deputydesk.models.base import scope_of
from deputydesk.office import Office, Operation, Right, Tx, operation
from deputydesk.operations import erasing, past_names
from deputydesk.rules.office_codes import LOCAL
from deputydesk.search import store as search_store
from deputydesk.security.veil import DRAFTS, Veil

First = Callable[[erasing.Erased], None]
"""Is told of what is erased before the database keeps that."""
REMEMBERED = ("last.json", "days.json")
"""Files beside the data that say what the window showed."""


@dataclass(frozen=True)
class Report:
    """What was done, and what a person has to do.

    Args:
        files: files that were removed: attachments, drafts, copies of papers.
        backups: backups of before, which still hold it.
        left: records whose own text still says it: kind and what it is called.
        travels: whether others had got it; they are told with the next stick.
        stays: files that another program holds open; they are removed later.
    """

    files: int
    backups: tuple[Path, ...]
    left: tuple[str, ...]
    travels: bool
    stays: tuple[Path, ...] = ()

    @property
    def sentences(self) -> list[str]:
        """As people read it."""
        said = ["已从数据、日志和搜索中彻底删除，恢复不了。"]
        if self.files:
            said.append(f"一并删除了{self.files}个文件（附件、草稿、打印副本）。")
        if self.stays:
            said.append(unfinished.sentence(self.stays))
        if self.left:
            said.append("这些记录的文字里还写着，请逐条查看：" + "；".join(self.left) + "。")
        if self.backups:
            said.append(
                f"以前的{len(self.backups)}份备份里还有。要连备份也不留，请先做一份新备份，"
                "再删除旧备份，包括移动硬盘上的。"
            )
        said.append(
            "对方单位收到过这条记录，下次交换时会随U盘通知对方一并删除。"
            if self.travels
            else "这条信息从不离开本单位，上级那里没有；本单位另一台电脑下次交换后删除。"
        )
        return said


def erase(office: Office, table: str, record_id: str, folder: Path) -> Report:
    """Erase a record for good; `folder` holds what belongs to this PC: drafts, opened copies.

    Raises:
        NotAllowed: only a head may.
        UserError: it cannot be erased, or the database refused; what was erased stays erased.
    """
    with listing(office, folder) as first:
        erased = office.do(_erase, first, table, record_id)
    removed = _cleaned(office, erased, _Here.of(office, folder), _erase_papers_here)
    return Report(
        removed.files,
        tuple(row.path for row in backup.rows(office)),
        tuple(office.ask(_called, erased.left)),
        travels=not scope_of(record_id).endswith(LOCAL),
        stays=removed.stays,
    )


def follow(office: Office, erased: erasing.Erased) -> None:
    """Remove what this PC holds of records that another PC erased; they themselves have gone.

    Raises:
        UserError: the disk refused some of it; the records stay as they came.
    """
    if stays := _cleaned(office, erased, _Here.of(office), _erase_papers).stays:
        raise UserError(f"记录已经收入，但要彻底删除的内容没有删净。{unfinished.sentence(stays)}")


def sweep(office: Office, placed: Collection[str]) -> None:
    """Remove contents that a bundle brought and no record names.

    A bundle of before an erasing brings what was erased; of what waits aside, the content is
    asked for again as soon as its record is here.
    """
    named = office.ask(attachments.attachments.named, placed)
    store = attachments.store_of(office)
    unfinished.remove(office, _stored(set(placed) - named, [store.folder]))


def finish(office: Office) -> tuple[Path, ...] | None:
    """Go on with what was cut off or would not go; returns what stays, None if there was nothing.

    Whoever opens the office need not be the head who decided it, but must be allowed to write.
    """
    stays = unfinished.finish(office)
    for erased in cut_off.noted(office) if Right.REGISTER in office.user.rights else ():
        if office.ask(erasing.is_erased, erased.ids):
            stays = _cleaned(office, erased, _Here.of(office), _erase_papers).stays
        cut_off.done(office, erased)  # what the database did not keep stays
    return stays


@contextmanager
def listing(office: Office, folder: Path | None = None) -> Generator[First]:
    """Before the database keeps an erasing, list what this PC holds of it, to be gone on with.

    `folder` holds what belongs to this PC; beside the data if None.
    """
    here = _Here.of(office, folder)
    with unfinished.listing(office) as add, cut_off.noting(office) as note:

        def first(erased: erasing.Erased) -> None:
            _list(here, add, erased, erased.digests)
            note(erased)

        yield first


@dataclass(frozen=True)
class _Here:
    """What this PC holds: contents, a folder of its own, and what that is sealed with."""

    store: Store
    folder: Path
    veil: Veil

    @classmethod
    def of(cls, office: Office, folder: Path | None = None) -> "_Here":
        """Of an office; the folder is that beside the data if None."""
        store = attachments.store_of(office)
        return cls(store, folder or store.folder.parent, Veil.of(office.data.key))


def _cleaned(
    office: Office,
    erased: erasing.Erased,
    here: _Here,
    erase_papers: Operation[[Callable[[Iterable[str]], None], list[str]], tuple[str, ...]],
) -> "_Removed":
    """Remove every file of this PC that says what was erased, then the free pages."""
    removed = _remove(office, here, erased, erased.digests)
    if papers := _printed(office, here.store, erased):
        with unfinished.listing(office) as add:
            first = partial(_list, here, add, erased)
            more = office.do(erase_papers, first, papers)
        removed = removed.and_then(_remove(office, here, erased, more))
    erased_views.remove(here.folder, here.veil, erased.words)
    _tidy(office)
    cut_off.done(office, erased)
    return removed


def _list(here: _Here, add: Add, erased: erasing.Erased, digests: Iterable[str]) -> None:
    with suppress(OSError):  # a draft that cannot be read now does not keep the record
        files, copies = _held(here, erased, digests)
        add((*files, *copies))


@operation(Right.MANAGE, "彻底删除", can_undo=False)
def _erase(tx: Tx, first: First, table: str, record_id: str) -> erasing.Erased:
    erased = erasing.erase(tx, table=table, record_id=record_id)
    first(erased)
    return erased


@operation(Right.MANAGE, "彻底删除打印副本", can_undo=False)
def _erase_papers_here(
    tx: Tx, first: Callable[[Iterable[str]], None], ids: list[str]
) -> tuple[str, ...]:
    digests = erasing.erase_printouts(tx, ids=ids)
    first(digests)
    return digests


@operation(Right.REGISTER, "随U盘彻底删除打印副本", can_undo=False)
def _erase_papers(
    tx: Tx, first: Callable[[Iterable[str]], None], ids: list[str]
) -> tuple[str, ...]:
    """As the head decided on the other PC: who takes the stick in need not be one."""
    return _erase_papers_here(tx, first, ids)


def _printed(office: Office, store: Store, erased: erasing.Erased) -> list[str]:
    """Copies of papers that name the person: lists, ledgers."""
    if not erased.words:
        return []
    return [
        line
        for line, digest in office.ask(erasing.printed_since, erased.since)
        if _says(store.read(digest) or b"", erased.words)
    ]


def _says(pdf: bytes, words: Iterable[str]) -> bool:
    """Whether a PDF holds one of these."""
    import pypdfium2  # as where pages are shown: only when needed

    try:
        with closing(pypdfium2.PdfDocument(pdf)) as document:
            texts = [page.get_textpage().get_text_bounded() for page in document]
    except pypdfium2.PdfiumError:
        return False
    told = "".join("".join(texts).split())
    return any("".join(word.split()) in told for word in words)


@dataclass(frozen=True)
class _Removed:
    """How many files went, and which would not."""

    files: int
    stays: tuple[Path, ...]

    def and_then(self, other: "_Removed") -> "_Removed":
        """Both together; what stays is listed, so the later one knows of all."""
        return _Removed(self.files + other.files, other.stays)


def _remove(
    office: Office, here: _Here, erased: erasing.Erased, digests: Iterable[str]
) -> _Removed:
    """Remove contents, drafts and what the window showed last."""
    files, copies = _held(here, erased, digests)
    stays = unfinished.remove(office, (*files, *copies))
    return _Removed(len(set(files) - set(stays)), stays)


def _held(
    here: _Here, erased: erasing.Erased, digests: Iterable[str]
) -> tuple[list[Path], list[Path]]:
    """Files that say it, and copies of them."""
    some = list(digests)
    files = [*_stored(some, [here.store.folder]), *_drafts(here, erased)]
    copies = [*_stored(some, here.store.spares)]
    for digest in some:
        copies += (here.folder / "opened" / digest[:12]).glob("*")
    return files, copies


def _stored(digests: Iterable[str], places: Iterable[Path]) -> Iterator[Path]:
    some = list(places)
    found = (place / digest[:2] / digest for digest in digests for place in some)
    return (file for file in found if file.is_file())


def _drafts(here: _Here, erased: erasing.Erased) -> Iterator[Path]:
    """What was typed and not saved; and what the window showed last, whatever it says."""
    wanted = [word.encode() for word in (*erased.words, *erased.ids)]
    for file in (here.folder / DRAFTS).glob("*"):
        with suppress(FileNotFoundError):
            content = file.name.encode() + here.veil.read(file.read_bytes())
            if any(word in content for word in wanted):
                yield file
    yield from (file for name in REMEMBERED if (file := here.folder / name).is_file())


def _tidy(office: Office) -> None:
    """Leave nothing in the pieces of the search's index, nor in pages that nobody uses."""
    with office.data.faults():
        with office.data.engine.begin() as connection:
            search_store.tidy(connection)
        database.compact(office.data.engine)


def _called(session: Session, keys: Iterable[RowKey]) -> list[str]:
    """Kind and name of records."""
    some = list(keys)
    named = past_names.names(session, some)
    return [f"{models()[key[0]].title}“{named.get(key, '')}”" for key in some if key[0] in models()]
