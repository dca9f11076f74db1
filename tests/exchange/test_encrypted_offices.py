"""Offices whose data is encrypted exchange sticks as others do, and leave nothing in clear.

All of it through the operations that the window calls; each PC has a password of its own.
"""

import shutil

import pytest

from deputydesk.database import data_keys, key_files
from deputydesk.errors import NeedsPassword, UserError
from deputydesk.exchange import (
    backup,
    cards,
    device,
    encryption,
    joining,
    leftovers,
    receiving,
    sending,
)
from deputydesk.models import Unit
from deputydesk.models.choices import OfficeKind
from deputydesk.office import Office, User
from deputydesk.operations import conflicts, units
from deputydesk.operations.partners import Role
from tests import clear_text, make
from tests.exchange import carriers, fuzzing
from tests.exchange.looking import names, state
from tests.journal import samples

NAME = "葛某某某"
"""Of somebody whom no file may name."""
WORDS = "three-horses"
MUTANTS = 100


def password_of(pc):
    return f"风调雨顺 {pc} 2026"


class Pc:
    """An encrypted office at its PC; its program can be ended and started again."""

    def __init__(self, folder, office):
        self.folder, self.office = folder, office
        self.name = folder.name

    @property
    def path(self):
        return self.folder / "office.db"

    def end(self):
        backup.at_close(self.office)
        self.office.close()

    def start(self, *others):
        """As at the next start: nothing is known until the password is given.

        In this process other PCs are at work as well; their programs know their own keys.
        """
        data_keys.forget()
        with pytest.raises(NeedsPassword):
            self._open()
        for pc in (self, *others):
            data_keys.unlock(pc.path, password_of(pc.name))
        self._open()
        leftovers.sweep(self.office)

    def _open(self):
        self.office = Office.open(self.path, clock=carriers.clock(), user=User(self.name))
        device.recognise(self.office)

    def unit(self, name):
        return next(row for row in self.office.ask(units.rows) if row.name == name)

    def change(self, name, **values):
        row = self.unit(name)
        kept = {"name": row.name, "contact": row.contact, "phone": row.phone}
        self.office.do(units.edit, unit_id=row.id, **(kept | values))


def give(one, other, stick):
    """Carry a stick from one PC to another."""
    sent = sending.send(one.office, other.office.code, stick)
    received = receiving.receive(other.office, sent.path)
    sent.path.unlink()
    return received


def created(folder, code, kind, name):
    folder.mkdir()
    data_keys.prepare(folder / "office.db", password_of(folder.name))
    clock = carriers.clock()
    office = Office.create(folder / "office.db", code=code, clock=clock, user=User(code))
    make.profile(office, kind=kind, name=name)
    device.note(office)
    return Pc(folder, office)


@pytest.fixture
def pcs(tmp_path, stick):
    """A township and its district, both encrypted, that enrolled each other's card."""
    town = created(tmp_path / "T1", "T1", OfficeKind.TOWN, "五当召镇")
    district = created(tmp_path / "D", "D", OfficeKind.DISTRICT, "石拐区")
    for pc, other, role in ((town, district, Role.PARENT), (district, town, Role.CHILD)):
        card = cards.read(cards.write(cards.own(other.office), stick))
        cards.enrol(pc.office, card, role)
    yield town, district
    for pc in (town, district):
        pc.office.close()


@pytest.fixture
def second(pcs, tmp_path, stick):
    """The township's other PC, encrypted with a password of its own."""
    file = joining.write(pcs[0].office, stick, WORDS)
    folder = tmp_path / "T1b"
    folder.mkdir()
    data_keys.prepare(folder / "office.db", password_of("T1b"))
    joined = joining.read(file, WORDS)
    clock, user = carriers.clock(), User("二")
    office = joining.join(folder / "office.db", joined, clock=clock, user=user)
    device.note(office)
    pc = Pc(folder, office)
    yield pc
    pc.office.close()


def hold_nothing_in_clear(*some):
    for pc in some:
        files = [file for file in pc.folder.rglob("*") if file.is_file()]
        assert clear_text.saying(pc.folder, NAME) == []
        assert {file.name.rpartition(".")[2] for file in files} == {"db", "key", "lock"}
        assert not [f for f in files if f.read_bytes().startswith(key_files.MAGIC)]


def test_three_sticks_go_round_between_two_encrypted_offices(pcs, stick):
    town, district = pcs
    town.office.do(units.add, name="镇水利站", contact=NAME)
    assert give(town, district, stick).new > 0

    district.end()
    district.start(town)
    district.change("镇水利站", phone="0472-3131313")
    give(district, town, stick)
    town.office.do(units.add, name="镇供电所", contact=NAME)
    give(town, district, stick)

    assert names(district.office) == ["镇供电所", "镇水利站"]
    assert town.unit("镇水利站").phone == "0472-3131313"
    assert district.unit("镇供电所").contact == NAME
    for pc in pcs:
        assert pc.office.check() == []
        pc.end()
    hold_nothing_in_clear(*pcs)
    assert clear_text.saying(stick, NAME) == []


