"""A case on its way through the pages."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

from django.db import connection
from playwright.sync_api import expect

from permissions.checks import today
from processes.cases.models import Case
from processes.conferences.models import Conference
from processes.conferences.queries import attendance
from processes.demo.province import Province
from processes.demo.stories import advance
from processes.demo.walk import Walk as DemoWalk
from processes.flows import AppointmentInPlaceFlow
from tests.browser.people import People, Person

DAY = today().isoformat()
#: Conductor, chair, secretary and tellers of a conference.
Team = tuple[str, str, str, tuple[str, ...]]
Made = TypeVar("Made")


class Walk:
    """One case, and the people who lead it on."""

    def __init__(self, people: People) -> None:
        self.people = people
        self.code = begin(people["clerk"])

    @property
    def case(self) -> Case:
        """The case as it stands in the database."""
        return Case.objects.get(code=self.code)

    def do(self, username: str, **fields: Any) -> None:
        """Somebody takes the case's task out of the inbox and carries it out."""
        person = self.people[username]
        person.take(self.code)
        person.send(**fields)
        person.leave()

    def conference(self, team: Team, outcome: str = "") -> None:
        """Call, attendance, slips, two counts, close; without slips where an outcome is named."""
        conductor, chair, secretary, tellers = team
        person = self.people[conductor]
        person.take(self.code)
        person.look("conference-call")
        posts: dict[str, Any] = {"chair": self._cadre(chair), "secretary": self._cadre(secretary)}
        if not outcome:
            posts["tellers"] = [self._cadre(teller) for teller in tellers]
        person.send(place="Phòng họp số 1", held_on=DAY, **posts)
        person.look("conference-attendance")
        person.page.locator("[data-ticks=present]").click()
        person.send(part="attendance")
        if not outcome:
            self._count(person, tellers)
        person.look("conference-close")
        person.send(
            minutes="Hội nghị thảo luận, thống nhất.", **({"outcome": outcome} if outcome else {})
        )
        person.leave()

    def upload_all(self, username: str, *, only: str = "") -> None:
        """Upload whatever the checklist asks this person for: papers that a browser printed.

        With `only` a single item, while nobody is chosen yet.
        """
        person = self.people[username]
        page = person.page
        case_page = f"/cases/{self.case.pk}/"
        person.visit(case_page)
        lacking = page.locator(
            "[aria-labelledby=dossier] tbody tr", has=page.locator(".ti-alert-circle")
        )
        uploads = lacking.locator(f"a[href*='/papers/{only}']")
        addresses = uploads.evaluate_all("all => all.map(one => one.getAttribute('href'))")
        assert addresses
        for address in addresses:
            person.visit(address)
            person.look("upload")
            paper = {"name": "a.pdf", "mimeType": "application/pdf", "buffer": self.people.paper}
            page.set_input_files("[name=file]", paper)
            person.send(issued_on=DAY)
        expect(uploads).to_have_count(0)
        person.leave()

    def _count(self, conductor: Person, tellers: tuple[str, ...]) -> None:
        """Hand out the slips; each teller counts in a browser of their own."""
        conductor.look("conference-open")
        conductor.send(part="open")
        conductor.look("conference-waits")
        address = conductor.page.url
        for teller in tellers:
            self._enter(self.people[teller])
        conductor.visit(address)

    def _enter(self, teller: Person) -> None:
        """What was on the slips: all of them name the first."""
        teller.open(self.code)
        teller.look("conference-count")
        came = attendance(Conference.objects.filter(case=self.case).latest("pk"))
        slips = came.present - came.barred_present
        agree, against = teller.fields("agree_"), teller.fields("disagree_")
        votes = {name: slips if name == agree[0] else 0 for name in agree}
        votes |= {name: 0 if name == against[0] else slips for name in against}
        teller.send(issued=slips, collected=slips, valid=slips, invalid=0, blank=0, **votes)
        teller.leave()

    def _cadre(self, username: str) -> int:
        return self.people.site.account(username).cadre.pk


def begin(clerk: Person) -> str:
    """Choose the first vacant post and open a case about it; gives its number."""
    page = clerk.page
    clerk.visit("/start/")
    clerk.look("procedures")
    clerk.visit("/start/appointment_in_place/")
    clerk.look("positions")
    vacant = page.locator("tbody tr", has=page.locator("td strong"))
    vacant.locator("a[href^='/start/']").first.click()
    page.wait_for_url("**/start/*/*/")
    clerk.look("begin")
    clerk.send(reason="Kiện toàn lãnh đạo.")
    clerk.look("case-begun")
    return page.locator(".breadcrumb [aria-current=page]").inner_text()


def at(step: str, number: int = 0) -> Case:
    """A case that the right people have led to a step; about one vacant post each."""

    def lead() -> Case:
        post = Province().for_cases()[number]
        return advance(DemoWalk.begin(AppointmentInPlaceFlow, post), step).case

    return apart(lead)


def apart(work: Callable[[], Made]) -> Made:
    """Do the work in a thread of its own.

    In this one the browser's loop runs, and the site's own, which tells open inboxes, cannot run
    inside it.
    """

    def done() -> Made:
        try:
            return work()
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        return pool.submit(done).result()
