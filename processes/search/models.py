"""The one table of what can be searched."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    """What a row is about; in the order in which results are shown."""

    CASE = "case", _("Cases")
    CADRE = "cadre", _("Cadres")
    DOCUMENT = "document", _("Documents")
    POSITION = "position", _("Positions")
    UNIT = "unit", _("Units")
    ACCOUNT = "account", _("Accounts")


class SearchEntry(models.Model):
    """What one row of another table is found by; triggers write it, nobody else does.

    `marks` say who may come into question (processes.search.source), so that the words of one
    unit are found among those of a province. They narrow; whether a person may see a row is
    asked of the row itself. On PostgreSQL a column `words` is added to it, on SQLite a table of
    FTS5 stands beside it (processes.search.upkeep).
    """

    kind = models.CharField(max_length=10, choices=Kind.choices)
    ref = models.BigIntegerField()
    head = models.TextField()
    rest = models.TextField()
    marks = models.TextField(default="")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "ref"], name="search_entry_once")]

    def __str__(self) -> str:
        return f"{self.kind} {self.ref}: {self.head}"
