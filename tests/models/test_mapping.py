"""Tables are mapped when they are first used, and nobody sees the difference."""

import subprocess
import sys
from threading import Event, Thread

from sqlalchemy import String
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from deputydesk.models.mapping import Waiting, complete, wait

KNOWN = """
from deputydesk.models import Activity, Base, Visit, base
from deputydesk.models.mapping import Waiting
described = base.described_columns()
def mapped():
    return sorted(t for t, kind in base.KINDS.items() if type(kind) is not Waiting)
"""


class OwnBase(DeclarativeBase, metaclass=Waiting):
    """Tables of this test alone."""


def _kind(name: str, begun: Event | None = None, go_on: Event | None = None) -> type:
    class Kind(OwnBase):
        __abstract__ = True
        text: Mapped[str] = mapped_column(String, primary_key=True)

        def __init_subclass__(cls) -> None:
            wait(cls, cls._map)

        @classmethod
        def _map(cls) -> None:
            if begun and go_on:
                begun.set()
                assert go_on.wait(10)
            super().__init_subclass__()

    return type(name, (Kind,), {"__tablename__": name, "__module__": __name__})


def test_to_import_the_models_maps_none_of_them():
    code = "Visit.title, Visit.__tablename__, {Visit: 1}, list[Visit]\nprint(mapped())"

    assert _told(code) == "[]\n"


def test_to_look_at_a_column_or_make_a_record_maps_its_table_alone():
    code = "Visit.held_on\nprint(mapped())\nActivity(id='T1-1')\nprint(mapped())"

    assert _told(code) == "['visit']\n['activity', 'visit']\n"


def test_who_asks_for_all_tables_gets_all():
    code = "print(len(Base.metadata.tables) > 70, mapped() == sorted(base.KINDS))"

    assert _told(code) == "True True\n"


def test_columns_are_described_before_as_they_are_mapped_after():
    code = """
real = {t.name: sorted(t.columns.keys()) for t in Base.metadata.sorted_tables}
print({t: sorted(names) for t, names in described.items()} == real)
print({t: sorted(names) for t, names in base.described_columns().items()} == real)
"""

    assert _told(code) == "True\nTrue\n"


def test_another_thread_waits_until_a_class_is_mapped():
    begun, go_on, seen = Event(), Event(), []
    kind = _kind("slow", begun, go_on)
    first = Thread(target=complete, args=(kind,))
    second = Thread(target=lambda: seen.append(kind.text.key))

    first.start()
    assert begun.wait(10)
    second.start()
    assert seen == []
    go_on.set()
    first.join(10)
    second.join(10)

    assert seen == ["text"]


def test_a_class_that_is_mapped_is_sqlalchemys_own():
    kind = _kind("quick")
    assert type(kind) is Waiting

    one = kind(text="水")

    assert (one.text, type(kind)) == ("水", type(DeclarativeBase))


def _told(code: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", KNOWN + code],
        check=False,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout
