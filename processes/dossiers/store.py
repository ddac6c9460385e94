"""Where the content of papers lies: outside the web root, under the digest of its bytes."""

from datetime import date
from hashlib import sha256
from pathlib import Path
from tempfile import NamedTemporaryFile

from django.conf import settings
from django.utils.translation import gettext as _

from permissions.compiled import Compiled
from permissions.errors import Refused
from permissions.models import User
from permissions.writing import insert
from processes.cases.erasure import erased_by
from processes.cases.models import Case
from processes.dossiers.models import Document
from processes.organisation.people import Cadre


class Altered(Refused):
    """The stored file is gone or is not what was stored; it is handed out to nobody."""


class Erased(Altered):
    """The content was taken out by order; its digest is all that is left."""


def keep(
    case: Case,
    content: bytes,
    *,
    by: User,
    item: str,
    title: str,
    mime: str,
    extension: str,
    issued_on: date,
    cadre: Cadre | None = None,
    step: str = "",
    number: str = "",
    generated: bool = False,
) -> Document:
    """Write the bytes and a new version of the paper; no version is ever overwritten.

    What is uploaded has one row of versions for each item; what is drawn up, for each step.
    """
    name, digest = put(str(case.pk), content, extension)
    former = _versions(case=case.pk, item=item)
    version = 1 + max((last for at, last in former if not generated or at == step), default=0)
    document = Document(
        case=case, item=item, step=step, cadre=cadre, title=title, version=version,
        generated=generated, file=name, mime=mime, size=len(content), sha256=digest,
        issued_on=issued_on, number=number, uploaded_by=by,
    )  # fmt: skip
    insert(document)
    return document


_versions = Compiled(
    lambda case, item: Document.objects.filter(case=case, item=item).values_list("step", "version"),
    case=int,
    item=str,
)


def content_of(document: Document) -> bytes:
    """The bytes of a paper, checked against its digest. Raises Altered and Erased."""
    return read(document.file, document.sha256, str(document), document.case_id)


def put(folder: str, content: bytes, extension: str) -> tuple[str, str]:
    """Write the bytes below a folder; gives the name of the file and its digest."""
    digest = sha256(content).hexdigest()
    name = f"{folder}/{digest}.{extension}"
    _write(Path(settings.DOCUMENT_ROOT) / name, content)
    return name, digest


def read(name: str, digest: str, paper: str, case: int | None = None) -> bytes:
    """The bytes of a file, checked against its digest. Raises Altered, in a case also Erased."""
    try:
        content = (Path(settings.DOCUMENT_ROOT) / name).read_bytes()
    except OSError as error:
        if case is not None and (order := erased_by(digest, case)):
            said = _("The content of “%(paper)s” was erased by order %(number)s of %(authority)s.")
            words = {"paper": paper, "number": order.document, "authority": order.authority}
            raise Erased(said % words) from error
        raise Altered(_altered(paper)) from error
    if sha256(content).hexdigest() != digest:
        raise Altered(_altered(paper))
    return content


def _altered(paper: str) -> str:
    return _(
        "The stored file of “%(paper)s” is gone or was changed, so it is not handed out. Tell the "
        "administrator; the paper can be restored from a backup or uploaded again."
    ) % {"paper": paper}


def _write(path: Path, content: bytes) -> None:
    """Put the whole file in its place at once, so that no half of it is ever there."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with NamedTemporaryFile(dir=path.parent, delete=False) as part:
        part.write(content)
    Path(part.name).replace(path)


def discard(name: str) -> None:
    """Take a file away for good; one that is gone already is no error."""
    (Path(settings.DOCUMENT_ROOT) / name).unlink(missing_ok=True)
