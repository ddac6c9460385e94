"""`manage.py first_administrator`: who grants all other roles of a province."""

import os
import sys
from argparse import ArgumentParser
from getpass import getpass
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils.translation import gettext as _

from permissions.errors import Conflict
from permissions.grants import grant_first_administrator
from permissions.models import User
from processes.organisation.units import Unit

#: Never an argument: those are seen by everybody on the machine.
VARIABLE = "ADMINISTRATOR_PASSWORD"


class Command(BaseCommand):
    """Open an account and make it the process administrator; only where there is none."""

    help = (
        "Makes the first process administrator of a province. Asks for what is not given; the "
        f"password is taken from {VARIABLE} or, where nobody can be asked, from standard input."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take --username, --name and --province."""
        parser.add_argument("--username", help="name to sign in with")
        parser.add_argument("--name", help="full name, family name first")
        parser.add_argument("--province", metavar="CODE", help="needed where there are several")

    def handle(self, *args: Any, **options: Any) -> None:
        """Make both in one transaction. CommandError where it cannot be done."""
        province = _province(options["province"])
        username = options["username"] or _asked(_("Username"))
        name = options["name"] if options["name"] is not None else _asked(_("Full name"))
        password = _password()
        try:
            with transaction.atomic():
                grant_first_administrator(_account(username, name, password), province)
        except ValidationError as error:
            raise CommandError("\n".join(error.messages)) from error
        except Conflict as conflict:
            raise CommandError(str(conflict)) from conflict
        said = _("%(user)s is process administrator of %(unit)s.")
        self.stdout.write(said % {"user": username, "unit": province})


def _account(username: str, name: str, password: str) -> User:
    """Open an account as the page does; ValidationError for a name or password that will not do."""
    family, _sep, given = name.strip().partition(" ")
    user = User(username=username, last_name=family, first_name=given)
    validate_password(password, user)
    user.set_password(password)
    user.full_clean()
    user.save()
    return user


def _province(code: str | None) -> Unit:
    found = Unit.objects.filter(level__code="province", valid_to__isnull=True)
    provinces = list(found.filter(code=code) if code else found)
    if len(provinces) != 1:
        codes = ", ".join(sorted(unit.code for unit in found)) or "–"
        said = _("Name one province by --province; load the units first. Known: %(codes)s")
        raise CommandError(said % {"codes": codes})
    return provinces[0]


def _asked(question: str) -> str:
    """The answer of whoever sits there; CommandError where nobody does."""
    if not sys.stdin.isatty():
        raise CommandError(_("Give --username and --name, or run this in a terminal."))
    return input(f"{question}: ").strip()


def _password() -> str:
    """From the environment, from a person twice, or from what is piped in."""
    if password := os.environ.get(VARIABLE):
        return password
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\r\n")
    password = getpass(_("Password: "))
    if password != getpass(_("Password again: ")):
        raise CommandError(_("The two passwords differ."))
    return password
