"""The answer to a question as a file that verify_evidence.py checks without this site."""

import csv
from collections.abc import Callable, Iterable, Sequence
from io import StringIO
from pathlib import Path

from permissions.models import User
from processes.audit.export import MARK, harmless
from processes.audit.models import AuditEntry
from processes.cases.models import Case
from processes.evidence.bundle import VERIFIER, Bundle, Told, as_json, as_lines
from processes.evidence.rows import earlier, key_list, line_of, proof_of
from processes.evidence.withheld import Withheld
from processes.log.sequencer import tree
from processes.questions.declared import Line
from processes.questions.models import Question

#: The answer as it is read: titles of columns, then rows.
Table = Callable[[list[Line]], tuple[Sequence[str], Iterable[Sequence[str]]]]


def write_export(
    path: Path,
    asked: Question,
    lines: list[Line],
    *,
    user: User,
    with_hidden: bool,
    language: str,
    table: Table,
    told: Told,
) -> None:
    """Write the entries that an answer rests on, each with its proof, and the answer itself.

    Hidden results are left out by their digests, as from the evidence of a case.
    """
    bundle, last = Bundle(path), asked.checkpoint
    entries = sorted({e.pk: e for one in lines for e in one.entries}.values(),
                     key=lambda entry: entry.leaf.number)  # fmt: skip
    hidden = _Hidden(entries, user, with_hidden=with_hidden)
    whole = tree()
    bundle.add("checkpoint.txt", last.note)
    bundle.add("keys.json", as_json(key_list()))
    bundle.add("entries.jsonl", as_lines(line_of(e, hidden.columns(e)) for e in entries))
    bundle.add("site.jsonl", "")
    proofs = []
    for done, entry in enumerate(entries, start=1):
        proofs.append(proof_of(entry, whole, last.size))
        told("proofs", done, len(entries))
    bundle.add("proofs.jsonl", as_lines(proofs))
    bundle.add("earlier.jsonl", as_lines(earlier(last, last.at.date(), whole)))
    bundle.add("question.json", as_json(_question(asked)))
    shown = [one for one in lines if not any(any(hidden.columns(e)) for e in one.entries)]
    bundle.add("answer.csv", _csv(*table(shown)))
    bundle.add("verify_evidence.py", VERIFIER.read_bytes())
    bundle.close({
        "format": 1, "kind": "export", "language": language, "at": last.at.isoformat(),
        "checkpoint": last.number, "question": asked.pk,
    })  # fmt: skip


def _question(asked: Question) -> dict[str, object]:
    return {
        "question": asked.pk, "name": asked.name, "values": asked.values, "scope": asked.scope,
        "at": asked.asked_at.isoformat(), "checkpoint": asked.checkpoint_id,
        "size": asked.checkpoint.size, "lines": asked.rows, "digest": asked.digest,
    }  # fmt: skip


class _Hidden:
    """What the reader may not see of the entries of several cases."""

    def __init__(self, entries: Iterable[AuditEntry], user: User, *, with_hidden: bool) -> None:
        cases = Case.objects.in_bulk({entry.case_id for entry in entries if entry.case_id})
        self._of = {
            number: Withheld(case, user, with_hidden=with_hidden) for number, case in cases.items()
        }

    def columns(self, entry: AuditEntry) -> Iterable[str]:
        withheld = self._of.get(entry.case_id)
        return withheld.columns(entry) if withheld else ()


def _csv(titles: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    buffer = StringIO()
    writer = csv.writer(buffer, quoting=csv.QUOTE_ALL)
    writer.writerow(titles)
    writer.writerows([harmless(cell) for cell in row] for row in rows)
    return MARK + buffer.getvalue()