def test_what_two_encrypted_pcs_wrote_differently_is_settled_and_travels_on(pcs, second, stick):
    town, district = pcs
    town.office.do(units.add, name="镇水利站", contact=NAME)
    give(town, second, stick)
    town.change("镇水利站", contact="王建国")
    second.change("镇水利站", contact="苏日娜")

    assert give(second, town, stick).conflicts == 1

    [row] = town.office.ask(conflicts.rows)
    assert {said.text for said in row.said} == {"王建国", "苏日娜"}
    town.office.do(
        conflicts.settle, table=row.table, record_id=row.record_id, field=row.field, value=NAME
    )
    for taker in (second, district):
        give(town, taker, stick)
        assert taker.office.ask(conflicts.rows) == []
        assert taker.unit("镇水利站").contact == NAME
        assert taker.office.check() == []
    for pc in (town, second, district):
        pc.end()
    hold_nothing_in_clear(town, second, district)


def test_a_backup_is_put_back_and_everything_returns_from_the_encrypted_district(pcs, stick):
    town, district = pcs
    town.office.do(units.add, name="镇水利站", contact=NAME)
    kept = backup.back_up(town.office)
    town.office.do(units.add, name="镇供电所", contact=NAME)
    give(town, district, stick)
    town.office.close()

    backup.restore(town.path, kept, clock=carriers.clock(), user=User("T1"))
    town.start(district)
    assert names(town.office) == ["镇水利站"]
    give(town, district, stick)
    give(district, town, stick)

    assert names(town.office) == ["镇供电所", "镇水利站"]
    town.office.do(units.add, name="镇卫生院", contact=NAME)
    give(town, district, stick)
    assert names(district.office) == names(town.office)
    for pc in pcs:
        assert pc.office.check() == []
        pc.end()
    hold_nothing_in_clear(*pcs)


def test_a_stick_that_is_pulled_out_in_reading_leaves_nothing_in_clear(pcs, stick, monkeypatch):
    town, district = pcs
    town.office.do(units.add, name="镇水利站", contact=NAME)
    path = sending.send(town.office, "D", stick).path

    def pulled(*_, **__):
        raise UserError("U盘已被拔出。")

    monkeypatch.setattr(receiving, "_merge", pulled)
    with pytest.raises(UserError, match="拔出"):
        receiving.receive(district.office, path)

    assert names(district.office) == []
    district.end()
    town.end()
    hold_nothing_in_clear(*pcs)


@pytest.fixture
def twins(introduced, tmp_path):
    """The same township and district: once in clear, once encrypted."""
    made = {}
    for kind in ("clear", "locked"):
        for code in ("T1", "D"):
            folder = tmp_path / kind / code
            shutil.copytree(introduced / code, folder)
            if kind == "locked":
                encryption.turn_on(folder / "office.db", password_of(code), clock=carriers.clock())
            clock, user = carriers.clock(), User(code)
            made[kind, code] = Office.open(folder / "office.db", clock=clock, user=user)
    yield made
    for office in made.values():
        office.close()


def test_the_same_damaged_bundles_are_refused_alike_whether_or_not_one_is_encrypted(twins, stick):
    maker = twins["locked", "T1"]
    unit = {"name": "单位", "contact": NAME}
    maker.do(samples.batch, {f"T1-000{n}": (Unit, unit) for n in range(4)}, {}, {})
    bundle = sending.send(maker, "D", stick).path
    material = fuzzing.material(maker, twins["clear", "D"], [bundle])
    readers = [twins[kind, "D"] for kind in ("clear", "locked")]
    before = [state(reader) for reader in readers]
    refused = 0

    for number in range(MUTANTS):
        bundle.write_bytes(fuzzing.mutant(number, material))
        clear, locked = (told(reader, bundle) for reader in readers)
        assert clear == locked, number
        refused += isinstance(clear, str)

    assert refused > MUTANTS // 2
    assert [state(reader) for reader in readers] == before
    bundle.write_bytes(material.bundles[0])
    assert told(readers[0], bundle) == told(readers[1], bundle)
    for reader in readers:
        receiving.receive(reader, bundle)
        assert len(reader.ask(units.rows)) == 4
        assert reader.check() == []
    for reader in readers:
        reader.close()
    assert clear_text.saying(readers[0].data.path.parent, NAME) == ["office.db"]
    assert clear_text.saying(readers[1].data.path.parent, NAME) == []


def told(office, path):
    """What is said of a bundle: the sentence that refuses it, or what it would bring."""
    try:
        return receiving.preview(office, path)
    except UserError as error:
        return str(error)
