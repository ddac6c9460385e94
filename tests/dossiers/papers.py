"""Small real files of the kinds that are taken, and some that are not."""

from base64 import b64decode
from io import BytesIO
from typing import Any
from zipfile import ZipFile

from django.core.files.uploadedfile import SimpleUploadedFile
from docx import Document as WordDocument

from permissions.checks import today
from permissions.models import User
from processes.cases.models import Case
from processes.demo.walk import PDF
from processes.dossiers.models import Document
from processes.dossiers.uploads import upload

#: The beginning of a program for Windows.
EXE = b"MZ\x90\x00\x03\x00\x00\x00\x04\x00\x00\x00\xff\xff" + bytes(200)

#: A black point each.
PNG = b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg=="
)
GIF = b64decode("R0lGODdhAQABAIEAAAAAAAAAAAAAAAAAACwAAAAAAQABAAAIBAABBAQAOw==")
JPEG = b64decode(
    "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAP////////////////////////////////////////////////////////////"
    "//////////////////////////wAALCAABAAEBAREA/8QAFAABAAAAAAAAAAAAAAAAAAAAA//EABQQAQAAAAAAAAAAAAAA"
    "AAAAAAD/2gAIAQEAAD8AN//Z"
)


def docx() -> bytes:
    document, output = WordDocument(), BytesIO()
    document.add_paragraph("Sơ yếu lý lịch")
    document.save(output)
    return output.getvalue()


def archive(*names: str) -> bytes:
    output = BytesIO()
    with ZipFile(output, "w") as written:
        for name in names:
            written.writestr(name, "x")
    return output.getvalue()


def as_file(content: bytes, name: str = "paper.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, "application/pdf")


def add(case: Case, by: User, item: str = "cv", content: bytes = PDF, **given: Any) -> Document:
    """Upload a paper that was issued today."""
    given = {"issued_on": today()} | given
    return upload(case, by=by, item=item, file=as_file(content), **given)
