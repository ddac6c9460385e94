from collections import Counter
from datetime import date
from random import Random

import pytest
from django.apps import apps
from django.db.models import Count

from permissions.catalogue import Act
from permissions.checks import today, units_where
from permissions.models import Holding, User
from processes.demo.people import Hiring
from processes.demo.province import AlreadyBuilt, build_province
from processes.demo.tables import table
from processes.eligibility.roster import assess, candidates_for
from processes.organisation.bodies import Body, Membership
from processes.organisation.lookups import body_at, competence, consulted_organs, members_on
from processes.organisation.people import Cadre, CadreFact, PostHeld
from processes.organisation.positions import Position, TitleGroup
from processes.organisation.units import Dated, Unit
from processes.rules import load

pytestmark = pytest.mark.django_db
OF_A_UNIT = ("leadership", "leadership_extended", "key_cadres", "party_committee", "counting_team")


def test_it_has_the_size_of_a_province(demo):
    assert 290 <= Cadre.objects.count() <= 360
    assert 115 <= Position.objects.count() <= 135
    assert User.objects.count() == len(table("accounts"))


def test_everybody_has_a_name_of_their_own(demo):
    names = Counter(cadre.full_name for cadre in Cadre.objects.all())
    assert names.most_common(1)[0][1] == 1


def test_no_account_has_a_password(demo):
    assert not any(user.has_usable_password() for user in User.objects.all())


def test_no_account_is_a_superuser(demo):
    assert not User.objects.filter(is_superuser=True).exists()


def test_it_is_not_built_twice(demo):
    with pytest.raises(AlreadyBuilt):
        build_province()


def test_every_unit_with_posts_has_its_bodies(demo):
    units = Position.objects.exclude(unit=demo.unit).values_list("unit", flat=True).distinct()
    kinds = Body.objects.filter(unit__in=units, kind__in=OF_A_UNIT)
    assert kinds.count() == len(set(units)) * len(OF_A_UNIT)


def test_a_leadership_collective_has_at_least_five_votes(demo):
    bodies = Body.objects.filter(kind="leadership", memberships__votes=True)
    votes = bodies.annotate(votes=Count("memberships")).values_list("votes", flat=True)
    assert min(votes) >= 5


def test_the_personnel_section_sits_with_the_leadership_without_a_vote(demo):
    seats = Membership.objects.filter(body__unit=demo.organ("SNV"), votes=False)
    assert [seat.cadre.user.username for seat in seats] == ["clerk"]


def test_the_holder_of_the_heads_post_is_the_head(demo):
    heads = Membership.objects.filter(seat="head", body__kind="leadership")
    for seat in heads.select_related("body"):
        post = PostHeld.objects.get(cadre=seat.cadre, until=None)
        assert (post.position.is_head, post.unit_id) == (True, seat.body.unit_id)


@pytest.mark.parametrize(
    ("kind", "members"),
    [("standing_committee", 15), ("executive_committee", 48), ("standing_board", 3)],
)
def test_the_province_has_its_committees(demo, kind, members):
    body = Body.objects.get(unit=demo.unit, kind=kind)
    assert abs(len(members_on(body, today())) - members) <= 3


def test_three_organs_are_consulted(demo):
    assert len(consulted_organs(demo.unit, date(2021, 9, 22))) == 3


def test_a_case_has_a_post_for_every_step_and_end(demo):
    posts = demo.for_cases()
    assert len(posts) >= 38
    assert {post.kind for post in posts} == {"party", "state"}


def test_every_post_for_cases_can_be_decided(demo):
    for post in demo.for_cases():
        args = {"province": demo.unit, "on": today()}
        assert competence(post.group, "appoint", **args).policy_request
        for kind in OF_A_UNIT[:4]:
            body_at("c1", kind, edition="", unit=post.unit, group=post.group, **args)


def test_the_units_of_the_cases_have_everybody_that_a_case_needs(demo):
    for unit in {post.unit for post in demo.for_cases()}:
        roles = set(Holding.objects.filter(unit=unit).values_list("role", flat=True))
        tellers = members_on(Body.objects.get(unit=unit, kind="leadership"), today())
        assert roles >= {"unit_clerk", "unit_head", "unit_party"}
        assert sum(seat.votes and bool(seat.cadre.user_id) for seat in tellers) >= 3


def test_those_planned_for_a_post_are_enough_and_have_no_account(demo):
    for post in demo.for_cases():
        planned = Cadre.objects.filter(plannings__group=post.group, plannings__unit=post.unit)
        assert planned.count() >= 4
        assert not planned.filter(user__isnull=False).exists()


def verdicts(demo, on):
    """What each check says of those planned for each vacant post."""
    for post in demo.vacancies():
        rules = load().for_case(on, post.kind == Position.Kind.STATE)
        for checks in assess(candidates_for(post, rules, on), post, rules, on).values():
            yield post, checks


def test_every_check_of_eligibility_fails_for_somebody(demo):
    checked = [check for _post, checks in verdicts(demo, today()) for check in checks]
    failed = {check.code for check in checked if check.verdict == "no"}
    assert failed == {check.code for check in checked}


@pytest.mark.parametrize("on", [today(), date(2021, 9, 22)])
def test_every_vacant_post_has_at_least_two_who_can_be_appointed(demo, on):
    eligible = Counter(
        post for post, checks in verdicts(demo, on) if {c.verdict for c in checks} == {"yes"}
    )
    assert min(eligible[post] for post in demo.vacancies()) >= 2


def test_the_same_seed_and_day_give_the_same_people(demo):
    before = list(Cadre.objects.values_list("code", "name_sort", "born_on", "unit__code"))
    groups = {group.code: group for group in TitleGroup.objects.all()}
    hiring = Hiring(Random(2021), groups, today())  # noqa: S311 - names, not secrets
    units = [(Unit.objects.get(code=row["unit"]), row) for row in table("staffing")[:3]]
    staff = [hiring.staff(unit, int(row["people"]), _posts(unit)) for unit, row in units]
    again = [p.cadre for of_unit in staff for p in of_unit.everybody]
    now = sorted((c.code, c.name_sort, c.born_on, c.unit.code) for c in again)
    assert now == sorted((a, bytes(b), c, d) for a, b, c, d in before)[: len(now)]


def _posts(unit):
    held = set(PostHeld.objects.filter(until=None).values_list("position", flat=True))
    return [(post, post.pk not in held) for post in unit.positions.order_by("code")]


def test_personas_may_do_what_they_are_for(demo):
    unit = demo.organ("SNV").pk
    assert units_where(demo.account("clerk"), Act.START_CASE) == {unit}
    assert units_where(demo.account("head"), Act.HEAD_DECIDE) == {unit}
    assert units_where(demo.account("admin"), Act.ADMINISTER) == {demo.unit.pk}


def test_a_closed_account_may_do_nothing(demo):
    assert not units_where(demo.account("former"), *Act)


def test_its_rows_pass_the_checks_of_the_pages_on_which_they_are_changed(demo):
    kinds = (Dated, CadreFact, Cadre)
    for model in apps.get_models():
        if issubclass(model, kinds) and model is not Membership:
            beside = ["cadre"] if issubclass(model, CadreFact) else []
            for row in model._default_manager.select_related(*beside):
                row.clean()
    for body in Body.objects.filter(kind="leadership")[:5]:
        for seat in body.memberships.all():
            seat.clean()
