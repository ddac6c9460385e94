"""The evidence of a case as one ZIP file, which can be checked without our software."""

import json
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from django.conf import settings

from permissions.models import User
from processes.audit.models import SITE_CHAIN, AuditEntry, Event
from processes.cases.models import Case
from processes.dossiers.models import Document
from processes.dossiers.store import Altered, content_of
from processes.evidence.report import report
from processes.evidence.rows import earlier, key_list, line_of, proof_of
from processes.evidence.withheld import Withheld
from processes.flows.table import table
from processes.log.models import Checkpoint
from processes.log.sequencer import tree
from processes.rules import load

VERIFIER = Path(settings.BASE_DIR) / "verifier" / "verify_evidence.py"
Told = Callable[[str, int, int], None]


class Bundle:
    """Writes one file after the other and remembers the hash of each for the manifest."""

    def __init__(self, path: Path) -> None:
        self._zip = ZipFile(path, "w", ZIP_DEFLATED)
        self.files: dict[str, str] = {}

    def add(self, name: str, content: bytes | str) -> None:
        raw = content.encode() if isinstance(content, str) else content
        self.files[name] = sha256(raw).hexdigest()
        self._zip.writestr(name, raw)

    def close(self, manifest: dict[str, Any]) -> None:
        self._zip.writestr("manifest.json", as_json(manifest | {"files": self.files}))
        self._zip.close()


def write_bundle(
    path: Path,
    case: Case,
    *,
    name: str,
    user: User,
    last: Checkpoint,
    sentences: Callable[[list[AuditEntry]], list[str]],
    diagram: Callable[[Case], str],
    with_papers: bool,
    with_hidden: bool,
    language: str,
    told: Told,
) -> None:
    """Write the evidence of a case as it was at a checkpoint; its report calls it by that name."""
    bundle, withheld = Bundle(path), Withheld(case, user, with_hidden=with_hidden)
    entries = _trail(bundle, case, last, withheld, told)
    papers = list(_papers(bundle, case, withheld if with_papers else None, told))
    bundle.add("documents.json", as_json(papers))
    _procedure(bundle, case, diagram)
    _rules(bundle, case)
    left_out = {e.seq for e in entries if any(withheld.columns(e))}
    told("report", 0, 1)
    said = sentences(entries)
    bundle.add("report.pdf", report(case, last, entries, said, left_out, papers, name))
    bundle.add("verify_evidence.py", VERIFIER.read_bytes())
    bundle.close({
        "format": 1, "kind": "case", "case": case.code, "chain": case.pk, "language": language,
        "at": last.at.isoformat(), "checkpoint": last.number,
    })  # fmt: skip


def _trail(
    bundle: Bundle, case: Case, last: Checkpoint, withheld: Withheld, told: Told
) -> list[AuditEntry]:
    """The entries, the checkpoint on which they rest, and all proofs."""
    rows = AuditEntry.objects.filter(chain=case.pk, leaf__number__lt=last.size)
    entries = list(rows.select_related("leaf").order_by("seq"))
    site, whole = list(_adoptions(case, last)), tree()
    bundle.add("checkpoint.txt", last.note)
    bundle.add("keys.json", as_json(key_list()))
    bundle.add("entries.jsonl", as_lines(line_of(e, withheld.columns(e)) for e in entries))
    bundle.add("site.jsonl", as_lines(map(line_of, site)))
    found = (proof_of(e, whole, last.size) for e in [*entries, *site])
    bundle.add("proofs.jsonl", as_lines(_counted(found, len(entries), told)))
    bundle.add("earlier.jsonl", as_lines(earlier(last, case.opened_on, whole)))
    return entries


def _adoptions(case: Case, last: Checkpoint) -> Iterator[AuditEntry]:
    """The entries of the site's chain that say which text of the case's editions was adopted."""
    rows = AuditEntry.objects.filter(
        chain=SITE_CHAIN, event=Event.ADOPTED, edition__in=_editions(case),
        leaf__number__lt=last.size,
    )  # fmt: skip
    yield from rows.select_related("leaf").order_by("seq")


def _editions(case: Case) -> list[str]:
    return case.editions or [case.edition]


def _papers(
    bundle: Bundle, case: Case, withheld: Withheld | None, told: Told
) -> Iterator[dict[str, Any]]:
    """Each paper with its digest; its content where it may be seen and is what was stored."""
    rows = list(Document.objects.filter(case=case).order_by("pk"))
    for done, paper in enumerate(rows, start=1):
        told("papers", done, len(rows))
        name = f"documents/{paper.sha256}{Path(paper.file).suffix}"
        included = withheld is not None and not withheld.paper(paper)
        if included and name not in bundle.files:
            try:
                bundle.add(name, content_of(paper))
            except Altered:
                included = False
        yield {
            "title": paper.title, "item": paper.item, "version": paper.version,
            "sha256": paper.sha256, "file": name if included else "", "included": included,
        }  # fmt: skip


def _procedure(bundle: Bundle, case: Case, diagram: Callable[[Case], str]) -> None:
    """The procedure as it runs: its table, and its model in BPMN 2.0."""
    bundle.add("procedure/procedure.md", table(case.flow_class))
    bundle.add("procedure/procedure.bpmn", diagram(case))


def _rules(bundle: Bundle, case: Case) -> None:
    """Each edition as the canonical JSON whose hash the entry of its adoption has."""
    by_key = {edition.key: edition for edition in load().editions}
    for key in _editions(case):
        bundle.add(f"rules/{key}.json", by_key[key].canonical)


def _counted(lines: Iterator[Any], total: int, told: Told) -> Iterator[Any]:
    for done, line in enumerate(lines, start=1):
        yield line
        told("proofs", min(done, total), total)


def as_lines(lines: Any) -> str:
    """Each as JSON in a line of its own."""
    return "".join(f"{as_json(line)}\n" for line in lines)


def as_json(content: Any) -> str:
    """JSON with sorted keys, letters outside ASCII as they are."""
    return json.dumps(content, ensure_ascii=False, sort_keys=True)
