"""The plan of a restructuring: a file that says which unit succeeds which, and what ends."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fnmatch import fnmatchcase
from hashlib import sha256
from pathlib import Path
from typing import Any

import yaml
from django.utils.translation import gettext as _

from permissions.catalogue import Lane
from processes.organisation.positions import Confidence

KEYS = {"day", "source", "confidence", "files", "province", "units", "positions", "lanes"}
END = "end"


class WrongPlan(Exception):
    """The plan cannot be used; the message says what to correct."""


@dataclass(frozen=True)
class Plan:
    """What the file states.

    `units` names a successor by its code where the code changes; every other unit of the old
    province is succeeded by the unit of its own code, if there is one. `positions` says which
    posts end with their unit (patterns of codes); all others go on at the successor.
    """

    day: date
    source: str
    confidence: str
    old: str
    new: str
    files: tuple[Path, ...]
    units: Mapping[str, str]
    ending: tuple[str, ...]
    lanes: Mapping[str, str]
    sha256: str

    def ends(self, code: str) -> bool:
        """Whether a position ends with its unit."""
        return any(fnmatchcase(code, pattern) for pattern in self.ending)


def read(path: Path) -> Plan:
    """Read the plan; files of units that it names lie beside it. Raises WrongPlan."""
    try:
        content = path.read_bytes()
        said = yaml.safe_load(content)
    except (OSError, yaml.YAMLError, UnicodeDecodeError) as error:
        raise WrongPlan(_("%(file)s cannot be read.") % {"file": path.name}) from error
    if not isinstance(said, dict) or {"day", "source", "province"} - said.keys():
        raise WrongPlan(_("The plan needs the keys day, source and province."))
    if unknown := said.keys() - KEYS:
        raise WrongPlan(_("The plan has unknown keys: %(keys)s.") % {"keys": ", ".join(unknown)})
    provinces = _words(said, "province")
    lanes = _words(said, "lanes")
    positions = _words(said, "positions")
    if not isinstance(said["day"], date) or len(provinces) != 1:
        raise WrongPlan(_("State the day as 2025-07-01, and one old province with its successor."))
    if wrong := [lane for lane in lanes if lane not in Lane.values]:
        raise WrongPlan(_("There is no lane “%(lane)s”.") % {"lane": wrong[0]})
    if wrong := [code for code, what in positions.items() if what != END]:
        raise WrongPlan(_("A position may only “end”: %(code)s.") % {"code": wrong[0]})
    [(old, new)] = provinces.items()
    return Plan(
        day=said["day"],
        source=str(said["source"]),
        confidence=Confidence(said.get("confidence", Confidence.UNKNOWN)).value,
        old=old,
        new=new,
        files=tuple(path.parent / str(name) for name in said.get("files", ())),
        units=_words(said, "units"),
        ending=tuple(positions),
        lanes=lanes,
        sha256=sha256(content).hexdigest(),
    )


def _words(said: Mapping[str, Any], key: str) -> dict[str, str]:
    rows = said.get(key) or {}
    if not isinstance(rows, dict):
        raise WrongPlan(_("“%(key)s” is a table of names.") % {"key": key})
    return {str(name): str(value) for name, value in rows.items()}
