"""What hangs on the walls: the deputies' cards, by home or by group."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from deputydesk.errors import UserError
from deputydesk.models import DeputyGroup, Home, Mandate
from deputydesk.office import Office
from deputydesk.operations import deputy_cards, offices, places
from deputydesk.operations.deputy_cards import DeputyCardRow
from deputydesk.paths import attachments_folder, content_in
from deputydesk.reports.deputy_wall import WallCard, Walls, in_walls, write
from deputydesk.reports.form import (
    AskDeputies,
    AskPaper,
    AskRecord,
    Form,
    Group,
    Job,
    Offered,
    Options,
)

_HOME_A3, _HOME_A4, _GROUP_A3, _GROUP_A4 = "home-a3", "home-a4", "group-a3", "group-a4"
_TILES = "-tiles"
_BY_GROUP = (_GROUP_A3, _GROUP_A4, _GROUP_A3 + _TILES)
_ON_A4 = (_HOME_A4, _GROUP_A4)


def _read(job: Job) -> Walls:
    options = job.options
    by_group = options.paper in _BY_GROUP
    belongs, names = job.office.ask(_places, by_group=by_group, year=job.today.year)
    homes = {ident: home for ident, (home, _) in belongs.items()}
    if options.record_id and options.record_id not in job.office.ask(_home_ids):
        raise UserError("找不到这个代表之家，可能已被删除。", hint="请刷新后再试。")
    rows = job.office.ask(deputy_cards.rows, today=job.today, mandate_ids=tuple(options.deputy_ids))
    if options.record_id:
        rows = [row for row in rows if homes.get(row.id) == options.record_id]
    members = [(belongs.get(row.id, ("", ""))[by_group], _card(job.office, row)) for row in rows]
    rest = "未编入代表小组" if by_group else "未编入代表之家"
    profile = job.office.ask(offices.profile)
    phone = profile.phone if profile else ""
    return Walls(in_walls(members, names, rest), f"监督电话：{phone}" if phone else "")


def _places(
    session: Session, *, by_group: bool, year: int
) -> tuple[dict[str, tuple[str, str]], Sequence[tuple[str, str]]]:
    """Home and group of each mandate; and the homes or groups in their order."""
    found = session.execute(select(Mandate.id, Mandate.home_id, Mandate.group_id))
    belongs = {ident: (home, group) for ident, home, group in found}
    if by_group:
        groups = session.execute(
            select(DeputyGroup.id, DeputyGroup.name).order_by(DeputyGroup.name, DeputyGroup.id)
        )
        return belongs, [(ident, name) for ident, name in groups]
    return belongs, [(row.id, row.name) for row in places.homes(session, year)]


def _home_ids(session: Session) -> set[str]:
    return set(session.scalars(select(Home.id)))


def _card(office: Office, row: DeputyCardRow) -> WallCard:
    file = content_in(attachments_folder(office.data.path), row.photo) if row.photo else None
    return WallCard(
        name=row.name,
        title=row.title,
        district=row.district,
        job=row.job,
        duty_day=row.duty_day,
        phone=row.phone,
        payload=row.payload,
        photo=file if file and file.is_file() else None,
    )


def _homes(session: Session) -> list[Offered]:
    found = session.execute(select(Home.id, Home.name, Home.level).order_by(Home.name))
    return [Offered(ident, name, level.label) for ident, name, level in found]


def _extras(options: Options) -> dict[str, bool]:
    return {"a3": options.paper not in _ON_A4, "in_tiles": options.paper.endswith(_TILES)}


FORM = Form(
    "deputy_wall",
    "代表公示栏",
    Group.DEPUTY,
    "每个代表之家（或小组）一版；照片、电话须代表同意公开才印，没有照片的留空框；没有代表的印空白版。",
    _read,
    write,
    (
        AskRecord(Home, _homes, "代表之家", blank="全部"),
        AskDeputies(),
        AskPaper(
            (
                (_HOME_A3, "A3 横向，按代表之家"),
                (_HOME_A4, "A4 竖向，按代表之家"),
                (_GROUP_A3, "A3 横向，按代表小组"),
                (_GROUP_A4, "A4 竖向，按代表小组"),
                (_HOME_A3 + _TILES, "A3 按代表之家，分块印在 A4 上拼接"),
                (_GROUP_A3 + _TILES, "A3 按代表小组，分块印在 A4 上拼接"),
            )
        ),
    ),
    extras=_extras,
    source="《代表法》第58条（公示代表基本信息和履职信息）；版式自拟",
)
