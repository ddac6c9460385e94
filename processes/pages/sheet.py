"""One case as one person sees it; each part is read when a page asks for it, and once."""

from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from permissions.catalogue import Act
from permissions.checks import today, units_where
from permissions.models import User
from processes.audit.models import AuditEntry
from processes.cases.erasure import ERASED_FLAG, ErasureItem
from processes.cases.models import Case, CaseTask, ExceptionRecord, Hold, Opinion
from processes.cases.people import reach_of, units_known_to
from processes.cases.rules import rules_of
from processes.conferences.models import Conference
from processes.conferences.queries import (
    counts_visible_to,
    explanation,
    result_lines,
    result_visible_to,
)
from processes.dossiers.access import may_open
from processes.dossiers.checklist import Line as Paper
from processes.dossiers.checklist import checklist, expiring
from processes.dossiers.models import Document
from processes.dossiers.uploads import may_upload
from processes.eligibility.counting import counted_in
from processes.eligibility.sentences import check_title
from processes.flows import procedure_name
from processes.pages.candidates import Candidate, from_roster
from processes.pages.due import horizon, light
from processes.pages.holders import Held, holders_of
from processes.pages.labels import CONFERENCES, DEADLINES, ENDS, FLAGS
from processes.pages.rule_words import RuleTold, told_rule
from processes.pages.sheet_parts import Deadline, Offer, Sitting
from processes.pages.stages import Stage, stages
from processes.rules import load
from processes.rules.edition import Edition
from processes.steps.befall import CASE_ACTIONS, CaseAction
from processes.steps.vote import ConferenceStep
from processes.steps.who_can import Wanted, who_can

#: So many people are named who can do what the reader may not.
NAMED = 5


