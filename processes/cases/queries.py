"""The questions that every page starts from: which cases and tasks a person may see."""

from collections.abc import Collection
from datetime import date
from typing import TYPE_CHECKING, Any, Self

from django.apps import apps
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from viewflow.workflow.status import STATUS

from permissions.catalogue import Act
from permissions.checks import emergencies_of, rights_of, units_where
from processes.cases.deputed import deputed

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from permissions.models import User


def reading_units(user: "User | AnonymousUser") -> tuple[set[int], set[int], set[int]]:
    """The units whose cases the person reads, whose confidential ones, and that they inspect."""
    return tuple(units_where(user, act) for act in (Act.READ, Act.READ_SECRET, Act.INSPECT))  # type: ignore[return-value]


def on_roster() -> "models.QuerySet[Any]":
    """The lines of rosters from which a candidate is still to be chosen."""
    lines = apps.get_model("processes", "RosterLine").objects
    return lines.filter(
        stage="roster", listed=True, round=F("case__round"), case__candidate__isnull=True
    )


class CaseQuerySet(models.QuerySet[Any]):
    """Cases; begin with `visible_to`."""

    def coerced(self) -> Self:
        """Nothing to coerce: a case is one table (viewflow asks for it)."""
        return self

    def visible_to(self, user: "User") -> Self:
        """Cases that the person may know of; to everybody else they do not exist (404).

        Those of units that take part and whose cases the person may read, those in which the
        person has a task (tellers), and for inspectors every case of their province.
        Confidential ones need the clearance as well, except of whoever opened them. Beside these
        the case of an emergency access, while it lasts (`processes.cases.emergency`).
        """
        known = self.visible_by_rights(user)
        emergencies = emergencies_of(user)
        if not emergencies:
            return known
        return known | self.filter(pk__in=[one.case_id for one in emergencies])

    def visible_by_rights(self, user: "User") -> Self:
        """The same without emergencies."""
        known = self.known_in(user.pk, *reading_units(user))
        tasks = deputed(user)
        if tasks is None:
            return known
        found = apps.get_model("processes", "CaseTask").objects.filter(tasks)
        return known | self.filter(Exists(found.filter(process=OuterRef("pk"))))

    def known_in(
        self,
        person: int | None,
        readable: Collection[int],
        cleared: Collection[int],
        inspected: Collection[int],
    ) -> Self:
        """The same for whoever reads, is cleared and inspects at these units."""
        open_to = self._at(readable) & Q(secrecy="internal")
        secret_to = self._at(cleared)
        opened = Q(opened_by=person, unit__in=readable)
        tasks = apps.get_model("processes", "CaseTask").objects
        own = Exists(tasks.filter(process=OuterRef("pk"), owner=person))
        return self.filter(open_to | secret_to | opened | Q(province__in=inspected) | Q(own))

    def about(self, cadres: Collection[int]) -> Self:
        """Cases about one of these cadres: as the candidate, before that on the roster.

        Both are found by their indexes; an OR of them would read every case.
        """
        rostered = on_roster().filter(cadre__in=cadres)
        chosen = self.model.objects.filter(candidate__in=cadres).order_by()
        return self.filter(pk__in=chosen.values("pk").union(rostered.values("case")))

    @staticmethod
    def _at(units: Collection[int]) -> Q:
        """Cases in which one of the units takes part, asked case by case.

        Not `case=`: PostgreSQL would often rather collect all cases of the unit first, of which
        an organ that takes part in everything has as many as there are.
        """
        participants = apps.get_model("processes", "Participant").objects
        of_case = participants.filter(case__gte=OuterRef("pk"), case__lte=OuterRef("pk"))
        return Q(Exists(of_case.filter(unit__in=units)))


class CaseTaskQuerySet(models.QuerySet[Any]):
    """Tasks; begin with a person."""

    def mine(self, user: "User") -> Self:
        """Open tasks that the person has taken (index `task_mine`)."""
        return self.filter(owner=user.pk, finished__isnull=True)

    def to_take(self, user: "User") -> Self:
        """Open tasks that nobody has and that the person's roles give (index `task_to_take`).

        Confidential cases only for the cleared, for whoever opened them at the same unit, and
        for whoever had a task in them before. A deputy finds what the other has or could take.
        """
        own = self.filter(_given_to(user), owner__isnull=True, finished__isnull=True)
        own, as_deputy = own._known_to(user), deputed(user)
        return own if as_deputy is None else own | self.filter(as_deputy)

    def waiting_for_others(self, user: "User") -> Self:
        """Open tasks of others in the cases that the person opened or had a step of.

        Those that the person could take stand in their queue already; seats on a counting team
        move nothing. The cases are found by their indexes: an OR would read every open task.
        """
        tasks, cases = self.model.objects, apps.get_model("processes", "Case").objects
        worked = tasks.filter(owner=user.pk, finished__isnull=False).order_by()
        opened = cases.filter(
            opened_by=user.pk, unit__in=units_where(user, Act.READ), finished__isnull=True
        ).order_by()
        mine = worked.values("process").union(opened.values("pk"))
        others = self.filter(process__in=mine, finished__isnull=True, seat="").exclude(act="")
        others = others.filter(Q(owner__isnull=True) | ~Q(owner=user.pk))
        return others.exclude(Q(owner__isnull=True) & _given_to(user))

    def not_put_off(self, user: "User", on: date) -> Self:
        """Without those that the person has put off until a later day."""
        return self.exclude(self._put_off(user, on))

    def put_off(self, user: "User", on: date) -> Self:
        """Only those."""
        return self.filter(self._put_off(user, on))

    @staticmethod
    def _put_off(user: "User", on: date) -> Exists:
        snoozes = apps.get_model("processes", "Snooze").objects
        return Exists(snoozes.filter(task=OuterRef("pk"), person=user.pk, until__gt=on))

    def done_by(self, user: "User") -> Self:
        """Tasks that the person has concluded (index `task_done`)."""
        return self.filter(owner=user.pk, finished__isnull=False, status=STATUS.DONE)

    def by_due(self) -> Self:
        """The most urgent first, those without a deadline last."""
        return self.order_by(F("due_on").asc(nulls_last=True), "pk")

    def _known_to(self, user: "User") -> Self:
        cleared = Q(unit__in=units_where(user, Act.READ_SECRET))
        readable = units_where(user, Act.READ)
        opened = Q(process__opened_by=user.pk, process__unit__in=readable)
        tasks = apps.get_model("processes", "CaseTask").objects
        own = Q(Exists(tasks.filter(process=OuterRef("process"), owner=user.pk)))
        return self.filter(Q(process__secrecy="internal") | cleared | opened | own)


def _given_to(user: "User") -> Q:
    """The tasks that the person's roles give, whoever has them."""
    acts: dict[int, set[str]] = {}
    for act, unit_id in rights_of(user):
        acts.setdefault(unit_id, set()).add(act)
    units: dict[frozenset[str], list[int]] = {}
    for unit_id, names in sorted(acts.items()):
        units.setdefault(frozenset(names), []).append(unit_id)
    given = Q(pk__in=())
    for names_of_acts, unit_ids in units.items():
        given |= Q(unit__in=unit_ids, act__in=sorted(names_of_acts))
    return given
