"""Collect the texts of the site into locale/vi, or check that none is missing there.

script/messages.py --write   collect; then translate what is empty or fuzzy
script/messages.py --check   fail when a text is missing, left over, fuzzy or has no translation
"""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parent.parent
CATALOGUE = Path("locale/vi/LC_MESSAGES/django.po")
SOURCES = ("permissions", "processes", "workflow_site", "templates")
COMMAND = ("-m", "django", "makemessages", "--locale=vi", "--no-obsolete", "--no-wrap")

HEAD = r"""# Vietnamese texts of the site.
msgid ""
msgstr ""
"Language: vi\n"
"MIME-Version: 1.0\n"
"Content-Type: text/plain; charset=UTF-8\n"
"Content-Transfer-Encoding: 8bit\n"
"Plural-Forms: nplurals=1; plural=0;\n"
"""

Texts = set[tuple[str | None, str]]


def collect(folder: Path) -> None:
    """Run Django's makemessages in this folder."""
    if not shutil.which("xgettext"):
        sys.exit("xgettext is missing: install the package gettext.")
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "", "PYTHONPATH": str(ROOT)}
    command = [sys.executable, *COMMAND, "--add-location=file", "--verbosity=0"]
    subprocess.run(command, cwd=folder, env=environment, check=True)  # noqa: S603 -- our own


def sign(path: Path) -> None:
    """Give a new catalogue its head; makemessages leaves a form there, marked as fuzzy."""
    text = path.read_text(encoding="utf-8")
    head, _, rest = text.partition("\n\n")
    if "#, fuzzy" in head:
        path.write_text(f"{HEAD}\n{rest}", encoding="utf-8")


def read(path: Path) -> Catalog:
    with path.open("rb") as file:
        return read_po(file, locale="vi")


def texts(catalogue: Catalog) -> Texts:
    """All texts, each with its context; of a plural the first form."""
    return {(each.context, first(each.id)) for each in catalogue if each.id}


def first(forms: str | tuple[str, ...] | list[str]) -> str:
    return forms if isinstance(forms, str) else forms[0]


def collected_anew() -> Texts:
    """What makemessages finds today, found in a copy so that a check changes nothing."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for source in SOURCES:
            shutil.copytree(ROOT / source, folder / source)
        (folder / CATALOGUE).parent.mkdir(parents=True)
        (folder / CATALOGUE).write_text(HEAD, encoding="utf-8")  # how many plurals there are
        collect(folder)
        return texts(read(folder / CATALOGUE))


def unfinished(catalogue: Catalog) -> list[str]:
    """Every text that a reader would see untranslated or wrongly filled in."""
    wrong = ["fuzzy: the head of the catalogue"] if catalogue.fuzzy else []
    for message in catalogue:
        if not message.id:
            continue
        filled = [message.string] if isinstance(message.string, str) else message.string
        if message.fuzzy:
            wrong.append(f"fuzzy: {first(message.id)}")
        elif not all(filled):
            wrong.append(f"no translation: {first(message.id)}")
        wrong += [f"{error}: {first(message.id)}" for error in message.check(catalogue)]
    return wrong


def complaints() -> list[str]:
    """All that is wrong with the catalogue."""
    if not (ROOT / CATALOGUE).exists():
        return [f"{CATALOGUE} is missing"]
    catalogue = read(ROOT / CATALOGUE)
    known, today = texts(catalogue), collected_anew()
    wrong = [f"not in the catalogue: {text}" for _, text in sorted(today - known, key=str)]
    wrong += [f"used no more: {text}" for _, text in sorted(known - today, key=str)]
    return wrong + unfinished(catalogue)


if __name__ == "__main__":
    if sys.argv[1:] == ["--write"]:
        (ROOT / CATALOGUE).parent.mkdir(parents=True, exist_ok=True)
        collect(ROOT)
        sign(ROOT / CATALOGUE)
    elif sys.argv[1:] == ["--check"]:
        if wrong := complaints():
            sys.exit("\n".join([*wrong, "Run script/messages.py --write and translate."]))
    else:
        sys.exit(__doc__)
