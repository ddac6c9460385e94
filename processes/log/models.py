"""The log in the database: leaves, tiles, keys, checkpoints, and where copies of them went."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from processes.audit.models import AuditEntry


class LogLeaf(models.Model):
    """The place of an entry in the log; given once, in the order in which entries are found."""

    number = models.BigIntegerField(primary_key=True)
    # No constraint: checking it would lock entries that a decision is just writing.
    entry = models.OneToOneField(
        AuditEntry, models.DO_NOTHING, related_name="leaf", db_constraint=False
    )

    def __str__(self) -> str:
        return str(self.number)


class LogTile(models.Model):
    """Up to 256 hashes of the tree beside each other (`processes.log.tree`); only ever grows."""

    level = models.SmallIntegerField()
    place = models.BigIntegerField()
    hashes = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["level", "place"], name="one_tile")]

    def __str__(self) -> str:
        return f"{self.level}/{self.place}"


class LogMark(models.Model):
    """Up to which entry nothing can be missing from the log any more; one row."""

    below = models.BigIntegerField(default=0)
    #: The next mark, which counts once no transaction from before this number is running.
    next_below = models.BigIntegerField(default=0)
    next_after = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return str(self.below)


class LogKey(models.Model):
    """A public key that signs checkpoints; the last one is in use. The private one is elsewhere."""

    code = models.CharField(_("key"), max_length=8, unique=True)
    origin = models.CharField(_("origin"), max_length=200)
    public = models.CharField(_("public key"), max_length=44)
    made_at = models.DateTimeField(_("in use since"))
    #: What the key before it signed when it handed over; empty for the first.
    handover = models.TextField(blank=True)

    class Meta:
        verbose_name = _("key of the log")
        verbose_name_plural = _("keys of the log")
        ordering = ["id"]

    def __str__(self) -> str:
        return self.code


class Checkpoint(models.Model):
    """What the log was at a moment: size and root, signed, with the digest of the one before."""

    number = models.BigIntegerField(_("number"), primary_key=True)
    size = models.BigIntegerField(_("entries"))
    root = models.CharField(_("root"), max_length=64)
    at = models.DateTimeField(_("at"))
    key = models.ForeignKey(LogKey, models.PROTECT, related_name="checkpoints")
    note = models.TextField()

    class Meta:
        verbose_name = _("checkpoint")
        verbose_name_plural = _("checkpoints")
        ordering = ["-number"]

    def __str__(self) -> str:
        return str(self.number)


class Delivery(models.Model):
    """A copy of a checkpoint for a place outside, tried until it has arrived."""

    class Kind(models.TextChoices):
        DROP = "drop", _("folder")
        MAIL = "mail", _("e-mail")

    checkpoint = models.ForeignKey(Checkpoint, models.PROTECT, related_name="deliveries")
    kind = models.CharField(_("kind"), max_length=4, choices=Kind.choices)
    place = models.CharField(_("place"), max_length=300)
    done_at = models.DateTimeField(_("arrived"), null=True)
    tries = models.PositiveIntegerField(default=0)
    error = models.CharField(_("error"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("copy of a checkpoint")
        verbose_name_plural = _("copies of checkpoints")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["checkpoint", "kind", "place"], name="one_copy_for_a_place"
            )
        ]
        indexes = [
            models.Index(
                fields=["id"], condition=models.Q(done_at__isnull=True), name="copy_on_its_way"
            )
        ]

    def __str__(self) -> str:
        return f"{self.checkpoint_id} → {self.place}"
