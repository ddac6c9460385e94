"""Cases and their tasks on viewflow's abstract tables, with what may befall any case."""

from typing import Any

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from viewflow.workflow.models import AbstractProcess, AbstractTask
from viewflow.workflow.status import STATUS

from permissions.catalogue import Act
from permissions.writing import update
from processes.cases.queries import CaseQuerySet, CaseTaskQuerySet
from processes.organisation.bodies import body_name
from processes.organisation.people import Cadre
from processes.organisation.positions import Position
from processes.organisation.units import Unit


class Case(AbstractProcess):
    """One run of a procedure, under the editions in force at its start.

    Most are about a position; a round of comments, a delegation or a sanction is about what its
    title says. A case that grew out of another one names it as its parent.
    """

    class Secrecy(models.TextChoices):
        INTERNAL = "internal", _("internal")
        SECRET = "secret", _("confidential")

    class Priority(models.IntegerChoices):
        NORMAL = 0, _("normal")
        URGENT = 1, _("urgent")
        PRESSING = 2, _("very urgent")

    code = models.CharField(_("case number"), max_length=30, unique=True)
    title = models.CharField(_("subject"), max_length=300)
    position = models.ForeignKey(Position, models.PROTECT, null=True, verbose_name=_("position"))
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="children", verbose_name=_("grew out of")
    )
    unit = models.ForeignKey(Unit, models.PROTECT, verbose_name=_("proposing unit"))
    province = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    candidate = models.ForeignKey(
        Cadre, models.PROTECT, null=True, related_name="cases", verbose_name=_("candidate")
    )
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    opened_on = models.DateField(_("opened on"))
    edition = models.CharField(_("edition"), max_length=30)
    editions = models.JSONField(_("editions, the leading one first"), default=list)
    secrecy = models.CharField(
        _("confidentiality"), max_length=10, choices=Secrecy.choices, default=Secrecy.INTERNAL
    )
    priority = models.PositiveSmallIntegerField(
        _("priority"), choices=Priority.choices, default=Priority.NORMAL
    )
    round = models.PositiveSmallIntegerField(_("round"), default=1)
    dossier_received_on = models.DateField(_("dossier complete on"), null=True)
    meeting_on = models.DateField(_("meeting on"), null=True)
    outcome = models.CharField(_("end"), max_length=20, blank=True)
    flags = models.JSONField(_("flags"), default=list)
    used_rules = models.JSONField(_("rules used"), default=list)
    facts = models.JSONField(_("facts"), default=dict)

    objects = CaseQuerySet.as_manager()

    #: Number and hash of the last entry in the case's chain, for whoever read them under the lock.
    head: tuple[int, str] | None = None
    #: Whether this instance was read under the lock of a transaction that is not over yet.
    locked = False
    #: Tasks made since this instance was read: who has to be told of them.
    made: tuple["CaseTask", ...] = ()
    #: How many of them people have been told of.
    told: int = 0

    class Meta:
        verbose_name = _("case")
        verbose_name_plural = _("cases")
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["unit", "-id"], name="case_by_unit"),
            models.Index(  # counted from the index alone: processes.figures.reading
                fields=["province", "flow_class", "unit", "id"],
                name="case_open",
                condition=Q(finished__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def post(self) -> Position:
        """The position, in a procedure that is about one. Raises ValueError in another."""
        if self.position is None:
            raise ValueError(f"{self.code} is not about a position")
        return self.position


class Participant(models.Model):
    """A unit that has had a step of the case; its people may know that the case exists."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="participants")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", db_index=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["unit", "case"], name="participant_once")]

    def __str__(self) -> str:
        return f"{self.case}: {self.unit}"


class CaseTask(AbstractTask):
    """One activation of a step; real columns for who may take it and by when."""

    process = models.ForeignKey(Case, models.PROTECT, related_name="task_set")
    # No index of its own: beside `task_mine` and `task_done`, which begin with it, PostgreSQL took
    # the plain one and sorted all that somebody has concluded.
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="tasks",
        db_index=False,
    )  # fmt: skip
    # As viewflow has them, but without its indexes: our lists ask by those below, and what
    # nobody asks by makes every step slower.
    status = models.CharField(choices=STATUS.choices, default=STATUS.NEW, max_length=50)
    created = models.DateTimeField(default=timezone.now)
    scheduled = models.DateTimeField(blank=True, null=True)
    external_task_id = models.CharField(blank=True, max_length=50, null=True)  # noqa: DJ001
    owner_permission_content_type = models.ForeignKey(
        ContentType, models.CASCADE, blank=True, null=True, db_index=False
    )
    #: In whose name its holder has it: whoever a deputy stands in for.
    behalf = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    #: Who has given it to its holder to prepare, gets it back and concludes it.
    entrusted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    act = models.CharField(max_length=30, choices=Act.choices, blank=True)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    seat = models.CharField(max_length=20, blank=True)
    due_on = models.DateField(_("due"), null=True)
    outcome = models.CharField(max_length=40, blank=True)
    round = models.PositiveSmallIntegerField(default=1)
    data = models.JSONField(default=dict, blank=True)

    objects = CaseTaskQuerySet.as_manager()

    class Meta:
        verbose_name = _("task")
        verbose_name_plural = _("tasks")
        indexes = [
            models.Index(
                fields=["owner", "due_on", "id"],
                name="task_mine",
                condition=Q(finished__isnull=True, owner__isnull=False),
            ),
            models.Index(
                fields=["unit", "act", "due_on", "id"],
                name="task_to_take",
                condition=Q(finished__isnull=True, owner__isnull=True),
            ),
            models.Index(  # counted from the index alone: processes.figures.reading
                fields=["flow_task", "due_on", "process", "seat"],
                name="task_open",
                condition=Q(finished__isnull=True),
            ),
            models.Index(
                fields=["owner", "-finished"],
                name="task_done",
                condition=Q(finished__isnull=False, owner__isnull=False),
            ),
            models.Index(
                fields=["entrusted_by"],
                name="task_entrusted",
                condition=Q(finished__isnull=True, entrusted_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.process_id}/{self.flow_task_name}/{self.pk}"

    def save(self, *args: Any, **how: Any) -> None:
        """Write the row; as viewflow does at each step, by a statement that is built once."""
        if args or how or self._state.adding:
            super().save(*args, **how)
        else:
            update(self)

    @property
    def flow_task_name(self) -> str:
        """Name of the step in its flow."""
        return self.flow_task.name if self.flow_task else ""


class Draft(models.Model):
    """What a person has typed into a form and not yet sent; theirs alone and no part of a case.

    A form is known by the address of its page and by its part where a page has several. `seen`
    is the last entry of the case, and `offered` what the form held, when the person began; by
    them the page says what others have changed since. `version` grows with each keeping.
    """

    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    address = models.CharField(max_length=200)
    part = models.CharField(max_length=20, blank=True)
    title = models.CharField(max_length=300)
    task = models.ForeignKey(CaseTask, models.PROTECT, null=True, related_name="drafts")
    case = models.ForeignKey(Case, models.PROTECT, null=True, related_name="+")
    data = models.JSONField(default=dict)
    seen = models.BigIntegerField(default=0)
    offered = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=1)
    begun_at = models.DateTimeField(auto_now_add=True)
    saved_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["by", "address", "part"], name="one_draft_each")
        ]

    def __str__(self) -> str:
        return f"{self.address}: {self.by_id}"


class Hold(models.Model):
    """A suspension of a case on a written basis; clocks stand still until it ends."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="holds")
    reason = models.TextField(_("reason"))
    basis = models.CharField(_("written basis"), max_length=200)
    held_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    held_on = models.DateField(_("held on"))
    origin = models.CharField(max_length=60, blank=True)
    ended_on = models.DateField(_("ended on"), null=True)
    outcome = models.CharField(max_length=20, blank=True)

    class Meta:
        verbose_name = _("hold")
        verbose_name_plural = _("holds")
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=Q(ended_on__isnull=True), name="one_open_hold"
            )
        ]

    def __str__(self) -> str:
        return f"{self.case}: {self.reason[:40]}"


