"""Cells as personnel sections write them, made into values; Wrong says what to correct."""

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime

from django.utils.translation import gettext as _

from processes.intake.sheets import folded
from processes.organisation.people import Cadre, Theory

DAY = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")
CODE = re.compile(r"[A-Za-z0-9]{4,20}")
#: A spreadsheet drops the zero with which the twelve digits of most identity numbers begin.
DIGITS = 12
SEXES = {"nam": Cadre.Sex.MALE, "nữ": Cadre.Sex.FEMALE}
LEVELS = {
    "cao cấp": Theory.ADVANCED,
    "cử nhân": Theory.ADVANCED,
    "trung cấp": Theory.INTERMEDIATE,
    "sơ cấp": Theory.PRIMARY,
    "không": Theory.NONE,
    "chưa qua đào tạo": Theory.NONE,
}


class Wrong(Exception):
    """What is wrong with a cell, and what to do about it."""


def code(cell: object) -> str:
    """An identity number; a number that lost its zeros gets them back."""
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    if isinstance(cell, int):
        cell = f"{cell:0{DIGITS}}" if 9 < len(str(cell)) < DIGITS else str(cell)
    text = str(cell).replace(" ", "")
    if not CODE.fullmatch(text):
        raise Wrong(_("An identity number has 4 to 20 digits or letters."))
    return text


def name(cell: object) -> str:
    """A full name: two words at least, family name first."""
    words = str(cell).split()
    if len(words) < 2:
        raise Wrong(_("Write the whole name, family name first."))
    if max(len(words[0]), len(words[-1])) > 40 or len(" ".join(words[1:-1])) > 60:
        raise Wrong(_("The name is too long."))
    return " ".join(word if not word.isupper() else word.capitalize() for word in words)


def day(cell: object) -> date:
    """A day: a date of the spreadsheet, or day/month/year as text."""
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    text = str(cell)
    try:
        if found := DAY.fullmatch(text):
            one, month, year = map(int, found.groups())
            return date(year, month, one)
        return date.fromisoformat(text)
    except ValueError as error:
        raise Wrong(_("“%(text)s” is no day; write it as 31/12/2020.") % {"text": text}) from error


def sex(cell: object) -> str:
    """Nam or Nữ."""
    return _one_of(SEXES, cell)


def theory(cell: object) -> str:
    """The level of political theory."""
    return _one_of(LEVELS, cell)


def text(cell: object) -> str:
    """Any text of one line."""
    return " ".join(str(cell).split())


def _one_of(words: Mapping[str, str], cell: object) -> str:
    try:
        return str(words[folded(cell)])
    except KeyError as error:
        known = ", ".join(word.capitalize() for word in words)
        raise Wrong(
            _("“%(text)s” is not known; write one of: %(known)s.") % {"text": cell, "known": known}
        ) from error


READERS: dict[str, Callable[[object], object]] = {
    "code": code, "name": name, "day": day, "sex": sex, "theory": theory, "text": text,
}  # fmt: skip
