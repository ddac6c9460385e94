"""Elections of deputies, and by when each part of one has to be over: rows, not constants.

The deadlines of an election are set for that election by the national election council
(procedures.md 8.3), so they are entered for each with their source.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from processes.organisation.positions import Sourced
from processes.organisation.units import Unit


class Election(Sourced):
    """One election of deputies: its day, with where it is known from."""

    name = models.CharField(_("name"), max_length=200, unique=True)
    held_on = models.DateField(_("election day"))
    province = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+",
        help_text=_("Empty for an election in the whole country."),
        verbose_name=_("province"),
    )  # fmt: skip

    class Meta:
        verbose_name = _("election")
        verbose_name_plural = _("elections")
        ordering = ["-held_on"]

    def __str__(self) -> str:
        return f"{self.name} ({self.held_on:%d/%m/%Y})"


class ElectionDeadline(Sourced):
    """By which day a part of an election has to be over."""

    class Part(models.TextChoices):
        ROUND_1 = "round_1", _("Consultation, round 1")
        VOTERS = "voters", _("Voters' conferences at the workplaces")
        ROUND_2 = "round_2", _("Consultation, round 2")
        ROUND_3 = "round_3", _("Consultation, round 3")

    election = models.ForeignKey(
        Election, models.CASCADE, related_name="deadlines", verbose_name=_("election")
    )
    part = models.CharField(_("part"), max_length=20, choices=Part.choices)
    on = models.DateField(_("no later than"))

    class Meta:
        verbose_name = _("deadline of an election")
        verbose_name_plural = _("deadlines of elections")
        ordering = ["on"]
        constraints = [
            models.UniqueConstraint(fields=["election", "part"], name="one_deadline_a_part")
        ]

    def __str__(self) -> str:
        return f"{self.election}: {self.get_part_display()} {self.on:%d/%m/%Y}"
