"""Files that belong to records: scans, photos, papers; the bytes are kept by `exchange`."""

from collections.abc import Iterable, Sequence
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from deputydesk.errors import FieldError, UserError
from deputydesk.journal.caches import chunks
from deputydesk.journal.values import models
from deputydesk.late import dataclass
from deputydesk.models import Attachment, Person
from deputydesk.models.base import new_id, office_scope, scope_of
from deputydesk.office import Right, Tx, operation
from deputydesk.operations.checks import filled, get
from deputydesk.operations.naming import called
from deputydesk.operations.removal import removal
from deputydesk.rules.office_codes import LOCAL

PHOTO = "photo"
"""The purpose of a person's portrait."""


@dataclass(frozen=True)
class Content:
    """Bytes that lie in the store, as a record refers to them."""

    name: str
    digest: str
    size: int
    media: str
    taken_on: date | None = None


@dataclass(frozen=True)
class AttachmentRow:
    """An attachment as lists show it."""

    id: str
    owner_kind: str
    owner_id: str
    name: str
    purpose: str
    media: str
    digest: str
    size: int
    taken_on: date | None
    note: str
    confidential: bool

    @property
    def is_picture(self) -> bool:
        """Whether it can be shown small."""
        return self.media.startswith("image/")


@dataclass(frozen=True)
class Added:
    """What became of the files that were given."""

    ids: tuple[str, ...]
    known: tuple[str, ...]
    """Names of files that the record had already."""


def rows(session: Session, owner_kind: str, owner_id: str) -> list[AttachmentRow]:
    """Attachments of a record, in the order in which they were added."""
    found = session.scalars(
        select(Attachment)
        .where(Attachment.owner_kind == owner_kind, Attachment.owner_id == owner_id)
        .order_by(Attachment.id)
    )
    return [_row(a) for a in found]


def photos(session: Session, person_ids: Iterable[str] | None = None) -> dict[str, AttachmentRow]:
    """The portraits of people by person, the newest of each; of everybody if none are named."""
    query = (
        select(Attachment)
        .where(Attachment.owner_kind == Person.__tablename__, Attachment.purpose == PHOTO)
        .order_by(Attachment.id)
    )
    if person_ids is not None:
        query = query.where(Attachment.owner_id.in_(list(person_ids)))
    return {a.owner_id: _row(a) for a in session.scalars(query)}


def contents(session: Session) -> dict[str, list[AttachmentRow]]:
    """Every content that a record refers to, by digest; a copy that was thinned has none."""
    found: dict[str, list[AttachmentRow]] = {}
    query = select(Attachment).where(Attachment.digest != "").order_by(Attachment.id)
    for a in session.scalars(query):
        found.setdefault(a.digest, []).append(_row(a))
    return found


def named(session: Session, digests: Iterable[str]) -> set[str]:
    """Of these contents, those that a record names."""
    found: set[str] = set()
    for some in chunks(digests):
        found.update(session.scalars(select(Attachment.digest).where(Attachment.digest.in_(some))))
    return found


def counts(session: Session, owner_kind: str) -> dict[str, int]:
    """How many attachments records of a kind have."""
    return dict(
        session.execute(
            select(Attachment.owner_id, func.count())
            .where(Attachment.owner_kind == owner_kind)
            .group_by(Attachment.owner_id)
        ).all()
    )


def _row(a: Attachment) -> AttachmentRow:
    return AttachmentRow(
        id=a.id,
        owner_kind=a.owner_kind,
        owner_id=a.owner_id,
        name=a.name,
        purpose=a.purpose,
        media=a.media,
        digest=a.digest,
        size=a.size,
        taken_on=a.taken_on,
        note=a.note,
        confidential=a.confidential,
    )


@operation(Right.REGISTER, "添加附件")
def add(
    tx: Tx,
    *,
    owner_kind: str,
    owner_id: str,
    files: Sequence[Content],
    purpose: str = "",
    confidential: bool = False,
) -> Added:
    """Attach files to a record; one that the record has already is not attached again."""
    model = models().get(owner_kind)
    if model is None:
        raise UserError(f"没有“{owner_kind}”这种记录，不能添加附件。")
    owner = get(tx.session, model, owner_id)
    here = {row.digest for row in rows(tx.session, owner_kind, owner_id)}
    made: list[str] = []
    known: list[str] = []
    for file in files:
        if file.digest in here:
            known.append(file.name)
            continue
        here.add(file.digest)
        made.append(_put(tx, owner_kind, owner_id, file, purpose, confidential=confidential))
    tx.about = f"{called(owner)}：{'、'.join(f.name for f in files if f.name not in known)}"
    return Added(tuple(made), tuple(known))


@operation(Right.REGISTER, "更换代表照片")
def set_photo(tx: Tx, *, person_id: str, file: Content) -> str:
    """Make a picture a person's portrait, in the place of the one before; returns its id."""
    person = get(tx.session, Person, person_id)
    if not file.media.startswith("image/"):
        raise UserError(f"“{file.name}”不是图片，不能作照片。", hint="请选择 JPG 或 PNG 图片。")
    for row in rows(tx.session, Person.__tablename__, person_id):
        if row.purpose == PHOTO:
            tx.session.delete(get(tx.session, Attachment, row.id))
    tx.about = person.name
    return _put(tx, Person.__tablename__, person_id, file, PHOTO, confidential=False)


@operation(Right.REGISTER, "修改附件")
def edit(
    tx: Tx,
    *,
    attachment_id: str,
    name: str,
    purpose: str = "",
    taken_on: date | None = None,
    note: str = "",
    confidential: bool = False,
) -> None:
    """Change what is said of an attachment; its bytes stay as they are."""
    row = get(tx.session, Attachment, attachment_id)
    if taken_on and taken_on > tx.today:
        raise FieldError("taken_on", "形成日期不能晚于今天。")
    row.name = filled("name", name, "文件名")
    row.purpose, row.taken_on, row.note = purpose.strip(), taken_on, note.strip()
    row.confidential = confidential
    tx.about = row.name


@operation(Right.REGISTER, "重命名附件")
def rename(tx: Tx, *, attachment_id: str, name: str) -> None:
    """Call an attachment something else; the ending, which says what it is, stays."""
    row = get(tx.session, Attachment, attachment_id)
    name = filled("name", name, "文件名")
    _, dot, ending = row.name.rpartition(".")
    if dot and not name.lower().endswith(f".{ending}".lower()):
        name = f"{name}.{ending}"
    row.name = name
    tx.about = name


def _put(
    tx: Tx, owner_kind: str, owner_id: str, file: Content, purpose: str, *, confidential: bool
) -> str:
    own = office_scope.get()
    is_local = scope_of(owner_id).endswith(LOCAL)
    made = Attachment(
        id=new_id(own + LOCAL if is_local else own),
        owner_kind=owner_kind,
        owner_id=owner_id,
        name=file.name,
        purpose=purpose,
        media=file.media,
        digest=file.digest,
        size=file.size,
        taken_on=file.taken_on,
        confidential=confidential,
    )
    tx.session.add(made)
    return made.id


remove = removal(Attachment)
