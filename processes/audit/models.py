"""The trail: one entry per change, chained by hashes; appended, never altered."""

from typing import Any, NoReturn

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

#: The chain of grants, rules and structure; a case's chain is the case's number.
SITE_CHAIN = 0


class Event(models.TextChoices):
    """What happened, in the past tense."""

    OPENED = "opened", _("case opened")
    TAKEN = "taken", _("task taken")
    GIVEN_BACK = "given_back", _("task given back")
    HANDED_OVER = "handed_over", _("task handed over")
    ENTRUSTED = "entrusted", _("task given to another to prepare")
    PREPARED = "prepared", _("prepared work handed in")
    GOT_BACK = "got_back", _("task got back")
    CONCLUDED = "concluded", _("step concluded")
    PASSED = "passed", _("automatic step passed")
    ENDED = "ended", _("case ended")
    HELD = "held", _("case held")
    RESUMED = "resumed", _("case resumed")
    PRIORITISED = "prioritised", _("priority set")
    RESTARTED = "restarted", _("case restarted from a step")
    WITHDRAWN = "withdrawn", _("case withdrawn")
    EXCEPTED = "excepted", _("exception granted")
    OPINED = "opined", _("opinion given")
    ROSTERED = "rostered", _("eligibility checked")
    CALLED = "called", _("conference called")
    ATTENDED = "attended", _("attendance taken")
    COUNT_OPENED = "count_opened", _("count opened")
    COUNTED = "counted", _("count entered")
    RECOUNT = "recount", _("recount ordered")
    VOTE_CLOSED = "vote_closed", _("vote closed")
    VOIDED = "voided", _("conference voided")
    RULED = "ruled", _("tie ruled on")
    UPLOADED = "uploaded", _("document uploaded")
    GENERATED = "generated", _("document drawn up")
    NUMBERED = "numbered", _("document numbered")
    DOWNLOADED = "downloaded", _("document downloaded")
    READ = "read", _("dossier read")
    REFUSED = "refused", _("action refused")
    REMINDED = "reminded", _("reminder sent")
    ESCALATED = "escalated", _("deadline passed, escalated")
    EXTENDED = "extended", _("deadline extended")
    EXPLAINED = "explained", _("delay explained in writing")
    FEED_OPENED = "feed_opened", _("calendar feed opened")
    FEED_CLOSED = "feed_closed", _("calendar feed closed")
    GRANTED = "granted", _("role granted")
    REVOKED = "revoked", _("role ended")
    DEPUTED = "deputed", _("deputy appointed")
    DEPUTY_ENDED = "deputy_ended", _("deputy's time ended")
    CHANGED = "changed", _("data changed")
    IMPORTED = "imported", _("data imported")
    SIGNED_IN = "signed_in", _("signed in")
    SIGNED_OUT = "signed_out", _("signed out")
    MOVED = "moved", _("moved to another unit")
    ADOPTED = "adopted", _("rules adopted")
    PLANNED = "planned", _("rotation planned")
    ORDERED = "ordered", _("mission ordered")
    DELIVERED = "delivered", _("product handed in")
    JUDGED = "judged", _("product judged")
    REVIEW_OPENED = "review_opened", _("review opened")
    REVIEWED = "reviewed", _("mission reviewed")
    COMMENTED = "commented", _("comment written")
    REWORDED = "reworded", _("comment worded anew")
    COMMENT_WITHDRAWN = "comment_withdrawn", _("comment withdrawn")
    COMMENT_MOVED = "comment_moved", _("comment moved into the case")
    ENTITLED = "entitled", _("entitlement changed")
    CHECKPOINTED = "checkpointed", _("checkpoint signed")
    REKEYED = "rekeyed", _("key of the log changed")
    EMERGENCY_ASKED = "emergency_asked", _("emergency access asked for")
    EMERGENCY_OPENED = "emergency_opened", _("emergency access approved")
    EMERGENCY_DENIED = "emergency_denied", _("emergency access denied")
    EMERGENCY_ENDED = "emergency_ended", _("emergency access ended")
    INSPECTED = "inspected", _("cases taken into an inspection")
    NOTED = "noted", _("note of an inspection written")
    FOUND = "found", _("finding recorded")
    EXPLANATION_ASKED = "explanation_asked", _("explanation asked for")
    RECOMMENDED = "recommended", _("recommendation made")
    BUNDLED = "bundled", _("evidence handed out")
    ASKED = "asked", _("trail searched")
    ERASURE_ASKED = "erasure_asked", _("erasure asked for")
    ERASURE_APPROVED = "erasure_approved", _("erasure approved")
    ERASURE_DENIED = "erasure_denied", _("erasure denied")
    ERASURE_REVOKED = "erasure_revoked", _("erasure revoked")
    ERASED = "erased", _("content erased by order")
    PRESERVED = "preserved", _("legal hold placed")
    UNPRESERVED = "unpreserved", _("legal hold lifted")