class ExceptionRecord(models.Model):
    """A failed check passed by the body that appoints: rule, body, reason, document.

    The approver is who has entered it, and answers for the body.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="exceptions")
    cadre = models.ForeignKey(Cadre, models.PROTECT, null=True, related_name="+")
    rule = models.CharField(_("rule"), max_length=60)
    body = models.CharField(_("body"), max_length=30, blank=True)
    approver = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    reason = models.TextField(_("reason"))
    document = models.CharField(_("document"), max_length=200)
    granted_on = models.DateField(_("granted on"))

    class Meta:
        verbose_name = _("exception")
        verbose_name_plural = _("exceptions")

    def __str__(self) -> str:
        return f"{self.rule} ({self.case})"

    @property
    def body_name(self) -> str:
        """What the body is called; empty where the exception is older than this column."""
        return body_name(self.body)


class RosterLine(models.Model):
    """A planned cadre at a stage of a case, with the checks that were made that day."""

    class Stage(models.TextChoices):
        ROSTER = "roster", _("roster")
        DECISION = "decision", _("decision day")

    case = models.ForeignKey(Case, models.PROTECT, related_name="roster")
    cadre = models.ForeignKey(Cadre, models.PROTECT, related_name="+")
    stage = models.CharField(max_length=10, choices=Stage.choices)
    round = models.PositiveSmallIntegerField(default=1)
    checked_on = models.DateField()
    eligible = models.BooleanField()
    listed = models.BooleanField(default=True)
    checks = models.JSONField(_("checks of eligibility"), default=list)

    class Meta:
        verbose_name = _("roster line")
        verbose_name_plural = _("roster")

    def __str__(self) -> str:
        return f"{self.cadre} ({self.case})"


class Opinion(models.Model):
    """What an organ or a member holds about a case; differing ones travel, never block."""

    class Stand(models.TextChoices):
        AGREE = "agree", _("agrees")
        COMMENT = "comment", _("comments")
        ADVERSE = "adverse", _("is against")

    case = models.ForeignKey(Case, models.PROTECT, related_name="opinions")
    #: Whom it is about: the candidate of the case on that day.
    cadre = models.ForeignKey(Cadre, models.PROTECT, null=True, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    step = models.CharField(max_length=60)
    stand = models.CharField(_("stand"), max_length=10, choices=Stand.choices)
    text = models.TextField(_("opinion"))
    answer = models.TextField(_("answer to the opinion"), blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    given_on = models.DateField(_("given on"))
    round = models.PositiveSmallIntegerField(default=1)

    class Meta:
        verbose_name = _("opinion")
        verbose_name_plural = _("opinions")

    def __str__(self) -> str:
        return f"{self.unit}: {self.get_stand_display()}"


class Clock(models.Model):
    """A deadline that runs in the edition's unit of time, stands still on hold and return.

    Without a unit it is a day that something outside the case has set, and moves never.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="clocks")
    task = models.ForeignKey(CaseTask, models.PROTECT, null=True, related_name="clocks")
    rule = models.CharField(_("rule"), max_length=60)
    unit = models.CharField(_("unit of time"), max_length=20, blank=True)
    started_on = models.DateField(_("started on"))
    due_on = models.DateField(_("due on"))
    paused_on = models.DateField(_("paused on"), null=True)
    stopped_on = models.DateField(_("stopped on"), null=True)
    reminded_on = models.DateField(null=True)
    escalated_on = models.DateField(null=True)

    class Meta:
        verbose_name = _("deadline")
        verbose_name_plural = _("deadlines")
        indexes = [
            models.Index(
                fields=["due_on"],
                name="clock_running",
                condition=Q(stopped_on__isnull=True, paused_on__isnull=True),
            )
        ]

    def __str__(self) -> str:
        return f"{self.case}: {self.rule} {self.due_on:%d/%m/%Y}"
