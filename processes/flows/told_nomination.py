"""What the page of a nomination tells beside its title."""

from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from processes.cases.models import Case
from processes.flows import choices_nomination as who
from processes.organisation.elections import Election
from processes.steps.labels import OUTCOMES


def told(case: Case) -> list[tuple[Any, str]]:
    """Scope, variant or election, the list, and the answers from outside, as far as there are."""
    return [*_scope(case), *_list(case), *_answers(case)]


def _scope(case: Case) -> list[tuple[Any, str]]:
    rows, facts = [], case.facts
    if "election" in facts:
        rows.append((_("Election"), str(Election.objects.get(pk=facts["election"]))))
    if facts.get("variant") == "designation":
        rows.append((_("Legal basis of the designation"), facts["legal_basis"]))
    if scope := facts.get("scope"):
        rows += [
            (_("Number of people"), str(scope["number"])),
            (_("Structure"), scope["structure"]),
            (_("Standards and conditions"), scope["standards"]),
        ]
    return rows


def _list(case: Case) -> list[tuple[Any, str]]:
    if other := case.facts.get("stands_in"):
        return [(_("Stands in the election of case"), Case.objects.get(pk=other).code)]
    found = who.the_list(case)
    if not found:
        return []
    rows = [
        (_("Number to elect"), str(found["to_elect"])),
        (_("The congress or conference opens on"), _day(found["opens_on"])),
        (_("On the list"), ", ".join(map(str, who.listed(case)))),
    ]
    elected = ", ".join(map(str, who.elected(case)))
    return [*rows, (_("Elected"), elected)] if elected else rows


def _answers(case: Case) -> list[tuple[Any, str]]:
    """What bodies outside answered, in the order of the rows, with their documents."""
    rows: list[tuple[Any, str]] = []
    for row in case.flow_class.rows():
        if answer := case.facts.get(f"answer_{row.name}"):
            said = f"{OUTCOMES[answer['outcome']]} ({answer['document']}, {_day(answer['on'])})"
            rows.append((row.task_title, said))
    if result := case.facts.get("election_result"):
        text = _("%(votes)s of %(valid)s valid slips (%(document)s)") % result
        rows.append((_("Result of the election"), text))
    return rows


def _day(day: str) -> str:
    return date_format(date.fromisoformat(day), "SHORT_DATE_FORMAT")
