"""What every procedure has in common: our tables, a waiting lock, no stock pages."""

from typing import Any

from viewflow.workflow.base import Flow
from viewflow.workflow.lock import SelectForUpdateLock

from processes.cases.models import Case, CaseTask
from processes.organisation.positions import Competence
from processes.steps.base import Row


class CaseFlow(Flow):
    """A procedure. Its rows are written in the order of the law book's table."""

    process_class = Case
    task_class = CaseTask
    # Whoever comes second waits for the first instead of sleeping and trying again.
    lock_impl = SelectForUpdateLock(nowait=False, attempts=1)

    #: Prefix of the case numbers, and the row of the competence matrix.
    code = ""
    action = Competence.Action.APPOINT
    #: Name of the first step. The shared steps are called `held`, `withdrawn` and `rejected`.
    first = ""

    @classmethod
    def rows(cls) -> list[Row]:
        """The steps in written order (viewflow's own `nodes` is alphabetical)."""
        return [cls._nodes_by_name[name] for name in vars(cls) if name in cls._nodes_by_name]

    def has_view_permission(self, user: Any, obj: Any = None) -> bool:
        """Never by viewflow: its lists show every case to every member."""
        return False

    def has_manage_permission(self, user: Any, obj: Any = None) -> bool:
        """Never by viewflow: undo, revive and cancel leave no entry."""
        return False
