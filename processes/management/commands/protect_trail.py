"""Put missing triggers back."""

from typing import Any

from django.core.management.base import BaseCommand
from django.db import connection, transaction
from django.utils.translation import gettext as _

from processes.audit import triggers


class Command(BaseCommand):
    help = "Creates the triggers that keep history, and names those that were missing or altered."
    requires_system_checks = []

    def handle(self, *args: Any, **options: Any) -> None:
        with transaction.atomic():
            lacking = triggers.missing(connection)
            triggers.install(connection)
        for name in lacking:
            self.stdout.write(_("Put back: %(name)s") % {"name": name})
        said = _("Triggers that were missing: %(number)s")
        self.stdout.write(said % {"number": len(lacking)})
