"""Verify all there is: triggers, chains, log, checkpoints here and outside, stored papers."""

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from processes.audit import triggers
from processes.audit.models import SITE_CHAIN, ChainHead
from processes.audit.verify import Finding, verify
from processes.dossiers.models import Document
from processes.evidence.stored import stored_papers
from processes.log.models import Checkpoint, LogLeaf
from processes.log.notes import Verifier
from processes.log.verify import Trouble, verify_log

#: Told how far it is: what is read, how much of it, and how much there is.
Told = Callable[[str, int, int], None]


@dataclass
class Whole:
    """What was read, and a sentence for each thing that is wrong."""

    entries: int = 0
    chains: int = 0
    leaves: int = 0
    checkpoints: int = 0
    outside: int = 0
    papers: int = 0
    wrong: list[str] = field(default_factory=list)

    @property
    def sound(self) -> bool:
        return not self.wrong

    def as_json(self) -> dict[str, Any]:
        return asdict(self) | {"sound": self.sound}


def verify_whole(
    *, trusted: Sequence[Verifier] = (), papers: bool = True, told: Told = lambda *_: None
) -> Whole:
    """Recompute everything, against the folders outside that can be reached as well."""
    found = Whole()
    found.wrong += [
        _("The trigger %(name)s is missing: history can be altered.") % {"name": name}
        for name in triggers.missing(connection)
    ]
    _verify_chains(found, told)
    _verify_log(found, trusted, told)
    if papers:
        found.wrong += stored_papers(lambda done, total: told("papers", done, total))
        found.papers = Document.objects.count()
    return found


def _verify_chains(found: Whole, told: Told) -> None:
    total = sum(ChainHead.objects.values_list("seq", flat=True))
    report = verify(progress=lambda done: told("chains", done, max(total, done)))
    found.entries, found.chains = report.entries, report.chains
    found.wrong += map(said_of_chain, report.findings)


def _verify_log(found: Whole, trusted: Sequence[Verifier], told: Told) -> None:
    total = LogLeaf.objects.count()
    folders = []
    for place in settings.LOG_DROPS:
        if Path(place).is_dir():
            folders.append(Path(place))
        elif Checkpoint.objects.exists():
            found.wrong.append(_("The folder %(place)s cannot be reached.") % {"place": place})
    report = verify_log(folders, trusted, lambda done: told("log", done, max(total, done)))
    found.leaves, found.checkpoints = report.leaves, report.checkpoints
    found.outside = report.outside
    found.wrong += map(said_of_log, report.troubles)


def said_of_chain(finding: Finding) -> str:
    """One finding, as `processes.audit.verify.Fault` puts it."""
    words = {"chain": finding.chain, "seq": finding.seq, "fault": finding.fault.label}
    if finding.chain == SITE_CHAIN:
        return _("Site's chain, entry %(seq)s: %(fault)s.") % words
    return _("Case %(chain)s, entry %(seq)s: %(fault)s.") % words


def said_of_log(trouble: Trouble) -> str:
    """One trouble, with the place where to look."""
    where = []
    if trouble.checkpoint is not None:
        where.append(_named_checkpoint(trouble.checkpoint))
    if trouble.place is not None:
        where.append(_("place %(number)s of the log") % {"number": trouble.place})
    if trouble.chain == SITE_CHAIN:
        where.append(_("site's chain, entry %(seq)s") % {"seq": trouble.seq})
    elif trouble.chain is not None:
        where.append(
            _("case %(chain)s, entry %(seq)s") % {"chain": trouble.chain, "seq": trouble.seq}
        )
    words = {"where": capfirst(", ".join(where)), "flaw": trouble.flaw.label}
    return _("%(where)s: %(flaw)s.") % words


def _named_checkpoint(number: int) -> str:
    """Number and span of a checkpoint: what was altered, was altered before its moment."""
    row = Checkpoint.objects.filter(number=number).first()
    before = Checkpoint.objects.filter(number__lt=number).first()
    if row is None:
        return _("checkpoint %(number)s") % {"number": number}
    start = before.size if before else 0
    return _("checkpoint %(number)s (places %(start)s to %(end)s)") % {
        "number": number,
        "start": start,
        "end": row.size - 1,
    }
