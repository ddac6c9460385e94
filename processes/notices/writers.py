"""Telling people: a notice is written with the change that it tells of, and shown after commit."""

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from django.db import connection
from django.db.models import Q
from django.utils import timezone
from viewflow.workflow.status import STATUS

from permissions.catalogue import GRANTS, Act
from permissions.checks import today
from permissions.compiled import Compiled, execute
from permissions.models import Holding, User
from processes.cases.announce import announce_person
from processes.cases.models import Case, CaseTask
from processes.notices.kinds import DEFAULTS, Kind
from processes.notices.models import Notice, NoticeChoice


def notify(
    kind: Kind,
    people: Iterable[User],
    *,
    key: str,
    by: User | None,
    case: Case | None = None,
    task: CaseTask | None = None,
    facts: Mapping[str, Any] | None = None,
) -> None:
    """Tell people, each by the channels that they have chosen for the kind.

    Runs inside the transaction of the change. `key` names what happened, so that nobody is told
    of it twice. Nobody is told of what they did themselves. `facts` holds JSON values and nothing
    confidential: mails are written from it.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("A notice is written in the transaction of its change.")
    told = {one.pk for one in people if one.is_active} - {by.pk if by else None}
    if not told:
        return
    chosen = {one.person_id: one for one in _choices(kind=kind.value, people=told)}
    now = timezone.now()
    Notice.objects.bulk_create(
        [
            Notice(
                person_id=pk, kind=kind, case=case, task=task, by=by, key=key, at=now,
                facts=dict(facts or {}), page=want.page, desktop=want.desktop, mailing=want.mail,
            )
            for pk in sorted(told)
            for want in [chosen.get(pk) or DEFAULTS[kind]]
        ],
        ignore_conflicts=True,
    )  # fmt: skip
    _show(told)


_choices = Compiled(
    lambda kind, people: NoticeChoice.objects.filter(kind=kind, person__in=people),
    kind=str,
    people=list,
)


def tell_of(case: Case, *, by: User | None, decided: bool = False) -> None:
    """Tell what has become of the case since this instance was read: new tasks, its decision."""
    untold, case.told = case.made[case.told :], len(case.made)
    for task in untold:
        if task.owner:
            notify(Kind.TASK, [task.owner], key=f"task:{task.pk}", by=by, case=case, task=task)
        elif task.act:
            tell_unit(task, by=by, key=f"task:{task.pk}")
    if decided or case.finished:
        _tell_of_decision(case, by=by)


def _tell_of_decision(case: Case, *, by: User | None) -> None:
    """Tell whoever worked on the case, once: when its decision goes out, or when it ends."""
    done = CaseTask.objects.filter(process=case, status=STATUS.DONE, owner__isnull=False)
    people = User.objects.filter(Q(pk__in=done.values("owner")) | Q(pk=case.opened_by_id))
    notify(Kind.DECISION, people, key=f"decision:{case.pk}", by=by, case=case)


def tell_unit(task: CaseTask, *, by: User | None, key: str) -> None:
    """Tell everybody who may take the task, in one statement: every decision waits for it."""
    doer = by.pk if by else None
    now = connection.ops.adapt_datetimefield_value(timezone.now())
    day = connection.ops.adapt_datefield_value(today())
    told = [task.process_id, task.pk, doer, key, now]
    with connection.cursor() as cursor:
        execute(cursor, _to_unit(task.act), [*told, doer or 0, task.unit_id, day, day])
        people = {pk for (pk,) in cursor.fetchall()}
    _show(people)


@cache
def _to_unit(act: str) -> str:
    """Written out like the head of a chain: Django would build it anew for each step."""
    table = {model: model._meta.db_table for model in (Notice, NoticeChoice, User, Holding)}
    roles = ", ".join(f"'{role.value}'" for role, acts in GRANTS.items() if Act(act) in acts)
    usual = DEFAULTS[Kind.UNIT_TASK]
    # Nothing in it comes from outside: names of tables, roles and defaults of the code.
    return f"""
        INSERT INTO {table[Notice]} (person_id, kind, facts, case_id, task_id, by_id, key, at,
            page, desktop, mailing)
        SELECT person.id, '{Kind.UNIT_TASK.value}', '{{}}', %s, %s, %s, %s, %s,
            COALESCE(choice.page, {usual.page}), COALESCE(choice.desktop, {usual.desktop}),
            COALESCE(choice.mail, '{usual.mail.value}')
        FROM {table[User]} person LEFT JOIN {table[NoticeChoice]} choice
            ON choice.person_id = person.id AND choice.kind = '{Kind.UNIT_TASK.value}'
        WHERE person.is_active AND person.id <> %s AND person.id IN (
            SELECT user_id FROM {table[Holding]} WHERE unit_id = %s AND role IN ({roles})
            AND valid_from <= %s AND (valid_until IS NULL OR valid_until >= %s))
        ON CONFLICT (person_id, key) DO NOTHING RETURNING person_id
    """  # noqa: S608


def _show(people: Iterable[int]) -> None:
    """After commit, let the open pages of these people ask for their notices."""
    if told := sorted(people):
        announce_person(*told)
