"""A province with an administrator, and a unit in it."""

import pytest

from permissions.catalogue import Role
from permissions.grants import grant
from permissions.models import User
from tests import make


@pytest.fixture
def province(db):
    return make.province()


@pytest.fixture
def unit(province):
    return make.unit(province)


@pytest.fixture
def person(db):
    return make.user("person")


@pytest.fixture
def admin(province):
    admin = make.user("admin")
    grant(admin, Role.ADMINISTRATOR, province, by=None, since=make.SINCE)
    return admin


@pytest.fixture
def again():
    """The account as the next request reads it: nothing remembered."""
    return lambda user: User.objects.get(pk=user.pk)
