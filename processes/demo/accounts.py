"""The accounts of the demo: the personas of the main job, tellers, and some others."""

from datetime import date, timedelta

from django.contrib.auth.hashers import make_password
from django.db import transaction

from permissions.catalogue import Role
from permissions.grants import grant
from permissions.models import User
from processes.demo.people import Staff
from processes.demo.tables import table
from processes.organisation.people import Cadre

#: An account that was closed, with a role that ended: it may do nothing any more.
CLOSED = "former"

#: Where nobody gets mail: the name is reserved for examples (RFC 2606).
MAIL = "tinhuy.example"


@transaction.atomic
def build_accounts(units: dict[str, Staff], *, since: date, today: date) -> dict[str, User]:
    """Accounts without passwords, tied to their cadres, with their roles from that day on."""
    accounts = {}
    for row in table("accounts"):
        user = _account(row, units)
        until = today - timedelta(days=30) if user.username == CLOSED else None
        grant(user, Role(row["role"]), units[row["unit"]].unit, by=None, since=since, until=until)
        accounts[user.username] = user
    return accounts


def _account(row: dict[str, str], units: dict[str, Staff]) -> User:
    name = row["username"]
    user = User(username=name, is_active=name != CLOSED, password=make_password(None))
    user.email = f"{name}@{MAIL}"
    if row["works_in"]:
        person = units[row["works_in"]].find(row["among"], row["number"])
        cadre = person.cadre
        user.last_name = cadre.family_name
        user.first_name = f"{cadre.middle_name} {cadre.given_name}"
        user.title = f"{person.title}, {cadre.unit.name}"
    else:
        user.last_name = user.title = "Quản trị quy trình"
        user.first_name = name.removeprefix("admin")
    user.save()
    if row["works_in"]:
        Cadre.objects.filter(pk=cadre.pk).update(user=user)
    return user
