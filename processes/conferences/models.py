"""Conferences: who was called and came, what two tellers counted, what follows.

There is no link between a voter and a slip: attendance and totals are all that is kept.
"""

from secrets import token_hex

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from processes.cases.models import Case, CaseTask
from processes.organisation.bodies import Body
from processes.organisation.people import Cadre


def new_salt() -> str:
    """A random value that nobody guesses: 128 bits, in hexadecimal."""
    return token_hex(16)


class Bar(models.TextChoices):
    """Why somebody who is called to a conference does not vote in it."""

    CANDIDATE = "candidate", _("is on the slip")
    KIN = "kin", _("is a relative of somebody on the slip")
    NO_VOTE = "no_vote", _("attends without a vote")


class Conference(models.Model):
    """One sitting of a body on a case; a repeated one follows the first and keeps it."""

    class State(models.TextChoices):
        CALLED = "called", _("called")
        SITTING = "sitting", _("sitting")
        COUNTING = "counting", _("counting")
        CLOSED = "closed", _("closed")
        VOID = "void", _("void")

    case = models.ForeignKey(Case, models.PROTECT, related_name="conferences")
    task = models.ForeignKey(CaseTask, models.PROTECT, related_name="conferences")
    code = models.CharField(_("conference"), max_length=20)
    attempt = models.PositiveSmallIntegerField(_("attempt"), default=1)
    round = models.PositiveSmallIntegerField(default=1)
    body = models.ForeignKey(Body, models.PROTECT, related_name="+", verbose_name=_("body"))
    held_on = models.DateField(_("held on"))
    place = models.CharField(_("place"), max_length=200, blank=True)
    chair = models.ForeignKey(Cadre, models.PROTECT, related_name="+", verbose_name=_("chair"))
    secretary = models.ForeignKey(
        Cadre, models.PROTECT, related_name="+", verbose_name=_("secretary")
    )
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.CALLED)
    announced = models.BooleanField(_("result announced"), default=False)
    secret = models.BooleanField(_("secret ballot"), default=True)
    seats = models.PositiveSmallIntegerField(_("to elect"), default=1)
    #: As its edition said when it was called; before that was kept, base and quorum left them out.
    barred_in_base = models.BooleanField(default=False, editable=False)
    count_round = models.PositiveSmallIntegerField(default=1)
    outcome = models.CharField(_("outcome"), max_length=20, blank=True)
    result = models.JSONField(default=dict)
    minutes = models.TextField(_("minutes"), blank=True)
    void_reason = models.TextField(_("reason"), blank=True)
    void_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    #: What makes the hash of result and minutes in the trail tell nothing of them.
    salt = models.CharField(max_length=32, default=new_salt, editable=False)
    repeats = models.ForeignKey("self", models.PROTECT, null=True, related_name="repeated_by")

    class Meta:
        verbose_name = _("conference")
        verbose_name_plural = _("conferences")
        constraints = [
            models.UniqueConstraint(
                fields=["task"],
                condition=Q(state__in=["called", "sitting", "counting"]),
                name="one_open_conference_a_task",
            )
        ]

    def __str__(self) -> str:
        return f"{self.case}: {self.code}/{self.attempt}"


class Candidacy(models.Model):
    """A cadre on the slip of a conference."""

    conference = models.ForeignKey(Conference, models.PROTECT, related_name="candidacies")
    cadre = models.ForeignKey(Cadre, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["conference", "cadre"], name="once_on_the_slip")
        ]

    def __str__(self) -> str:
        return str(self.cadre)


class Summons(models.Model):
    """A member called to a conference (a snapshot of the body that day), and who came."""

    conference = models.ForeignKey(Conference, models.PROTECT, related_name="summonses")
    cadre = models.ForeignKey(Cadre, models.PROTECT, related_name="+")
    present = models.BooleanField(_("present"), null=True)
    barred = models.CharField(_("does not vote because"), max_length=200, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["conference", "cadre"], name="called_once")]

    def __str__(self) -> str:
        return f"{self.cadre}: {self.present}"

    @property
    def bar_text(self) -> str:
        """Why this person does not vote; empty when they do."""
        return str(Bar(self.barred).label) if self.barred else ""


class Teller(models.Model):
    """A member of the counting team who enters the count alone."""

    conference = models.ForeignKey(Conference, models.PROTECT, related_name="tellers")
    cadre = models.ForeignKey(Cadre, models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["conference", "cadre"], name="teller_once")]

    def __str__(self) -> str:
        return str(self.cadre)


class CountEntry(models.Model):
    """What one teller counted in one round; kept when a recount follows."""

    conference = models.ForeignKey(Conference, models.PROTECT, related_name="counts")
    count_round = models.PositiveSmallIntegerField()
    teller = models.ForeignKey(Teller, models.PROTECT, related_name="counts")
    entered_at = models.DateTimeField(auto_now_add=True)
    issued = models.PositiveIntegerField(_("slips issued"))
    collected = models.PositiveIntegerField(_("slips collected"))
    valid = models.PositiveIntegerField(_("valid slips"))
    invalid = models.PositiveIntegerField(_("invalid slips"))
    blank = models.PositiveIntegerField(_("of these blank"), default=0)
    agree = models.JSONField(default=dict, help_text=_("Cadre number to votes."))
    disagree = models.JSONField(default=dict)
    #: What makes the hash of the count in the trail tell nothing of it.
    salt = models.CharField(max_length=32, default=new_salt, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["conference", "count_round", "teller"], name="one_count_a_teller"
            )
        ]

    def __str__(self) -> str:
        return f"{self.conference_id}/{self.count_round}/{self.teller_id}"
