"""Steps whose deadline is a day in the calendar of an election instead of a length of time."""

from datetime import timedelta

from permissions.checks import today
from processes.cases.models import Case, Clock
from processes.cases.rules import note_rules, rules_of
from processes.organisation.elections import Election
from processes.steps.base import Step
from processes.steps.vote import ConferenceStep

#: Where the edition says how many days before election day a part is over, if nothing else does.
DAYS_BEFORE = "election.consultation_days."


class OnCalendar(Step):
    """A part of an election: due on the day that was set for it in this election.

    Without such a day it is due some days before election day, as the edition says.
    """

    def clock_for(self, case: Case) -> Clock:
        election = Election.objects.get(pk=case.facts["election"])
        part = self.deadline.removeprefix(DAYS_BEFORE)
        set_for_it = election.deadlines.filter(part=part).first()
        if set_for_it:
            due = set_for_it.on
        else:
            rules = rules_of(case)
            due = election.held_on - timedelta(days=rules.value(self.deadline))
            note_rules(case, rules)
        return Clock(case=case, rule=self.deadline, started_on=today(), due_on=due)


class ConferenceOnCalendar(OnCalendar, ConferenceStep):
    """A conference that is a part of an election."""
