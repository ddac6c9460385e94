"""One table four times."""

import pghistory
from auditlog.registry import auditlog
from django.db import models


class Paper(models.Model):
    """What a step changes: about as many columns as a task has."""

    title = models.CharField(max_length=200)
    step = models.CharField(max_length=60)
    outcome = models.CharField(max_length=40, blank=True)
    reason = models.TextField(blank=True)
    unit = models.IntegerField()
    owner = models.IntegerField(null=True)
    due_on = models.DateField(null=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.title


class PlainPaper(Paper):
    """Nobody keeps its history."""


class TrailPaper(Paper):
    """Our trail does."""


@pghistory.track()
class HistoryPaper(Paper):
    """django-pghistory does, by a trigger that copies the row."""


class LoggedPaper(Paper):
    """django-auditlog does, by signals that compare the row."""


auditlog.register(LoggedPaper)
