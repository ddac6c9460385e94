"""The main navigation: only what the person can use."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from permissions.catalogue import START_ACTS, Act
from permissions.checks import stand_ins_of, units_where
from permissions.models import User
from processes.emergency.queries import takes_part
from processes.retention.queries import takes_part as reaches_retention

#: Pages that are reached by the link of others, beside which they stand.
BESIDE = {"desk": "trail", "checkpoints": "trail"}


@dataclass(frozen=True)
class Item:
    """A link of the navigation."""

    url: str
    label: str
    active: bool
    #: With "g" before it the key that leads there; empty where the letters are used up.
    key: str = ""


def navigation(request: HttpRequest) -> dict[str, Any]:
    """The links for whoever is signed in; none for others."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {}
    links = list(links_of(user))
    path = _led_to(request.path)
    here = max((url for url, _label in links if path.startswith(url)), key=len, default="")
    keys = _keys([url for url, _label in links])
    return {"nav": [Item(url, label, url == here, keys[url]) for url, label in links]}


def _led_to(path: str) -> str:
    """The address whose link leads to a page: mostly its own."""
    by = (other for name, other in BESIDE.items() if path.startswith(reverse(name)))
    return next(map(reverse, by), path)


def _keys(urls: list[str]) -> dict[str, str]:
    """A letter for each address, the first of its path that is free; the same in any language."""
    taken: dict[str, str] = {}
    for url in urls:
        letters = (letter for letter in url if letter.isalpha() and letter not in taken.values())
        taken[url] = next(letters, "")
    return taken


def links_of(user: User) -> Iterator[tuple[str, str]]:
    """Addresses and labels of what the person can use."""
    for name, label in _links(user):
        yield reverse(name), label
    if cadre := getattr(user, "cadre", None):
        yield reverse("person", args=[cadre.pk]), _("My record")


def _links(user: User) -> Iterator[tuple[str, str]]:
    yield "inbox", _("Inbox")
    yield "cases", _("Cases")
    yield "calendar", _("Calendar")
    if units_where(user, *START_ACTS):
        yield "start", _("Start a case")
    if units_where(user, Act.IMPORT_PEOPLE):
        yield "people_import", _("Import people")
    if units_where(user, Act.READ_PEOPLE):
        yield "people", _("Cadres")
    if units_where(user, Act.READ_PEOPLE, Act.START_CASE):
        yield "units", _("Units")
    yield from _rotation(user)
    if units_where(user, Act.OVERSEE):
        yield "figures", _("Figures")
    yield from _deputies(user)
    yield from _inspector(user)
    if units_where(user, Act.ADMINISTER):
        yield "admin:index", _("Data")


def _inspector(user: User) -> Iterator[tuple[str, str]]:
    """What inspectors look at; emergency access also for whoever asks for it or approves it."""
    if takes_part(user):
        yield "emergencies", _("Emergency access")
    if reaches_retention(user):
        yield "retention", _("Erasure and holds")
    if units_where(user, Act.INSPECT):
        yield "inspections", _("Inspections")
        yield "trail", _("Trail")


def _rotation(user: User) -> Iterator[tuple[str, str]]:
    """The board for planners and inspectors; for units the missions at hand."""
    if units_where(user, Act.PLAN_ROTATION, Act.INSPECT):
        yield "rotation", _("Rotation")
    elif units_where(user, Act.PREPARE, Act.ACCEPT_PRODUCT):
        yield "missions", _("Missions")


def _deputies(user: User) -> Iterator[tuple[str, str]]:
    """For whoever has tasks, stands in for somebody, or inspects."""
    if stand_ins_of(user) or units_where(user, *Act):
        yield "deputies", _("Deputies")
