"""Copies of what was printed, in the store of attachments: kept, found again."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from deputydesk.errors import UserError
from deputydesk.exchange import attachments as files
from deputydesk.office import Office
from deputydesk.operations import printouts
from deputydesk.operations.printouts import Printed, PrintoutRow
from deputydesk.reports import FORMS, Form, Options
from deputydesk.reports.form import AskDeputies, AskPeriod, AskRecord


def printed(office: Office, form_id: str, options: Options) -> Printed:
    """What a form made with these options is, in words that are still true in ten years."""
    form = FORMS[form_id]
    return Printed(
        name=form.title,
        form=form.id,
        record_kind=office.ask(_kind, form, options.record_id) if options.record_id else "",
        record_id=options.record_id,
        about=_about(office, form, options),
        options=_plain(options),
    )


def keep(
    office: Office, data: bytes, what: Printed, *, pages: int, copies: int = 1, printer: str = ""
) -> str:
    """Keep the PDF as it was printed, or saved if no printer is named; returns the line's id.

    Raises:
        UserError: the disk refuses; nothing is kept.
    """
    store = files.store_of(office)
    with files.all_or_none(store) as taken:
        taken.append(store.take_bytes(f"{what.name}.pdf", data))
        return office.do(
            printouts.note,
            printed=what,
            file=taken[0],
            pages=pages,
            copies=copies,
            printer=printer,
        )


def read(office: Office, row: PrintoutRow) -> bytes:
    """The PDF of a line of the register, byte for byte.

    Raises:
        UserError: it is no longer there as it was.
    """
    data = files.store_of(office).read(row.digest)
    if data is None:
        raise UserError(
            f"“{row.name}”的副本不见了或已损坏，不能照原样再打印。",
            hint="可以在“报表打印”里重新生成，或从备份里找回“attachments”文件夹。",
        )
    return data


def _kind(session: Session, form: Form, record_id: str) -> str:
    """The table of the record that a form is of."""
    asks = (ask for ask in form.asks if isinstance(ask, AskRecord))
    offered = (model for ask in asks for model in (ask.model, *ask.others))
    return next((m.__tablename__ for m in offered if session.get(m, record_id)), "")


def _about(office: Office, form: Form, options: Options) -> str:
    """The record, the people, the days: what one would look for in the register."""
    said: list[str] = []
    for ask in form.asks:
        if isinstance(ask, AskRecord) and options.record_id:
            offered = office.ask(ask.offered, options.record_id)
            said += [offered.name] if offered else []
        elif isinstance(ask, AskDeputies):
            said.append(f"{len(options.deputy_ids)}名代表" if options.deputy_ids else "全体代表")
        elif isinstance(ask, AskPeriod) and options.first and options.last:
            said.append(f"{options.first:%Y-%m-%d}至{options.last:%Y-%m-%d}")
    return "，".join(said)


def _plain(options: Options) -> Mapping[str, Any]:  # Any: JSON
    """The options as JSON holds them, those left as usual not named."""
    usual = asdict(Options())
    return {
        name: value.isoformat() if isinstance(value, date) else value
        for name, value in asdict(options).items()
        if value != usual[name]
    }
