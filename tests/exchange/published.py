"""Records that public pages show or must not show, put in by an operation of the tests."""

from datetime import date, timedelta
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageDraw
from sqlalchemy import select

from deputydesk.exchange.attachments import store_of
from deputydesk.models import (
    Attachment,
    Attendance,
    Home,
    HomeCheck,
    Mandate,
    Person,
    PointQuarter,
    Project,
    Regulation,
    RotaShift,
    Station,
    Suggestion,
    Supervisor,
)
from deputydesk.models.project import ProjectLevel
from deputydesk.office import Office, Right, Tx, operation
from deputydesk.rules.project_flow import ProjectState

CONSENTED = date(2023, 5, 4)
ITEMS = (
    "固定场所",
    "规范标识",
    "制度上墙",
    "代表公示",
    "活动计划",
    "专人负责",
    "工作经费",
    "履职台账",
)


def picture(colour: str = "#7a8fa6") -> bytes:
    """An invented portrait."""
    image = Image.new("RGB", (600, 800), colour)
    draw = ImageDraw.Draw(image)
    draw.ellipse((180, 150, 420, 430), fill="#f0d9c4")
    draw.ellipse((60, 470, 540, 1000), fill="#2c3442")
    packed = BytesIO()
    image.save(packed, "PNG")
    return packed.getvalue()


def keep(office: Office, data: bytes) -> str:
    """Put a picture where attachments lie; returns its digest."""
    return store_of(office).take_bytes("照片.png", data).digest


def board_row(mandate_id: str, name: str, **values: object) -> dict[str, object]:
    """A deputy on a closed board, as a quarter keeps it."""
    usual = {"level": "town", "town": "", "home": "", "standing": "", "items": {}, "note": ""}
    numbers = {"rank": None, "base": "0", "cut": "0", "total": "0", "share": "1"}
    return {"mandate": mandate_id, "name": name, **usual, **numbers, **values}


@operation(Right.SETUP, "测试数据")
def put(tx: Tx, *, records: tuple[object, ...]) -> None:
    """Put records in as they are."""
    tx.session.add_all([make() if callable(make) else make for make in records])


@operation(Right.SETUP, "测试改动")
def change(tx: Tx, *, model: type, record_id: str, **values: object) -> None:
    """Change columns of a record."""
    record = tx.session.get(model, record_id)
    for name, value in values.items():
        setattr(record, name, value)


@operation(Right.SETUP, "测试资料")
def fill(tx: Tx, *, digests: tuple[str, ...]) -> None:
    """Give the demo office consents, photos, a rota, checks, a board, projects, regulations."""
    session, today = tx.session, tx.today
    homes = list(session.scalars(select(Home).order_by(Home.id)))
    seats = session.execute(
        select(Mandate, Person)
        .join(Person, Person.id == Mandate.person_id)
        .where(Mandate.main)
        .order_by(Mandate.id)
    ).all()
    for n, (_, person) in enumerate(seats):
        person.photo_public, person.phone_public = n % 2 == 0, n % 3 == 0
        person.public_phone = f"0472-87{n:05}" if n % 3 == 0 else ""
        person.consented_on = CONSENTED if n % 5 else None
        session.add(
            Attachment(
                owner_kind="person",
                owner_id=person.id,
                purpose="photo",
                name="照片.png",
                media="image/png",
                digest=digests[n // 2 % len(digests)],
            )
        )
    seats[7][0].suspended = True
    for n, home in enumerate(homes):
        home.address, home.head = f"{home.unit}便民服务中心二楼", "苏和"
        mine = [m.id for m, _ in seats if m.home_id == home.id]
        for week in range(3):
            shift = RotaShift(
                planned_on=today + timedelta(days=8 + 15 * week + n % 5),
                home_id=home.id,
                slot="上午9:00—11:30",
                topic=("人居环境", "供水供暖", "")[week],
            )
            session.add(shift)
            session.flush()
            session.add_all(
                Attendance(event_kind="rota_shift", event_id=shift.id, mandate_id=m)
                for m in mine[week * 2 : week * 2 + 3]
            )
        session.add_all(
            HomeCheck(home_id=home.id, item=f"有{item}", passed=(n + k) % 9 > 0, checked_on=today)
            for k, item in enumerate(ITEMS)
        )
        session.add(Supervisor(home_id=home.id, name=f"监督员{n}", phone=f"1590472{n:04}"))
        if n % 4 == 0:
            roles = ["station", "reception", "legislation"]
            session.add(
                Station(
                    name=f"{home.unit}代表工作站", roles=roles, home_id=home.id, host="党群服务中心"
                )
            )
    rows = [
        board_row(m.id, p.name, rank=rank, total=f"{98 - rank * 0.5:g}")
        for rank, (m, p) in enumerate(seats, 1)
    ]
    session.add(
        PointQuarter(
            year=2023,
            quarter=4,
            closed_on=today,
            published_on=today,
            scheme_name="代表履职积分办法",
            board={"rows": rows},
        )
    )
    for n in range(25):
        session.add(
            Project(
                level=ProjectLevel.DISTRICT if n < 14 else ProjectLevel.TOWN,
                year=2023 - n % 2,
                number=n + 1,
                name=f"第{n + 1}号民生实事：滨河新区供水管网改造",
                content="更换老旧管网3.2公里，惠及居民1200户。",
                town="" if n < 14 else homes[6].unit,
                budget=(37 + n * 21) * 1_000_000,
                announced_on=date(2023, 2, 1),
                proposed_on=date(2022, 9, 1),
                state=(ProjectState.BUILDING, ProjectState.JUDGED)[n % 2],
                progress=(60, 100)[n % 2],
                grade=("", "满意")[n % 2],
            )
        )
    for n, name in enumerate(
        ("代表履职守则", "闭会期间代表活动办法", "双联系制度", "代表建议办理办法")
    ):
        session.add(
            Regulation(
                number=n + 1,
                name=name,
                document_no=f"石人发〔2022〕{n + 3}号",
                adopted_on=date(2022, 3, 9),
                content="第一条　为了规范代表履职，制定本办法。\n第二条　代表每年进家不少于四次。"
                if n % 2
                else "",
                on_wall=True,
            )
        )


@operation(Right.SETUP, "测试建议")
def word(tx: Tx, *, suggestion_id: str, reason: str) -> None:
    """Write something into a suggestion."""
    found = tx.session.get(Suggestion, suggestion_id)
    assert found
    found.reason = reason


def filled(office: Office) -> Office:
    """The demo office with all that a page can show."""
    colours = ("#7a8fa6", "#a67a7a", "#7aa68a", "#a6987a")
    office.do(fill, digests=tuple(keep(office, picture(c)) for c in colours))
    return office


def written(folder: Path) -> str:
    """Everything in the pages of a folder."""
    return "\n".join(f.read_text(encoding="utf-8") for f in sorted(folder.glob("*.html")))
