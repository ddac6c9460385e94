"""Documents of a case: uploaded or drawn up, every version kept, numbered without gaps."""

from datetime import date

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from processes.cases.models import Case
from processes.organisation.dating import in_order
from processes.organisation.people import Cadre
from processes.organisation.units import Dated, DatedQuerySet, Unit

#: Kinds of units whose documents have the form of the State's (Nghị định 30/2020/NĐ-CP).
STATE_KINDS = frozenset({"department", "state_organ", "elected_body", "service_unit"})


#: Papers that are no other person's than the candidate's, where one is chosen.
OF_CANDIDATE = (
    models.Q(cadre__isnull=True)
    | models.Q(case__candidate__isnull=True)
    | models.Q(cadre=models.F("case__candidate"))
)


class Document(models.Model):
    """One version of one paper of the dossier; its content is known by its SHA-256."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="documents")
    item = models.CharField(_("item of the checklist"), max_length=40)
    step = models.CharField(max_length=60, blank=True)
    cadre = models.ForeignKey(Cadre, models.PROTECT, null=True, related_name="+")
    title = models.CharField(_("title"), max_length=200)
    version = models.PositiveSmallIntegerField(_("version"), default=1)
    generated = models.BooleanField(default=False)
    file = models.CharField(max_length=200, help_text=_("Path below the document folder."))
    mime = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField(_("size in bytes"))
    sha256 = models.CharField(max_length=64)
    issued_on = models.DateField(_("issued on"))
    number = models.CharField(_("number and symbol"), max_length=60, blank=True)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField(_("uploaded at"), auto_now_add=True)

    class Meta:
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        constraints = [
            models.UniqueConstraint(
                fields=["case", "item", "step", "version"],
                condition=models.Q(cadre__isnull=True),
                name="document_version_once",
            ),
            models.UniqueConstraint(
                fields=["case", "item", "step", "cadre", "version"],
                condition=models.Q(cadre__isnull=False),
                name="document_of_cadre_version_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} (v{self.version})"


class NumberSequence(models.Model):
    """The last number given by an organ to a type of document in a term of its committee."""

    organ = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    kind = models.CharField(_("type of document"), max_length=20)
    term = models.CharField(_("term"), max_length=20)
    last = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("number sequence")
        verbose_name_plural = _("number sequences")
        constraints = [
            models.UniqueConstraint(fields=["organ", "kind", "term"], name="one_sequence")
        ]

    def __str__(self) -> str:
        return f"{self.organ}/{self.kind}/{self.term}: {self.last}"


class Term(Dated):
    """A term of the committee (nhiệm kỳ) through which numbers run."""

    province = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("province"))
    name = models.CharField(_("term"), max_length=20)

    one_of = ("province",)
    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = _("term of the committee")
        verbose_name_plural = _("terms of the committee")
        constraints = [in_order("valid_from", "valid_to", "term_days_in_order")]

    def __str__(self) -> str:
        return self.name

    @classmethod
    def on(cls, organ: Unit, day: date) -> str:
        """The name of the term that a day falls in; the year where data name no term."""
        province = organ.province_id or organ.pk
        row = cls.objects.in_force(day).filter(province=province).first()
        return row.name if row else str(day.year)


class NumberSymbol(models.Model):
    """How an organ writes its numbers: "127-QĐ/TU" for the Party, "127/QĐ-UBND" for the State."""

    PARTY = "%(number)d-%(kind)s/%(symbol)s"
    STATE = "%(number)d/%(kind)s-%(symbol)s"

    organ = models.OneToOneField(
        Unit, models.PROTECT, related_name="number_symbol", verbose_name=_("organ")
    )
    symbol = models.CharField(_("symbol"), max_length=20)
    pattern = models.CharField(
        _("pattern"), max_length=60, choices=[(PARTY, "127-QĐ/TU"), (STATE, "127/QĐ-UBND")]
    )

    class Meta:
        verbose_name = _("number symbol")
        verbose_name_plural = _("number symbols")

    def __str__(self) -> str:
        return self.symbol

    @classmethod
    def of(cls, organ: Unit) -> "NumberSymbol":
        """The symbol that data give an organ, else its code in the form of its kind."""
        pattern = cls.STATE if organ.kind in STATE_KINDS else cls.PARTY
        row = cls.objects.filter(organ=organ).first()
        symbol = "TU" if organ.parent_id is None else organ.code
        return row or cls(organ=organ, symbol=symbol, pattern=pattern)
