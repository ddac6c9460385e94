"""Where the content of papers lies: outside the web root, under the digest of its bytes."""

from hashlib import sha256
from pathlib import Path

from django.conf import settings
from django.db.models import Max
from django.db.models.functions import Coalesce

from permissions.models import User
from processes.cases.models import Case
from processes.dossiers.models import Document
from processes.organisation.people import Cadre


class Altered(Exception):
    """The stored file is gone or is not what was stored."""


def keep(
    case: Case,
    content: bytes,
    *,
    by: User,
    item: str,
    title: str,
    mime: str,
    extension: str,
    issued_on: object,
    cadre: Cadre | None = None,
    step: str = "",
    number: str = "",
    generated: bool = False,
) -> Document:
    """Write the bytes and a new version of the paper; nothing is ever overwritten."""
    digest = sha256(content).hexdigest()
    name = f"{case.pk}/{digest}.{extension}"
    path = Path(settings.DOCUMENT_ROOT) / name
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists():
        path.write_bytes(content)
    former = Document.objects.filter(case=case, item=item, step=step, cadre=cadre)
    version = former.aggregate(last=Coalesce(Max("version"), 0))["last"] + 1
    return Document.objects.create(
        case=case, item=item, step=step, cadre=cadre, title=title, version=version,
        generated=generated, file=name, mime=mime, size=len(content), sha256=digest,
        issued_on=issued_on, number=number, uploaded_by=by,
    )  # fmt: skip


def content_of(document: Document) -> bytes:
    """The bytes of a paper, checked against its digest. Raises Altered."""
    path = Path(settings.DOCUMENT_ROOT) / document.file
    try:
        content = path.read_bytes()
    except OSError as error:
        raise Altered(document.file) from error
    if sha256(content).hexdigest() != document.sha256:
        raise Altered(document.file)
    return content