class ChainHead(models.Model):
    """Where a chain stands; the row that writers of the chain lock."""

    chain = models.BigIntegerField(primary_key=True)
    seq = models.BigIntegerField(default=0)
    hash = models.CharField(max_length=64, default="", blank=True)

    def __str__(self) -> str:
        return f"{self.chain}:{self.seq}"


class AuditEntry(models.Model):
    """Who did what, in which role, on whose behalf, why, and under which edition.

    What it tells is covered by `hash`, and `prev_hash` ties it to the entry before; triggers
    refuse UPDATE, DELETE and (PostgreSQL) TRUNCATE.
    """

    chain = models.BigIntegerField(_("chain"))
    seq = models.BigIntegerField(_("number"))
    prev_hash = models.CharField(max_length=64, blank=True)
    hash = models.CharField(max_length=64)
    at = models.DateTimeField(_("at"), db_index=True)
    event = models.CharField(_("event"), max_length=20, choices=Event.choices)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False,
        verbose_name=_("by"),
    )  # fmt: skip
    role = models.CharField(_("role"), max_length=30, blank=True)
    behalf = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    unit = models.ForeignKey(
        "processes.Unit", models.PROTECT, null=True, related_name="+", db_index=False
    )
    case = models.ForeignKey(
        "processes.Case", models.PROTECT, null=True, related_name="entries", verbose_name=_("case")
    )
    task = models.BigIntegerField(null=True)
    step = models.CharField(_("step"), max_length=60, blank=True)
    outcome = models.CharField(_("outcome"), max_length=40, blank=True)
    reason = models.TextField(_("reason"), blank=True)
    edition = models.CharField(_("edition"), max_length=60, blank=True)
    documents = models.JSONField(default=list)
    facts = models.JSONField(default=dict)
    #: How it is hashed (`processes.audit.chain`), and what that needs besides the columns above.
    format = models.SmallIntegerField(default=1, db_default=1)
    salts = models.CharField(max_length=96, blank=True, default="", db_default="")
    removed = models.JSONField(null=True)

    class Meta:
        verbose_name = _("entry of the trail")
        verbose_name_plural = _("trail")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["chain", "seq"], name="entry_number_in_chain"),
            models.CheckConstraint(
                condition=models.Q(case__isnull=True) | models.Q(case=models.F("chain")),
                name="entry_of_a_case_in_its_chain",
            ),
        ]
        indexes = [
            models.Index(fields=["by", "-at"], name="entry_by_person"),
            models.Index(fields=["unit", "-at"], name="entry_by_unit"),
            models.Index(fields=["event", "-at"], name="entry_by_event"),
            models.Index(
                fields=["behalf", "-at"],
                name="entry_by_behalf",
                condition=models.Q(behalf__isnull=False),
            ),
            models.Index(fields=["step", "-at"], name="entry_by_step"),
            models.Index(fields=["role", "-at"], name="entry_by_role"),
            models.Index(fields=["edition", "-at"], name="entry_by_edition"),
        ]

    def __str__(self) -> str:
        return f"{self.chain}/{self.seq} {self.get_event_display()}"

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Refuse: the trail is append-only; the database refuses as well."""
        raise TypeError(_("The trail cannot be deleted."))
