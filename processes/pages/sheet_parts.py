"""What the pages about a case show of one offer, one conference, one deadline."""

from dataclasses import dataclass
from typing import Any

from processes.cases.models import Clock
from processes.conferences.models import Conference
from processes.conferences.queries import OPEN_STATES
from processes.pages.due import Light


@dataclass(frozen=True)
class Offer:
    """Something that can be done now, and why this person may not; empty when they may."""

    what: Any
    why_not: str
    #: Who can instead, where there is somebody to name; whether there is nobody at all.
    who: str = ""
    stuck: bool = False


@dataclass(frozen=True)
class Sitting:
    """A conference with as much of its result as the person may see."""

    meeting: Conference
    title: Any
    visible: bool
    lines: list[Any]
    reasons: list[str]
    counts: list[Any]

    @property
    def over(self) -> bool:
        """Whether it has a result, shown or not."""
        return self.meeting.state not in OPEN_STATES


@dataclass(frozen=True)
class Deadline:
    """A deadline with its traffic light and what it is about."""

    clock: Clock
    title: Any
    light: Light | None
