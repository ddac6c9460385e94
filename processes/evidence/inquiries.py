"""The way of an inquiry: asked for with an entry, worked on with progress, then there."""

from collections.abc import Callable
from datetime import timedelta
from hashlib import file_digest
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import get_language

from permissions.catalogue import Act
from permissions.checks import role_for
from permissions.models import User
from processes.audit.models import AuditEntry, Event
from processes.audit.trail import record
from processes.cases.models import Case
from processes.evidence.bundle import write_bundle
from processes.evidence.models import Inquiry
from processes.evidence.whole import verify_whole
from processes.intake.progress import Progress
from processes.log.checkpoints import checkpoint_in_passing
from processes.log.keys import NoKey
from processes.log.models import Checkpoint
from processes.organisation.units import Unit

#: After so long without an end the work is taken for broken off.
GIVEN_UP = timedelta(minutes=15)
State, Kind = Inquiry.State, Inquiry.Kind
Sentences = Callable[[list[AuditEntry]], list[str]]
Diagram = Callable[[Case], str]
#: Writes the answer to a question to a file and tells how far it is.
Export = Callable[[Inquiry, Path, Progress], None]


@transaction.atomic
def ask_for_bundle(case: Case, *, by: User, with_papers: bool, with_hidden: bool) -> Inquiry:
    """Ask for the evidence of a case; the entry says who got it and what was left out."""
    asked = Inquiry.objects.create(
        kind=Kind.BUNDLE, by=by, case=case, language=get_language() or "vi",
        with_papers=with_papers, with_hidden=with_hidden,
    )  # fmt: skip
    facts = {"inquiry": asked.pk, "papers": with_papers, "hidden": with_hidden}
    role = role_for(by, Act.INSPECT, case.province_id)
    record(Event.BUNDLED, by=by, role=role, case=case, unit=case.unit, facts=facts)
    return asked


@transaction.atomic
def ask_for_export(
    question: int, *, by: User, unit: Unit, with_hidden: bool, checkpoint: int
) -> Inquiry:
    """Ask for an answer with its proofs; the entry says who got it and what was left out."""
    asked = Inquiry.objects.create(
        kind=Kind.EXPORT, by=by, question_id=question, language=get_language() or "vi",
        with_papers=False, with_hidden=with_hidden, found={"checkpoint": checkpoint},
    )  # fmt: skip
    facts = {"inquiry": asked.pk, "question": question, "hidden": with_hidden}
    role = role_for(by, Act.INSPECT, unit.pk)
    record(Event.BUNDLED, by=by, role=role, unit=unit, facts=facts)
    return asked


def ask_for_verification(*, by: User) -> Inquiry:
    """Ask for a verification of everything; it changes nothing, so it is no entry."""
    return Inquiry.objects.create(kind=Kind.VERIFICATION, by=by, language=get_language() or "vi")


def work(
    asked: Inquiry, *, by: User, sentences: Sentences, diagram: Diagram, export: Export
) -> Inquiry:
    """Do what was asked for, once; whoever asks meanwhile a second time finds it under way.

    No transaction lasts as long as the work: on SQLite nobody could decide anything meanwhile.
    """
    if not _begun(asked, by):
        return Inquiry.objects.get(pk=asked.pk, by=by)
    asked = Inquiry.objects.get(pk=asked.pk)
    report = progress_of(asked)
    try:
        if asked.case is not None:
            _bundle(asked, asked.case, sentences, diagram, report)
        elif asked.kind == Kind.EXPORT:
            _export(asked, export, report)
        else:
            asked.found = verify_whole(told=report).as_json()
        asked.state = State.DONE
    except NoKey as error:
        asked.state, asked.said = State.FAILED, str(error)
    except BaseException:
        Inquiry.objects.filter(pk=asked.pk).update(state=State.ASKED)
        raise
    finally:
        report.over()
    asked.done_at = timezone.now()
    asked.save()
    return asked


def _begun(asked: Inquiry, by: User) -> bool:
    """Whether the work is this caller's: nobody has begun it, or whoever had is gone."""
    now = timezone.now()
    free = Q(state=State.ASKED) | Q(state=State.BEGUN, begun_at__lt=now - GIVEN_UP)
    mine = Inquiry.objects.filter(free, pk=asked.pk, by=by)
    return bool(mine.update(state=State.BEGUN, begun_at=now))


def _bundle(
    asked: Inquiry, case: Case, sentences: Sentences, diagram: Diagram, report: Progress
) -> None:
    """Sign what the log is now, so that the bundle holds everything up to its own request."""
    report("log", 0, 0)
    last = checkpoint_in_passing()
    asked.file = f"evidence-{asked.pk}.zip"
    write_bundle(
        path_of(asked), case, name=name_of(asked), user=asked.by, last=last, sentences=sentences,
        diagram=diagram, with_papers=asked.with_papers, with_hidden=asked.with_hidden,
        language=asked.language, told=report,
    )  # fmt: skip
    _sealed(asked, last)


def _export(asked: Inquiry, export: Export, report: Progress) -> None:
    """Write an answer; it rests on the checkpoint at which its question was asked."""
    asked.file = f"export-{asked.pk}.zip"
    export(asked, path_of(asked), report)
    last = Checkpoint.objects.get(pk=asked.found["checkpoint"])
    _sealed(asked, last)


def _sealed(asked: Inquiry, last: Checkpoint) -> None:
    with path_of(asked).open("rb") as file:
        asked.sha256 = file_digest(file, "sha256").hexdigest()
    asked.found = {"checkpoint": last.number, "size": last.size}


def path_of(asked: Inquiry) -> Path:
    """Where the file lies, outside of what a web server reads."""
    folder = Path(settings.DOCUMENT_ROOT) / "evidence"
    folder.mkdir(parents=True, exist_ok=True)
    return folder / asked.file


def name_of(asked: Inquiry) -> str:
    """The name under which it is downloaded."""
    about = asked.case.code if asked.case else f"question-{asked.question_id}"
    return f"evidence-{about}-{asked.pk}.zip"


def progress_of(asked: Inquiry) -> Progress:
    """How far it is."""
    return Progress(asked.pk, within="evidence")
