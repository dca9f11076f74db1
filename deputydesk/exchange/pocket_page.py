"""The pocket page (一端一微): one offline HTML file on which a deputy notes receptions."""

import base64
import hashlib
import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from deputydesk.database import disk_faults
from deputydesk.errors import UserError
from deputydesk.office import Office
from deputydesk.operations import deputies, offices, places
from deputydesk.operations.pocket_notes import CHANNELS, LINKS
from deputydesk.paths import resource

_SLOT = re.compile(r"%(CSP|CSS|DATA|QRCODE|JS)%")


@dataclass(frozen=True)
class _Person:
    id: str
    name: str
    home: str
    home_id: str


def write(office: Office, to: Path, mandate_id: str = "") -> int:
    """Write the page for a deputy, or for all of the office; returns for how many.

    No voter's data is in it, and of deputies only names and homes.

    Raises:
        UserError: no such deputy, nobody in office, or the file cannot be written.
    """
    people = office.ask(_people, mandate_id)
    page = _page(office, people)
    part = to.with_name(f"{to.name}.part")
    with disk_faults(to):
        try:
            part.write_text(page, encoding="utf-8", newline="\n")
            part.replace(to)
        finally:
            part.unlink(missing_ok=True)
    return len(people)


def file_name(office: Office, mandate_id: str = "") -> str:
    """What the file is called unless the user says otherwise."""
    people = office.ask(_people, mandate_id)
    who = people[0].name if mandate_id else "全体代表"
    return f"代表随手记-{who}.html"


def _people(session: Session, mandate_id: str) -> list[_Person]:
    rows = [deputies.one(session, mandate_id)] if mandate_id else deputies.rows(session)
    found = [
        _Person(row.id, row.name, row.home, row.home_id)
        for row in rows
        if mandate_id or (row.main and not row.suspended)
    ]
    if not found:
        raise UserError("还没有代表，不能生成随手记页面。", hint="请先登记代表。")
    return found


def _page(office: Office, people: list[_Person]) -> str:
    style, script = _read("pocket.css"), _read("pocket.js")
    library = _read("vendor/qrcode.js")
    policy = (
        "default-src 'none'; img-src data: blob:; "
        f"style-src '{_hash(style)}'; script-src '{_hash(library)}' '{_hash(script)}'; "
        "base-uri 'none'; form-action 'none'"
    )
    parts = {
        "CSP": policy,
        "CSS": style,
        "DATA": _data(office, people),
        "QRCODE": library,
        "JS": script,
    }
    return _SLOT.sub(lambda found: parts[found[1]], _read("pocket.html"))


def _data(office: Office, people: list[_Person]) -> str:
    profile = office.ask(offices.profile)
    homes = office.ask(places.homes, office.clock().year)
    said: dict[str, Any] = {  # Any: what JSON holds
        "office": office.code,
        "name": profile.organ.short if profile else "",
        "deputies": [vars(person) for person in people],
        "homes": [{"id": home.id, "name": home.name} for home in homes],
        "channels": [
            {"id": channel.value, "name": channel.label, "home": channel not in LINKS}
            for channel in CHANNELS
        ],
    }
    return json.dumps(said, ensure_ascii=False).replace("<", "\\u003c")


def _read(name: str) -> str:
    return resource(f"web/{name}").read_text(encoding="utf-8")


def _hash(text: str) -> str:
    digest = hashlib.sha256(text.encode()).digest()
    return f"sha256-{base64.b64encode(digest).decode()}"
