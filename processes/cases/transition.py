"""What happens to an open case when its edition ends: the edition itself says so.

`transition.on_end` is `finish_under_old` (the case keeps its editions) or `move_to_new` (from the
day on which the edition ends, the one that follows in its family binds the case).
"""

from datetime import date

from django.db import transaction

from processes.audit.models import Event
from processes.audit.trail import record
from processes.cases.models import Case
from processes.rules import NoEdition, Rulebook, load

MOVE = "move_to_new"
RULE = "transition.on_end"


@transaction.atomic
def follow_editions(case: Case, *, on: date, book: Rulebook | None = None) -> bool:
    """Put an open case under the editions that follow its own; say whether anything changed.

    The caller holds the case's lock.
    """
    rulebook = book or load()
    keys = [_followed(case, key, on, rulebook) for key in case.editions]
    if keys == case.editions:
        return False
    facts = {"old": case.editions, "new": keys, "rule": RULE}
    case.editions, case.edition = keys, keys[0]
    case.save(update_fields=["editions", "edition"])
    record(Event.ADOPTED, by=None, case=case, unit=case.unit, edition=keys[0], facts=facts)
    return True


def any_follow(book: Rulebook | None = None) -> bool:
    """Whether any edition sends its open cases on."""
    rulebook = book or load()
    return any(_says(rulebook, edition.key) for edition in rulebook.editions)


def _says(book: Rulebook, key: str) -> bool:
    parameter = book.edition(key).parameters.get(RULE)
    return parameter is not None and parameter.value == MOVE


def _followed(case: Case, key: str, on: date, book: Rulebook) -> str:
    """The edition that binds the case instead of this one; a decree asks the leading edition."""
    edition = book.edition(key)
    if edition.effective_until is None or on < edition.effective_until:
        return key
    asked = edition.key if RULE in edition.parameters else case.editions[0]
    if not _says(book, asked):
        return key
    try:
        return book.in_force(edition.family, on).key
    except NoEdition:
        return key
