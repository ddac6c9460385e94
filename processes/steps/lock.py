"""The lock of a case: whoever comes second waits for the first."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import OperationalError, transaction
from viewflow.workflow.base import Flow

#: PostgreSQL: lock_not_available, deadlock_detected.
LOCK_STATES = {"55P03", "40P01"}


class CaseLock:
    """Holds the row of a case in a transaction, against everybody who would change it.

    Unlike viewflow's it lets others refer to the case meanwhile (FOR NO KEY UPDATE). Who writes
    of a reading or a refusal holds the end of the case's chain and refers to the case: if
    that had to wait for this lock, whose holder waits for the end of the chain, neither
    could go on. The second waits without sleeping and as long as `lock_timeout` lets it;
    `waited_too_long` knows the error that follows.
    """

    @contextmanager
    def __call__(self, flow_class: type[Flow], process_pk: int) -> Iterator[None]:
        with transaction.atomic():
            cases = flow_class.process_class._default_manager.filter(pk=process_pk)
            cases.select_for_update(no_key=True).exists()
            yield


def waited_too_long(error: Exception) -> bool:
    """Whether the database gave up waiting for somebody else's lock."""
    if not isinstance(error, OperationalError):
        return False
    cause = error.__cause__
    state = getattr(cause, "sqlstate", None) or getattr(cause, "pgcode", None)
    return state in LOCK_STATES or "database is locked" in str(error)
