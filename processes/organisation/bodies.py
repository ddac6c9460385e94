"""Bodies that sit and vote, their members by date, and which body sits at which conference."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from processes.organisation.dating import in_order
from processes.organisation.people import Cadre
from processes.organisation.positions import Sourced, TitleGroup
from processes.organisation.units import Dated, DatedQuerySet, Unit


class Body(Dated):
    """A collective of a unit that meets: leadership, key cadres, Standing Committee..."""

    class Kind(models.TextChoices):
        LEADERSHIP = "leadership", _("Leadership collective")
        LEADERSHIP_EXTENDED = "leadership_extended", _("Extended leadership")
        KEY_CADRES = "key_cadres", _("Key cadres")
        PARTY_COMMITTEE = "party_committee", _("Same-level Party committee")
        STANDING_COMMITTEE = "standing_committee", _("Standing Committee")
        EXECUTIVE_COMMITTEE = "executive_committee", _("Executive Committee")
        STANDING_BOARD = "standing_board", _("Standing Board")
        COUNTING_TEAM = "counting_team", _("Counting team")
        CONGRESS = "congress", _("Congress")
        PEOPLES_COUNCIL = "peoples_council", _("People's Council")
        WORKPLACE_VOTERS = "workplace_voters", _("Voters at the workplace")

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="bodies", verbose_name=_("unit"))
    kind = models.CharField(_("kind"), max_length=30, choices=Kind.choices)
    name = models.CharField(_("name"), max_length=200)

    one_of = ("unit", "kind")
    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = _("body")
        verbose_name_plural = _("bodies")
        constraints = [in_order("valid_from", "valid_to", "body_days_in_order")]

    def __str__(self) -> str:
        return self.name


class Membership(Dated):
    """A cadre's seat in a body from one day to another."""

    class Seat(models.TextChoices):
        HEAD = "head", _("Head")
        DEPUTY = "deputy", pgettext_lazy("seat in a body", "Deputy")
        MEMBER = "member", _("Member")

    body = models.ForeignKey(
        Body, models.PROTECT, related_name="memberships", verbose_name=_("body")
    )
    cadre = models.ForeignKey(
        Cadre, models.PROTECT, related_name="memberships", verbose_name=_("cadre")
    )
    seat = models.CharField(_("seat"), max_length=10, choices=Seat.choices, default=Seat.MEMBER)
    votes = models.BooleanField(_("votes"), default=True)

    one_of = ("body", "cadre", "seat")
    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        indexes = [models.Index(fields=["body", "valid_to"])]
        constraints = [in_order("valid_from", "valid_to", "membership_days_in_order")]

    def __str__(self) -> str:
        return f"{self.cadre} ({self.body})"


class Composition(Dated, Sourced):
    """Which body sits at a conference, by edition, title group and province (empty means any)."""

    edition = models.CharField(_("edition"), max_length=30, blank=True)
    province = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("province")
    )
    group = models.ForeignKey(
        TitleGroup,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("title group"),
    )
    conference = models.CharField(_("conference"), max_length=20)
    body_kind = models.CharField(_("body"), max_length=30, choices=Body.Kind.choices)
    in_province = models.BooleanField(
        _("the province's own body"),
        default=False,
        help_text=_("Otherwise the body of the proposing unit."),
    )

    one_of = ("edition", "province", "group", "conference")
    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = _("conference composition")
        verbose_name_plural = _("conference compositions")
        constraints = [in_order("valid_from", "valid_to", "composition_days_in_order")]

    def __str__(self) -> str:
        return f"{self.conference}: {self.get_body_kind_display()}"


def body_name(body: str) -> str:
    """What a body of the competence matrix is called; its own words where it is not ours."""
    return str(dict(Body.Kind.choices).get(body, body))
