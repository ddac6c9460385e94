"""How far an import is, in a file: the transaction that enters people shows nothing before its end.

The file lies beside the sent one, so every process of the site reads the same.
"""

import json
from contextlib import suppress
from pathlib import Path
from tempfile import NamedTemporaryFile

from django.conf import settings


def folder(within: str = "imports") -> Path:
    """Where files and their progress lie, outside of what a web server reads."""
    path = Path(settings.DOCUMENT_ROOT) / within
    path.mkdir(parents=True, exist_ok=True)
    return path


class Progress:
    """Tells how far the import, or other work, with this number is."""

    def __init__(self, number: int, within: str = "imports") -> None:
        self._path = folder(within) / f"{number}.progress"

    def __call__(self, stage: str, done: int, total: int) -> None:
        """Write it down at once and whole, so that nobody reads half of it."""
        with NamedTemporaryFile("w", dir=self._path.parent, delete=False) as part:
            json.dump([stage, done, total], part)
        Path(part.name).replace(self._path)

    def read(self) -> tuple[str, int, int]:
        """Stage, rows done and rows in all; before it begins nothing of nothing."""
        try:
            stage, done, total = json.loads(self._path.read_text("utf-8"))
        except (OSError, ValueError):
            return "", 0, 0
        return stage, done, total

    def over(self) -> None:
        """Nothing is under way any more."""
        with suppress(OSError):
            self._path.unlink(missing_ok=True)
