"""A step or a procedure gets another name in the code: the database follows by a migration.

The database holds names: `processes/flows.appointment_in_place.AppointmentInPlaceFlow.appraise`
is a step, the same without its last part a procedure. Write a migration whose operations are
`RenameStep` or `RenameFlow`. The trail is append-only and keeps the names of its day.
"""

from collections.abc import Callable
from typing import Any

from django.db.migrations import RunPython
from django.db.models import F, Value
from django.db.models.functions import Concat, Substr

Rename = Callable[[Any, str, str], None]

#: Keys under which a task of a hold remembers a step of the same procedure.
_REMEMBERED = ("origin", "restart_from")


def rename_step(apps: Any, old: str, new: str) -> None:
    """Let tasks, opinions and holds that lead back to the step go by its new name.

    Entries of the trail keep theirs.
    """
    tasks = apps.get_model("processes", "CaseTask").objects
    holds = apps.get_model("processes", "Hold").objects
    opinions = apps.get_model("processes", "Opinion").objects
    tasks.filter(flow_task=old).update(flow_task=new)
    (flow, was), (_flow, now) = old.rsplit(".", 1), new.rsplit(".", 1)
    holds.filter(case__flow_class=flow, origin=was).update(origin=now)
    opinions.filter(case__flow_class=flow, step=was).update(step=now)
    _rename_in_scopes(apps, "steps", old, new)
    for key in _REMEMBERED:
        held = tasks.filter(process__flow_class=flow, **{f"data__{key}": was})
        for pk, data in held.values_list("pk", "data"):
            tasks.filter(pk=pk).update(data={**data, key: now})


def rename_flow(apps: Any, old: str, new: str) -> None:
    """Let cases and their tasks go by the new name of the procedure; entries keep theirs."""
    cases = apps.get_model("processes", "Case").objects
    tasks = apps.get_model("processes", "CaseTask").objects
    step = Substr(F("flow_task"), len(old) + 1)
    tasks.filter(flow_task__startswith=f"{old}.").update(flow_task=Concat(Value(new), step))
    cases.filter(flow_class=old).update(flow_class=new)
    _rename_in_scopes(apps, "procedures", old, new)
    _rename_in_scopes(apps, "steps", f"{old}.", f"{new}.")


def _rename_in_scopes(apps: Any, kind: str, old: str, new: str) -> None:
    """Let deputies go on with what they were appointed for."""
    for row in apps.get_model("permissions", "StandIn").objects.exclude(**{kind: []}):
        names = [_renamed(name, old, new) for name in getattr(row, kind)]
        type(row).objects.filter(pk=row.pk).update(**{kind: names})


def _renamed(name: str, old: str, new: str) -> str:
    whole = name == old or (old.endswith(".") and name.startswith(old))
    return f"{new}{name.removeprefix(old)}" if whole else name


class _Rename(RunPython):
    """An operation that renames, and backwards gives the old name again."""

    rename: Rename

    def __init__(self, old: str, new: str) -> None:
        self.old, self.new = old, new
        rename = type(self).rename
        super().__init__(
            lambda apps, _editor: rename(apps, old, new),
            lambda apps, _editor: rename(apps, new, old),
        )

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        """Say how the operation is written in a migration."""
        return type(self).__name__, [self.old, self.new], {}

    def describe(self) -> str:
        """Say what the operation does."""
        return f"Rename {self.old} to {self.new}"


class RenameStep(_Rename):
    """Rename a step; within its procedure, for a hold remembers no other."""

    rename = staticmethod(rename_step)


class RenameFlow(_Rename):
    """Rename a procedure, or move it to another module."""

    rename = staticmethod(rename_flow)
