"""What somebody may not see of a case's evidence; it is left out by its digest."""

from collections.abc import Iterable

from permissions.models import User
from processes.audit.chain import REMOVABLE
from processes.audit.models import AuditEntry, Event
from processes.cases.models import Case
from processes.conferences.models import Conference
from processes.conferences.queries import result_visible_to
from processes.dossiers.access import may_open
from processes.dossiers.models import Document
from processes.dossiers.steps import meeting_of

#: The entries that tell how a ballot ended.
TELLING = frozenset({Event.VOTE_CLOSED, Event.COUNTED, Event.RULED})


class Withheld:
    """The rights of whoever asks for a bundle, narrowed where it is to be handed on."""

    def __init__(self, case: Case, user: User, *, with_hidden: bool) -> None:
        self._case, self._user, self._with_hidden = case, user, with_hidden
        self._closed = {row.pk for row in Conference.objects.filter(case=case) if self._hides(row)}

    def columns(self, entry: AuditEntry) -> Iterable[str]:
        """The columns of an entry that are left out."""
        hidden = entry.event in TELLING and entry.facts.get("conference") in self._closed
        return REMOVABLE if hidden else ()

    def paper(self, document: Document) -> bool:
        """Whether the content of a paper is left out: the minutes of a hidden count."""
        if not may_open(self._user, self._case, document):
            return True
        if self._with_hidden or document.item != "vote_summary":
            return False
        meeting = meeting_of(self._case, document.step)
        return meeting is None or meeting.pk in self._closed

    def _hides(self, conference: Conference) -> bool:
        if not result_visible_to(conference, self._user):
            return True
        return not self._with_hidden and not conference.announced
