"""What can be erased of a case or of a person's record, and where the same text stands again.

The record of a procedure stays: who decided what, when, in which role, under which edition, with
which outcome; results of votes, which their digests in the trail prove together; names. What can
go is what was written or handed in: papers, comments, reasons, opinions, facts that hold words.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.utils.translation import gettext as _

from processes.audit.chain import FORMAT
from processes.audit.models import SITE_CHAIN, AuditEntry, Event
from processes.audit.removal import WHOLE, digest_in
from processes.cases.erasure import ErasureItem, ErasureOrder
from processes.cases.models import Case
from processes.dossiers.models import Document
from processes.organisation.people import Cadre
from processes.talk.models import Attachment, CommentText, MovedComment

Kind = ErasureItem.Kind

#: Columns of rows of a case in which somebody has written or recorded something about a person:
#: the model, the column, and the way from the row to its case.
TEXTS = (
    ("processes.hold", "reason", "case"),
    ("processes.exceptionrecord", "reason", "case"),
    ("processes.opinion", "text", "case"),
    ("processes.opinion", "answer", "case"),
    ("processes.rosterline", "checks", "case"),
    ("processes.conference", "void_reason", "case"),
    ("processes.inspectionnote", "text", "inspection"),
    ("processes.inspectionfinding", "text", "inspection"),
    ("processes.inspectionrequest", "text", "inspection"),
    ("processes.inspectionrecommendation", "text", "inspection"),
    ("processes.finding", "text", "sanction"),
    ("processes.finding", "text", "review__order__case"),
    ("processes.rotationreview", "comment", "order__case"),
    ("processes.productdelivery", "evidence", "item__order__case"),
    ("processes.productdelivery", "remark", "item__order__case"),
    ("processes.plannedmove", "note", "case"),
    ("permissions.emergencyaccess", "reason", "case"),
)
#: Facts about a person that go whole. Kinship stays: it bars the relatives from each other's cases.
FACTS = ("degree", "discipline", "evaluation", "pendingmatter", "healthcertificate",
         "assetdeclaration", "planning")  # fmt: skip
#: Entries whose facts hold words or say something about a person; those of a concluded step where
#: they hold words. Those of others are numbers and codes by which the history of the procedure is
#: read and its votes are proven.
TELLING = frozenset({
    Event.HELD, Event.EXCEPTED, Event.ROSTERED, Event.UPLOADED, Event.GENERATED, Event.FOUND,
    Event.NOTED, Event.RECOMMENDED, Event.CHANGED, Event.COMMENT_MOVED, Event.EXPLANATION_ASKED,
    Event.DELIVERED,
})  # fmt: skip
#: How an item names one fact of its case, which loses its words and keeps its codes.
CASE_FACT = "facts."
#: Facts that are numbers of documents, though they have a space in them: no text to be found again.
NUMBERED = frozenset({"basis", "document", "notice", "number"})


@dataclass(frozen=True)
class Place:
    """One thing that can be erased.

    `title` stays when it is gone, so nothing of `text`, what stands there, is in it; `same` holds
    what stands there as it is found elsewhere.
    """

    kind: str
    number: int
    name: str
    title: str
    text: str = ""
    digest: str = ""
    same: frozenset[Any] = frozenset()

    @property
    def key(self) -> str:
        """How a form names it."""
        return f"{self.kind}:{self.number}:{self.name}"


def places_of(subject: Case | Cadre) -> list[Place]:
    """Everything that an order can take out and that is still there."""
    found = _of_case(subject) if isinstance(subject, Case) else _of_cadre(subject)
    return list(found)


def with_the_same(chosen: Iterable[str], places: list[Place]) -> list[Place]:
    """The places chosen by their keys, and every other one where the same text or file is."""
    keys = set(chosen)
    same = {one for place in places if place.key in keys for one in place.same}
    return [place for place in places if place.key in keys or place.same & same]


def words_in(fact: Any, name: str = "", *, numbered: bool = True) -> Iterator[str]:
    """What somebody has written of a fact; codes, days and numbers have no space in them."""
    if isinstance(fact, dict):
        for key, value in fact.items():
            yield from words_in(value, key, numbered=numbered)
    elif isinstance(fact, list):
        for value in fact:
            yield from words_in(value, name, numbered=numbered)
    elif isinstance(fact, str) and " " in fact.strip() and (numbered or name not in NUMBERED):
        yield fact


def without_words(fact: Any) -> Any:
    """The same fact, with nothing that somebody has written."""
    if isinstance(fact, dict):
        return {key: without_words(value) for key, value in fact.items()}
    if isinstance(fact, list):
        return [without_words(value) for value in fact]
    return "" if any(words_in(fact)) else fact


def items_of(order: ErasureOrder, places: Iterable[Place]) -> list[ErasureItem]:
    """Rows of an order that name these places; not yet saved."""
    return [
        ErasureItem(order=order, kind=one.kind, number=one.number, name=one.name,
                    digest=one.digest, title=one.title[:200])
        for one in places
    ]  # fmt: skip


def _of_case(case: Case) -> Iterator[Place]:
    erased = set(
        ErasureItem.objects.filter(
            order__case=case, order__carried_out_at__isnull=False,
            kind__in=(Kind.PAPER, Kind.ATTACHMENT),
        ).values_list("kind", "number")
    )  # fmt: skip
    moved = dict(
        MovedComment.objects.filter(version__comment__case=case).values_list(
            "document", "version__content__text"
        )
    )
    for paper in Document.objects.filter(case=case).order_by("pk"):
        if (Kind.PAPER, paper.pk) not in erased:
            same = frozenset({paper.sha256, moved.get(paper.pk)} - {None})
            yield Place(Kind.PAPER, paper.pk, "", str(paper), "", paper.sha256, same)
    for file in Attachment.objects.filter(comment__case=case).order_by("pk"):
        if (Kind.ATTACHMENT, file.pk) not in erased:
            same = frozenset({file.sha256})
            yield Place(Kind.ATTACHMENT, file.pk, "", file.name, "", file.sha256, same)
    texts = CommentText.objects.filter(version__comment__case=case).order_by("pk")
    for text in texts.select_related("version__comment__by"):
        version = text.version
        title = _("comment %(comment)s of %(person)s, version %(version)s") % {
            "comment": version.comment_id, "person": version.comment.by, "version": version.number,
        }  # fmt: skip
        same = frozenset({text.text})
        yield Place(Kind.COMMENT, version.pk, "", title, text.text, version.digest, same)
    yield from _of_rows(case)
    for number, (name, fact) in enumerate(sorted(case.facts.items()), start=1):
        if words := list(words_in(fact)):
            title = f"{Kind.ROW.label} {number}"
            same = frozenset(words_in(fact, name, numbered=False))
            yield Place(Kind.ROW, case.pk, f"{CASE_FACT}{name}", title, "; ".join(words), "", same)
    yield from _of_entries(case.entries.order_by("seq"))


def _of_rows(case: Case) -> Iterator[Place]:
    for label, column, way in TEXTS:
        model = apps.get_model(label)
        for row in model._default_manager.filter(**{way: case}).order_by("pk"):
            if value := getattr(row, column):
                field = model._meta.get_field(column)
                title = f"{model._meta.verbose_name}: {field.verbose_name}"
                said = value if isinstance(value, str) else str(row)
                same = frozenset({value} if isinstance(value, str) else ())
                yield Place(Kind.ROW, row.pk, f"{label}.{column}", title, said, "", same)


def _of_entries(entries: Iterable[AuditEntry]) -> Iterator[Place]:
    """Reasons that were given, and facts that tell; entries of an older format stay whole."""
    for entry in entries:
        if entry.format != FORMAT or entry.event in WHOLE:
            continue
        said = f"{entry.seq}. {entry.get_event_display()}"
        if entry.reason:
            title = _("%(entry)s: the reason") % {"entry": said}
            digest, same = digest_in(entry, "reason"), frozenset({entry.reason})
            yield Place(Kind.ENTRY, entry.pk, "reason", title, entry.reason, digest, same)
        words = list(words_in(entry.facts)) if entry.event in TELLING | {Event.CONCLUDED} else []
        if words or (entry.facts and entry.event in TELLING):
            title = _("%(entry)s: what it tells besides") % {"entry": said}
            digest, same = (
                digest_in(entry, "facts"),
                frozenset(words_in(entry.facts, numbered=False)),
            )
            yield Place(Kind.ENTRY, entry.pk, "facts", title, "; ".join(words), digest, same)


def _of_cadre(cadre: Cadre) -> Iterator[Place]:
    """Facts of the record, and the entries by which they were entered and changed."""
    told = AuditEntry.objects.filter(
        chain=SITE_CHAIN, event=Event.CHANGED, format=FORMAT, removed__isnull=True
    )
    for label in FACTS:
        model = apps.get_model("processes", label)
        rows = {row.pk: row for row in model._default_manager.filter(cadre=cadre).order_by("pk")}
        entries = told.filter(facts__model=model._meta.label_lower, facts__id__in=list(rows))
        for pk, row in rows.items():
            same = frozenset({(label, pk)})
            title = f"{model._meta.verbose_name} {pk}"
            yield Place(Kind.FACT, pk, label, title, str(row), "", same)
        for entry in entries.order_by("seq"):
            title = f"{entry.seq}. {entry.get_event_display()}: {model._meta.verbose_name}"
            same, said = frozenset({(label, entry.facts["id"])}), str(entry.facts.get("label", ""))
            yield Place(Kind.ENTRY, entry.pk, "facts", title, said, digest_in(entry, "facts"), same)
