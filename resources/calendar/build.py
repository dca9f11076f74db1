"""Makes holidays.json from the PyPI package chinesecalendar; the program itself never runs this.

    pip install chinesecalendar      (in a temporary virtual environment)
    python resources/calendar/build.py [--to FILE]

The package turns the yearly notices of the State Council's office into days; when the notice
for a new year is out (November), install its new release, run this and raise VERSION.
"""

import argparse
import json
from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path

from chinese_calendar.constants import Holiday, holidays, workdays

VERSION = "2026.1"
FIRST_YEAR = 2016
NAMES = {
    Holiday.new_years_day.value: "元旦",
    Holiday.spring_festival.value: "春节",
    Holiday.tomb_sweeping_day.value: "清明节",
    Holiday.labour_day.value: "劳动节",
    Holiday.dragon_boat_festival.value: "端午节",
    Holiday.national_day.value: "国庆节",
    Holiday.mid_autumn_festival.value: "中秋节",
}


def runs(days: Mapping[date, str]) -> list[dict[str, str]]:
    """The holidays as stretches of days of one name."""
    found: list[dict[str, str]] = []
    for day in sorted(days):
        name, yesterday = NAMES[days[day]], (day - timedelta(days=1)).isoformat()
        if found and found[-1]["name"] == name and found[-1]["last"] == yesterday:
            found[-1]["last"] = day.isoformat()
        else:
            found.append({"name": name, "first": day.isoformat(), "last": day.isoformat()})
    return found


def table() -> dict[str, object]:
    """What the file holds."""
    kept = {day: name for day, name in holidays.items() if day.year >= FIRST_YEAR}
    return {
        "version": VERSION,
        "from": f"{FIRST_YEAR}-01-01",
        "until": f"{max(kept).year}-12-31",
        "holidays": runs(kept),
        "workdays": [day.isoformat() for day in sorted(workdays) if day.year >= FIRST_YEAR],
    }


def as_lines(content: Mapping[str, object]) -> str:
    """JSON with a line for each stretch, so that a person can read and mend it."""
    parts: list[str] = []
    for key, value in content.items():
        text = json.dumps(value, ensure_ascii=False)
        if isinstance(value, list):
            items = (json.dumps(item, ensure_ascii=False) for item in value)
            text = "[\n  " + ",\n  ".join(items) + "\n ]"
        parts.append(f" {json.dumps(key)}: {text}")
    return "{\n" + ",\n".join(parts) + "\n}\n"


def main() -> None:
    """Write the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--to", type=Path, default=Path(__file__).with_name("holidays.json"))
    to: Path = parser.parse_args().to
    to.write_text(as_lines(table()), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
