"""A search over the trail: what was typed, resolved to numbers and codes, and as a condition."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Q, QuerySet, TextField
from django.db.models.functions import Cast

from permissions.models import User
from processes.audit.models import AuditEntry, Event
from processes.dossiers.models import Document
from processes.questions.declared import between
from processes.search.matching import MOST, having
from processes.search.models import Kind
from processes.search.words import beginnings

#: Reads of dossiers, records, papers, lists and the trail itself.
READS = (Event.READ, Event.DOWNLOADED, Event.BUNDLED, Event.ASKED)
DIGEST = 64

Wish = Mapping[str, Any]


def people_called(text: str) -> list[int]:
    """Numbers of the accounts that have these words in name, user name or title."""
    words = beginnings(text)
    if not words:
        return []
    found = User.objects.filter(pk__in=having(Kind.ACCOUNT, words)).order_by("pk")
    return list(found.values_list("pk", flat=True)[:MOST])


def papers_called(text: str) -> list[list[Any]]:
    """Case and digest of the papers of this digest, or with these words in title or number."""
    text = text.strip().lower()
    if len(text) == DIGEST and set(text) <= set("0123456789abcdef"):
        papers = Document.objects.filter(sha256=text)
    else:
        words = beginnings(text)
        if not words:
            return []
        papers = Document.objects.filter(pk__in=having(Kind.DOCUMENT, words))
    found = papers.order_by("-pk").values_list("case", "sha256")[:MOST]
    return sorted({(case, digest): [case, digest] for case, digest in found}.values())


def narrowed(entries: QuerySet[AuditEntry], wish: Wish) -> QuerySet[AuditEntry]:
    """The entries that are looked for; what is not said narrows nothing."""
    for name, condition in _CONDITIONS.items():
        if name in wish:
            entries = entries.filter(condition(wish[name]))
    if "documents" in wish:
        papers = Cast("documents", TextField())
        entries = entries.alias(papers=papers).filter(_names_paper(wish["documents"]))
    return between(entries, wish.get("since"), wish.get("until"))


def _names_paper(papers: list[list[Any]]) -> Q:
    """Entries that name one of the papers; the case is said as well, because it has an index."""
    cases: dict[int, Q] = {}
    for case, digest in papers:
        cases[case] = cases.get(case, Q()) | Q(papers__contains=digest)
    found = Q(pk__in=())
    for named in cases.values():
        found |= named
    return Q(case__in=sorted(cases)) & found


_KINDS = {"refusals": Q(event=Event.REFUSED), "reads": Q(event__in=READS)}
_CONDITIONS: dict[str, Any] = {
    "case": lambda number: Q(case=number),
    "by": lambda numbers: Q(by__in=numbers),
    "behalf": lambda numbers: Q(behalf__in=numbers),
    "role": lambda code: Q(role=code),
    "unit": lambda number: Q(unit=number),
    "step": lambda code: Q(step=code),
    "event": lambda code: Q(event=code),
    "edition": lambda code: Q(edition=code),
    "only": _KINDS.__getitem__,
}
