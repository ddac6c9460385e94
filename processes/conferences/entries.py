"""The entries of a conference: who did what to it, in which role, at which step.

The trail keeps hashes of counts, minutes and results, not their numbers: whoever may read the
trail of a case need not be somebody who may see a result that is not announced. Each hash has a
random salt that is kept beside what it hides; without it nobody finds a count by trying all.
"""

from collections.abc import Mapping
from typing import Any

from permissions.catalogue import TELLER, Act
from permissions.checks import role_for
from permissions.models import User
from processes.audit.models import Event
from processes.audit.trail import record
from processes.conferences.models import Conference, CountEntry
from processes.rules.edition import digest_of


def note(
    event: Event,
    conference: Conference,
    by: User,
    *,
    outcome: str = "",
    reason: str = "",
    role: str = "",
    facts: Mapping[str, Any],
) -> None:
    """Write the entry; a teller counts as a teller, whatever roles they hold besides.

    `role` is that of somebody who conducts no conferences and ends one with its case.
    """
    task = conference.task
    role = role or (role_for(by, Act(task.act), task.unit_id) if task.act else "")
    record(
        event,
        by=by,
        role=TELLER if event == Event.COUNTED else role,
        case=conference.case,
        unit=task.unit,
        task=task.pk,
        step=task.flow_task_name,
        outcome=outcome,
        reason=reason,
        facts={"conference": conference.pk, **facts},
    )


def count_digest(entry: CountEntry) -> str:
    """The hash under which the trail knows a count, so that a later change is found."""
    names = ("issued", "collected", "valid", "invalid", "blank", "agree", "disagree")
    content = {name: getattr(entry, name) for name in names}
    who = {"conference": entry.conference_id, "round": entry.count_round}
    return digest_of({**content, **who, "teller": entry.teller_id, **_salt(entry.salt)})


def hidden_digest(conference: Conference, content: Any) -> str:
    """The hash under which the trail knows a result or minutes that need not be announced."""
    if not conference.salt:
        return digest_of(content)
    return digest_of({"content": content, **_salt(conference.salt)})


def _salt(salt: str) -> dict[str, str]:
    """What a salt adds to a content; what was told before there were salts is found without."""
    return {"salt": salt} if salt else {}
