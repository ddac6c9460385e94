"""In whose name a person has the tasks of a list, or would take them."""

from collections.abc import Iterable

from permissions.checks import stand_ins_of
from permissions.models import User
from processes.cases.models import CaseTask
from processes.steps.standing_in import principal_of


def principals_of(tasks: Iterable[CaseTask], user: User) -> dict[int, User]:
    """Number of the task to whoever is stood in for; costs nothing where nobody is."""
    rows = list(tasks)
    people = User.objects.in_bulk({task.behalf_id for task in rows if task.behalf_id})
    found = {task.pk: people[task.behalf_id] for task in rows if task.behalf_id}
    if not stand_ins_of(user):
        return found
    free = [task for task in rows if task.behalf_id is None and task.owner_id != user.pk]
    named = ((task.pk, principal_of(user, task)) for task in free)
    return found | {number: person for number, person in named if person is not None}
