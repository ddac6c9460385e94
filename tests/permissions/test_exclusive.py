"""Roles that nobody holds together, stated a second time and by hand."""

from datetime import timedelta
from itertools import product

import pytest
from django.db import transaction
from django.urls import reverse

from permissions.catalogue import EXCLUSIVE, Role
from permissions.checks import today
from permissions.errors import Refused
from permissions.grants import grant, revoke
from permissions.models import Holding
from processes.audit.models import AuditEntry
from tests import make
from tests.permissions.test_policy import ROLES

DAY = timedelta(days=1)
#: An x: nobody holds both. Read by row and column alike.
TABLE = """
                 uc uh up oc oh or ic ih st sc li se ch of me in ad
unit_clerk       -  -  -  -  -  -  -  -  -  -  -  -  -  -  -  x  x
unit_head        -  -  -  -  -  -  -  -  -  -  -  -  -  -  -  x  x
unit_party       -  -  -  -  -  -  -  -  -  -  -  -  -  -  -  x  x
oc_clerk         -  -  -  -  -  -  -  -  -  -  -  -  -  -  -  x  x
oc_head          -  -  -  -  -  -  -  -  -  -  -  -  -  -  -  x  x
organ_officer    -  -  -  -  -  -  -  -  -  -  -  -  -  -  -  x  x
ic_clerk         -  -  -  -  -  -  -  -  -  -  -  -  -  -  -  x  x
ic_head          -  -  -  -  -  -  -  -  -  -  -  -  -  -  -  x  x
standing_member  -  -  -  -  -  -  -  -  -  -  -  -  -  -  -  x  x
sc_clerk         -  -  -  -  -  -  -  -  -  -  -  -  -  -  -  x  x
liaison          -  -  -  -  -  -  -  -  -  -  -  -  -  -  -  x  x
secretary        -  -  -  -  -  -  -  -  -  -  -  -  -  -  -  x  x
state_chair      -  -  -  -  -  -  -  -  -  -  -  -  -  -  -  x  x
office_clerk     -  -  -  -  -  -  -  -  -  -  -  -  -  -  -  x  x
member           -  -  -  -  -  -  -  -  -  -  -  -  -  -  -  x  x
inspector        x  x  x  x  x  x  x  x  x  x  x  x  x  x  x  -  x
administrator    x  x  x  x  x  x  x  x  x  x  x  x  x  x  x  x  -
"""


def cells():
    """Role, role, and whether they exclude each other."""
    header, *rows = [line.split() for line in TABLE.strip().splitlines()]
    return [
        (row, ROLES[column], cell == "x")
        for row, *marks in rows
        for column, cell in zip(header, marks, strict=True)
    ]


def refused(person, role, unit, **days):
    """Whether granting is refused, without a trace."""
    before = (AuditEntry.objects.count(), Holding.objects.count())
    try:
        grant(person, role, unit, by=None, **{"since": make.SINCE, **days})
    except Refused:
        assert (AuditEntry.objects.count(), Holding.objects.count()) == before
        return True
    return False


def refused_now(person, role, unit):
    """The same, and what was granted is taken back."""
    with transaction.atomic():
        found = refused(person, Role(role), unit)
        transaction.set_rollback(True)
    return found


def test_the_table_names_every_pair():
    assert sorted((one, other) for one, other, _x in cells()) == sorted(product(Role, repeat=2))


def test_the_catalogue_excludes_no_role_from_itself():
    assert not any(role in others for role, others in EXCLUSIVE.items())


@pytest.mark.parametrize("held", Role.values)
def test_a_role_goes_with_another_as_the_table_says(person, province, held):
    grant(person, Role(held), make.unit(province), by=None, since=make.SINCE)
    wanted = {other: excluded for one, other, excluded in cells() if one == held}
    assert {other: refused_now(person, other, province) for other in wanted} == wanted


@pytest.fixture
def clerk(person, unit):
    """Somebody who was a clerk for nine days, until yesterday."""
    until = today() - DAY
    return grant(person, Role.UNIT_CLERK, unit, by=None, since=today() - 9 * DAY, until=until)


@pytest.mark.parametrize(("first", "last", "excluded"), [
    (0, None, False), (-1, None, True), (-20, -10, False), (-20, -9, True), (-5, -4, True),
])  # fmt: skip
def test_only_roles_of_the_same_days_exclude_each_other(
    clerk, person, province, first, last, excluded
):
    until = None if last is None else today() + last * DAY
    since = today() + first * DAY
    assert refused(person, Role.ADMINISTRATOR, province, since=since, until=until) is excluded


def test_a_role_that_was_ended_on_its_first_day_excludes_nothing(person, province, unit):
    mistake = grant(person, Role.ADMINISTRATOR, province, by=None, since=today())
    revoke(mistake, by=None, on=today(), reason="Nhầm")
    assert not refused(person, Role.UNIT_CLERK, unit)


def test_the_refusal_names_both_roles(person, province, unit):
    grant(person, Role.UNIT_CLERK, unit, by=None, since=make.SINCE)
    with pytest.raises(Refused) as refusal:
        grant(person, Role.INSPECTOR, province, by=None, since=today())
    roles = (Role.UNIT_CLERK, Role.INSPECTOR)
    assert all(str(role.label) in str(refusal.value) for role in roles)


def test_the_page_of_roles_says_so_at_the_field(client, admin, person, province, unit):
    grant(person, Role.UNIT_CLERK, unit, by=None, since=make.SINCE)
    client.force_login(admin)
    form = {"user": person.pk, "role": Role.INSPECTOR, "unit": province.pk}
    address = reverse("admin:permissions_holding_add")
    response = client.post(address, form | {"valid_from": today().isoformat()})
    errors = response.context["adminform"].form.errors
    assert (response.status_code, list(errors)) == (200, ["role"])
    assert str(Role.UNIT_CLERK.label) in errors["role"][0]
    assert not person.holdings.filter(role=Role.INSPECTOR).exists()
