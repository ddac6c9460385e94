"""The questions that every page starts from: which cases and tasks a person may see."""

from typing import TYPE_CHECKING, Any, Self

from django.apps import apps
from django.db import models
from django.db.models import Exists, OuterRef, Q

from permissions.catalogue import Act
from permissions.checks import units_where

if TYPE_CHECKING:
    from permissions.models import User


class CaseQuerySet(models.QuerySet[Any]):
    """Cases; begin with `visible_to`."""

    def coerced(self) -> Self:
        """Nothing to coerce: a case is one table (viewflow asks for it)."""
        return self

    def visible_to(self, user: "User") -> Self:
        """Cases that the person may know of; to everybody else they do not exist (404).

        Those of units that take part and whose cases the person may read, those in which the
        person has a task (tellers), and for inspectors every case of their province.
        Confidential ones need the clearance as well.
        """
        inspected = units_where(user, Act.INSPECT)
        open_to = self._at(units_where(user, Act.READ)) & Q(secrecy="internal")
        cleared = self._at(units_where(user, Act.READ_SECRET))
        tasks = apps.get_model("processes", "CaseTask").objects
        own = Exists(tasks.filter(process=OuterRef("pk"), owner=user.pk))
        return self.filter(open_to | cleared | Q(province__in=inspected) | Q(own))

    @staticmethod
    def _at(units: set[int]) -> Q:
        participants = apps.get_model("processes", "Participant").objects
        return Q(Exists(participants.filter(case=OuterRef("pk"), unit__in=units)))


class CaseTaskQuerySet(models.QuerySet[Any]):
    """Tasks; begin with a person."""
