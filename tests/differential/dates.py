#!/usr/bin/env python3
"""Random date arithmetic and what Python's datetime and calendar make of it: the rows of src/engine/feel/t_dates_peer.h.
Run from the project's root: python3 tests/differential/dates.py > src/engine/feel/t_dates_peer.h"""
import calendar
import random
from datetime import date, datetime, timedelta, timezone

random.seed(20081127)
NAMES = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]


def day():
    return date(1, 1, 1) + timedelta(days=random.randrange(3652059 - 4000))


def plus_months(d, n):
    months = d.year * 12 + d.month - 1 + n
    year, month = divmod(months, 12)
    return date(year, month + 1, min(d.day, calendar.monthrange(year, month + 1)[1]))


def duration(seconds):
    sign, rest = ("-" if seconds < 0 else ""), abs(seconds)
    days, rest = divmod(rest, 86400)
    hours, rest = divmod(rest, 3600)
    minutes, secs = divmod(rest, 60)
    time = "".join(f"{n}{u}" for n, u in ((hours, "H"), (minutes, "M"), (secs, "S")) if n)
    return sign + "P" + (f"{days}D" if days else "") + ("T" + time if time else "") if seconds else "PT0S"


def moment():
    zone = timezone(timedelta(minutes=random.randrange(-12, 13) * 60 + random.choice([0, 30])))
    return datetime(random.randrange(1800, 2200), random.randrange(1, 13), random.randrange(1, 29), random.randrange(24),
                    random.randrange(60), random.randrange(60), tzinfo=zone)


def text(m):
    return m.isoformat().replace("+00:00", "Z")


def row(expression, value):
    print('{"%s",\n "%s"},' % (expression.replace('"', '\\"'), value))


print("/* Made by tests/differential/dates.py with Python's datetime, seed 20081127: expression, value. */")
for _ in range(45):
    d, n = day(), random.randrange(-3000, 3000)
    if 1 <= d.toordinal() + n <= 3652059:
        row(f'date("{d.isoformat()}") + duration("{duration(n * 86400)}")', (d + timedelta(days=n)).isoformat())
    months = random.randrange(0, 300)
    row(f'date("{d.isoformat()}") + duration("P{months}M")', plus_months(d, months).isoformat())
    e = day()
    row(f'date("{d.isoformat()}") - date("{e.isoformat()}")', duration((d - e).days * 86400))
    row(f'day of week(date("{d.isoformat()}"))', NAMES[d.weekday()])
    row(f'[day of year(@"{d.isoformat()}"), week of year(@"{d.isoformat()}")]', f"[{d.timetuple().tm_yday}, {d.isocalendar()[1]}]")
    a, b = moment(), moment()
    row(f'@"{text(a)}" - @"{text(b)}"', duration(int((a - b).total_seconds())))
    row(f'@"{text(a)}" < @"{text(b)}"', str(a < b).lower())
    s = random.randrange(-10**7, 10**7)
    row(f'@"{text(a)}" + @"{duration(s)}"', text(a + timedelta(seconds=s)))
