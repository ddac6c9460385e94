"""What every procedure has in common: our tables, a waiting lock, no stock pages."""

from collections.abc import Mapping
from typing import Any

from viewflow.workflow.base import Flow

from permissions.catalogue import OWN_UNIT_LANES, Act, Lane
from permissions.models import User
from processes.cases.models import Case, CaseTask
from processes.eligibility.checks import OneCheck
from processes.organisation.positions import Competence
from processes.rules.rulebook import Family
from processes.steps.base import Row
from processes.steps.lock import CaseLock
from processes.steps.start_forms import StartForm


class CaseFlow(Flow):
    """A procedure. Its rows are written in the order of the law book's table."""

    process_class = Case
    task_class = CaseTask
    lock_impl = CaseLock()

    #: Prefix of the case numbers, and the row of the competence matrix; None where no title
    #: group decides.
    code = ""
    action: Competence.Action | None = Competence.Action.APPOINT
    #: The families of rules that it follows, the leading one first. A State post adds the decree.
    families: tuple[Family, ...] = (Family.APPOINTMENT,)
    #: Where the edition keeps the items of its dossier: `<dossier>.items`.
    dossier = "dossier"
    #: Who starts a case, and what they say for it. None: only the clock or another case does.
    started_in: Lane | None = Lane.UNIT
    start_form: type[StartForm] = StartForm
    #: What a person must be entitled to do who withdraws a case in that lane.
    withdrawn_with: Act = Act.WITHDRAW
    #: Whether units that take part see nothing of each other: no answers, no entries.
    units_apart = False
    #: Whether a case is about a position, and whether it moves its candidate: nobody is moved
    #: by two cases at once.
    about_position = True
    moves_people = True
    #: Whether an open case is a pending matter of the person it is about, which bars others.
    bars_its_person = False
    #: Whether the candidate is named when a case begins; otherwise its votes choose one.
    candidate_is_named = False
    #: Codes of the eligibility checks that the procedure does not ask for.
    waived_checks: frozenset[str] = frozenset()
    #: Checks that it asks for besides.
    further_checks: tuple[OneCheck, ...] = ()
    #: Name of the first step, and of those that shared rows lead to.
    #: The shared steps are called `held`, `withdrawn` and `rejected`.
    first = ""
    rerun_from = ""
    supplement_to = ""
    restart_from: tuple[str, ...] = ()
    #: Of these, which begin a new round, and which forget the candidate because people vote again.
    new_round_at: tuple[str, ...] = ()
    votes_again_at: tuple[str, ...] = ()
    #: What a restart passes first, by itself, on its way to a step.
    by_way_of: Mapping[str, str] = {}

    @classmethod
    def rows(cls) -> list[Row]:
        """The steps in written order (viewflow's own `nodes` is alphabetical).

        Shared ones come last, but for those of a base that says `comes_first`.
        """
        begun = [base for base in cls.__mro__[1:] if vars(base).get("comes_first")]
        first = [name for base in begun for name in vars(base)]
        shared = [name for base in cls.__mro__[1:] for name in vars(base)]
        own = [name for name in vars(cls) if name not in shared]
        nodes = cls._nodes_by_name
        return [nodes[name] for name in dict.fromkeys([*first, *own, *shared]) if name in nodes]

    @classmethod
    def opened(cls, case: Case) -> None:
        """What is kept of a case that has just been opened; ValidationError stops it."""

    @classmethod
    def told(cls, case: Case) -> list[tuple[Any, str]]:
        """What a case is about beside its title: words and texts for its page."""
        return []

    @classmethod
    def keeps_out(cls, user: User, case: Case, act: str) -> str:
        """Why the person must keep out of an act in this procedure, beside what bars anywhere."""
        return ""

    @classmethod
    def start_act(cls) -> Act:
        """What a person must be entitled to do who starts a case."""
        return Act.START_CASE if cls.started_in in OWN_UNIT_LANES else Act.INITIATE

    @classmethod
    def stages(cls) -> list[str]:
        """The codes of the steps in written order: when papers are due."""
        return [row.code for row in cls.rows()]

    def has_view_permission(self, user: Any, obj: Any = None) -> bool:
        """Never by viewflow: its lists show every case to every member."""
        return False

    def has_manage_permission(self, user: Any, obj: Any = None) -> bool:
        """Never by viewflow: undo, revive and cancel leave no entry."""
        return False
