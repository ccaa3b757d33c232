"""What goes on as a calendar that people add to their own: iCalendar (RFC 5545), written by its library."""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from icalendar import Calendar, Event

PRODUCT = "-//Buurtspoor//NL"


class Meeting(NamedTuple):
    """Something with a time. `key` is of it alone on this site; `address` its page, on which the last word stands.

    `changes`: how often it was moved or cancelled, which tells a calendar that has it to read it anew.
    """

    key: str
    name: str
    about: str
    where: str
    begins: datetime
    ends: datetime | None
    address: str
    is_cancelled: bool = False
    changes: int = 0


def written(name: str, host: str, meetings: Iterable[Meeting], at: datetime) -> bytes:
    """The calendar of these, times in UTC, so that every phone shows them in its own."""
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", name)
    for one in meetings:
        calendar.add_component(_event(one, host, at))
    made: bytes = calendar.to_ical()
    return made


def _event(one: Meeting, host: str, at: datetime) -> Event:
    event = Event()
    event.add("uid", f"{one.key}@{host}")
    event.add("dtstamp", at)
    event.add("dtstart", one.begins)
    if one.ends:
        event.add("dtend", one.ends)
    event.add("summary", one.name)
    event.add("sequence", one.changes)
    event.add("status", "CANCELLED" if one.is_cancelled else "CONFIRMED")
    for name, text in (("description", one.about), ("location", one.where), ("url", one.address)):
        if text:
            event.add(name, text)
    return event