class Sheet:
    """What the pages about a case show."""

    def __init__(self, case: Case, user: User) -> None:
        self.case, self.user, self.on = case, user, today()

    @cached_property
    def unit_name(self) -> str:
        """The name that the unit bore when the case began."""
        return self.case.unit.name_on(self.case.opened_on)

    @cached_property
    def flags(self) -> list[Any]:
        """What travels with the case, in words."""
        return [FLAGS.get(name, name) for name in self.case.flags]

    @property
    def end(self) -> Any:
        """How the case ended, in words."""
        return ENDS.get(self.case.outcome, self.case.outcome)

    @cached_property
    def editions(self) -> list[Edition]:
        """The editions of the case, the leading one first."""
        return [load().edition(key) for key in self.case.editions]

    @cached_property
    def unconfirmed(self) -> list[RuleTold]:
        """Parameters that the case has used and that no domain expert has confirmed."""
        rules = rules_of(self.case)
        rules.used.update(self.case.used_rules)
        return [told_rule(parameter) for parameter in rules.unconfirmed_used()]

    @cached_property
    def tasks(self) -> list[CaseTask]:
        """Every task of the case, in the order of making."""
        tasks = CaseTask.objects.filter(process=self.case).order_by("pk")
        found = list(tasks.select_related("owner", "behalf", "entrusted_by", "unit"))
        for task in found:
            task.process = self.case
        return found

    @cached_property
    def held(self) -> list[Held]:
        """Who held which task, from when until when."""
        return holders_of(self.tasks)

    @cached_property
    def stages(self) -> list[Stage]:
        """Where the case stands."""
        return stages(self.case, self.tasks)

    @cached_property
    def open_tasks(self) -> list[Offer]:
        """The open tasks, with why the person may not carry them out, and who can."""
        tasks = [task for task in self.tasks if not task.finished and task.act]
        return [self._offer(task, task.flow_task.why_not(self.user, task)) for task in tasks]

    def _offer(self, task: CaseTask, why_not: str) -> Offer:
        wanted = self._free(task) if why_not else None
        who = self._named(wanted)
        return Offer(task, why_not, who, stuck=wanted is not None and not who)

    @cached_property
    def actions(self) -> list[Offer]:
        """What may be done to the whole case, with why the person may not, and who can."""
        offers: list[CaseAction] = [] if self.case.finished else CASE_ACTIONS
        fitting = [action for action in offers if action.offered(self.case)]
        said = [(action, action.why_not(self.user, self.case)) for action in fitting]
        return [
            Offer(one, why, self._named(one.for_whom(self.case) if why else None))
            for one, why in said
        ]

    def _free(self, task: CaseTask) -> Wanted | None:
        """What it takes to carry out a task that waits for somebody; None where none could."""
        stands = self.on_hold and not task.flow_task.goes_on_in_hold
        if task.owner_id or task.unit_id is None or stands:
            return None
        return task.act, task.unit_id

    def _named(self, wanted: Wanted | None) -> str:
        """The people who can, the first few of them."""
        if wanted is None:
            return ""
        people = self._can.get(wanted)
        if people is None:
            people = self._can[wanted] = who_can(self.case, [wanted])[wanted]
        named = ", ".join(map(str, people[:NAMED]))
        return f"{named}, …" if len(people) > NAMED else named

    @cached_property
    def _can(self) -> dict[Wanted, list[User]]:
        return {}

    @cached_property
    def papers(self) -> list[Paper]:
        """The checklist of the dossier today."""
        return checklist(self.case, on=self.on, stage=None)

    @cached_property
    def lacking(self) -> list[Paper]:
        """Papers with a problem."""
        return [paper for paper in self.papers if paper.problem]

    @cached_property
    def expiring(self) -> list[Paper]:
        """Papers that are fresh today and will not be on the day of the meeting."""
        until = self.case.meeting_on
        return expiring(self.case, on=self.on, until=until) if until else []

    @cached_property
    def may_upload(self) -> bool:
        """Whether the person adds papers to the dossier."""
        return not self.case.finished and may_upload(self.user, self.case)

    @cached_property
    def other_papers(self) -> list[Document]:
        """Decisions and reports that no item of the checklist asks for."""
        asked = {paper.code for paper in self.papers}
        return [d for d in self.case.documents.order_by("pk") if d.item not in asked]

    @cached_property
    def erased_papers(self) -> set[int]:
        """Numbers of documents of which an order has left nothing but the digest."""
        if ERASED_FLAG not in self.case.flags:
            return set()
        items = ErasureItem.objects.filter(kind=ErasureItem.Kind.PAPER, order__case=self.case)
        return set(items.exclude(order__carried_out_at=None).values_list("number", flat=True))

    @cached_property
    def closed_papers(self) -> set[int]:
        """Numbers of documents that this person may not open."""
        kept = (document for paper in self.papers for document in paper.versions)
        return {d.pk for d in kept if not may_open(self.user, self.case, d)}

    @cached_property
    def sittings(self) -> list[Sitting]:
        """The conferences, with what the person may see of their results."""
        meetings = self.case.conferences.select_related("body", "chair", "secretary", "void_by")
        return [self.sitting(meeting) for meeting in meetings.order_by("pk")]

    @property
    def past_sittings(self) -> list[Sitting]:
        """The conferences that are over; one under way has a page of its own."""
        return [sitting for sitting in self.sittings if sitting.over]

    def sitting(self, meeting: Conference) -> Sitting:
        """One conference, with what the person may see of it."""
        meeting.case = self.case
        visible = result_visible_to(meeting, self.user)
        known = visible and meeting.state == Conference.State.CLOSED
        return Sitting(
            meeting,
            CONFERENCES.get(meeting.code, meeting.code),
            visible,
            result_lines(meeting) if known else [],
            explanation(meeting) if known else [],
            counts_visible_to(meeting, self.user),
        )

    @cached_property
    def roster(self) -> list[Candidate]:
        """The checks of the present round, by name, those of the decision day last."""
        lines = self.case.roster.filter(round=self.case.round, listed=True)
        ordered = lines.select_related("cadre").order_by("-stage", "cadre__name_sort", "pk")
        return [from_roster(line) for line in ordered]

    @cached_property
    def deadlines(self) -> list[Deadline]:
        """Every deadline that the case had; running ones with their light."""
        soon = horizon(self.on)
        clocks = self.case.clocks.select_related("task__unit").order_by("pk")
        return [
            Deadline(
                clock,
                DEADLINES.get(clock.rule, clock.rule),
                None
                if clock.stopped_on or clock.paused_on
                else light(clock.due_on, on=self.on, soon=soon),
            )
            for clock in clocks
        ]

    @cached_property
    def exceptions(self) -> list[tuple[ExceptionRecord, str, str]]:
        """What the competent level has passed: record, name of the check, in which it counts."""
        return [(one, check_title(one.rule), counts) for one, counts in counted_in(self.case)]

    @cached_property
    def holds(self) -> list[Hold]:
        """Suspensions of the case."""
        return list(self.case.holds.select_related("held_by").order_by("pk"))

    @property
    def on_hold(self) -> bool:
        """Whether the case stands still now."""
        return any(hold.ended_on is None for hold in self.holds)

    @cached_property
    def opinions(self) -> QuerySet[Opinion]:
        """What organs and members hold about the case."""
        found = self.case.opinions.select_related("unit", "by", "cadre").order_by("pk")
        return found if self.sees_all else found.filter(unit__in=self._own_units)

    @property
    def entries(self) -> QuerySet[AuditEntry]:
        """The trail of the case, the latest first."""
        found = self.case.entries.select_related("by", "unit").order_by("-seq")
        return found if self.sees_all else found.filter(unit__in=self._own_units)

    @property
    def sees_all(self) -> bool:
        """Whether nothing of the case is kept from whoever may read it at all."""
        return self.inspects or not self.case.flow_class.units_apart

    @cached_property
    def _own_units(self) -> set[int]:
        return units_where(self.user, Act.READ) - {self.case.province_id}

    @cached_property
    def inspects(self) -> bool:
        """Whether the person inspects the trail of the case's province."""
        return self.case.province_id in units_where(self.user, Act.INSPECT)

    @property
    def who(self) -> str:
        """The person of the case, or that there is none yet; empty where it never has one."""
        return who(self.case)

    @property
    def who_word(self) -> str:
        """What the person of the case is called."""
        return _("Candidate") if self.case.flow_class.moves_people else _("Person concerned")

    @property
    def who_url(self) -> str:
        """Where the record of the person is, for whoever may read it."""
        cadre = self.case.candidate
        if cadre is None or not reach_of(self.user).covers(cadre.unit):
            return ""
        return reverse("person", args=[cadre.pk])

    @property
    def procedure_url(self) -> str:
        """The page of the procedure, under the rules of the day on which the case began."""
        name = procedure_name(self.case.flow_class)
        return f"{reverse('procedure', args=[name])}?on={self.case.opened_on:%Y-%m-%d}"

    @property
    def inspection_url(self) -> str:
        """Where an inspector inspects: the page of the inspection, or the start of one."""
        if not self.inspects:
            return ""
        if self.case.flow_class.start_act() == Act.EXAMINE:
            return reverse("inspection", args=[self.case.pk])
        start = reverse("begin_without", args=["inspection"])
        return f"{start}?{urlencode({'q': self.case.code})}"

    @property
    def unit_url(self) -> str:
        """Where the unit's staffing is, for whoever may see it."""
        known = units_known_to(self.user).covers(self.case.unit)
        return reverse("unit", args=[self.case.unit_id]) if known else ""

    @property
    def has_dossier(self) -> bool:
        """Whether the procedure asks for papers, or the case has some."""
        return bool(self.papers or self.other_papers)

    @property
    def has_conferences(self) -> bool:
        """Whether somebody meets in the procedure."""
        return any(isinstance(row, ConferenceStep) for row in self.case.flow_class.rows())

    @property
    def has_roster(self) -> bool:
        """Whether the procedure checks people, or the case has."""
        return self.case.flow_class.moves_people or bool(self.roster)

    @cached_property
    def told(self) -> list[tuple[Any, str]]:
        """What the case is about beside its title."""
        return [(word, text) for word, text in self.case.flow_class.told(self.case) if text]

    @cached_property
    def parent(self) -> Case | None:
        """The case out of which this one grew, where the reader may know of it."""
        if self.case.parent_id is None:
            return None
        return Case.objects.visible_to(self.user).filter(pk=self.case.parent_id).first()

    @cached_property
    def children(self) -> list[Case]:
        """Cases that grew out of this one and that the reader may know of."""
        return list(Case.objects.visible_to(self.user).filter(parent=self.case).order_by("pk"))


def who(case: Case) -> str:
    """The person of a case, or that there is none yet; empty where it never has one."""
    if case.candidate:
        return str(case.candidate)
    return _("not chosen yet") if case.flow_class.moves_people else ""


def cases_for(user: User) -> QuerySet[Case]:
    """Cases that the person may know of, with what every page about them names."""
    cases = Case.objects.visible_to(user)
    return cases.select_related(
        "position__unit",
        "position__group",
        "unit",
        "province",
        "candidate__unit",
        "opened_by",
    )


def open_steps() -> Q:
    """Tasks that say where a case stands: open, and no teller's seat."""
    return Q(finished__isnull=True, seat="")
