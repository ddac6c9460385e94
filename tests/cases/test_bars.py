"""Whose case it is: the candidate's, before that everybody's on the roster, and their kin's."""

import pytest
from django.contrib.auth.models import AnonymousUser

from permissions.models import User
from processes.cases.bars import closed_cases, family_of, personal_bar
from processes.cases.models import Case
from processes.demo.walk import Walk
from processes.organisation.people import Cadre, Kinship
from tests.world import World, make_cadre, make_user


def tie(cadre: Cadre, relative: Cadre) -> None:
    Kinship.objects.create(cadre=cadre, relative=relative, relation="anh em ruột")


def account(cadre: Cadre) -> User:
    """An account of a cadre who has none."""
    cadre.user = make_user(f"cadre{cadre.pk}")
    cadre.save()
    return cadre.user


def relative_of(cadre: Cadre) -> User:
    other = make_cadre(cadre.unit, make_user(f"kin{cadre.pk}"))
    tie(cadre, other)
    return other.user


def again(user: User) -> User:
    """The account as the next request reads it: nothing remembered."""
    return User.objects.get(pk=user.pk)


def barred(user: User, case: Case) -> bool:
    """Asked both ways: about one case, and for lists."""
    one, listed = bool(personal_bar(again(user), case)), case.pk in closed_cases(again(user))
    assert one == listed
    return one


def test_before_the_roster_a_case_is_about_nobody(walk: Walk, world: World) -> None:
    assert not any(barred(account(cadre), walk.case) for cadre in world.candidates)


@pytest.mark.stands("conference_2")
def test_before_a_candidate_it_is_about_everybody_on_the_roster(walk: Walk, world: World) -> None:
    assert all(barred(account(cadre), walk.case) for cadre in world.candidates)
    assert all(barred(relative_of(cadre), walk.case) for cadre in world.candidates)


@pytest.mark.stands("assemble_dossier")
def test_then_it_is_about_the_candidate_alone(walk: Walk, world: World) -> None:
    others = [cadre for cadre in world.candidates if cadre != walk.case.candidate]
    assert len(others) == len(world.candidates) - 1
    assert barred(account(walk.case.candidate), walk.case)
    assert not any(barred(account(cadre), walk.case) for cadre in others)


@pytest.mark.stands("conference_2")
def test_who_was_on_the_roster_of_an_earlier_round_is_not_concerned(
    walk: Walk, world: World
) -> None:
    Case.objects.filter(pk=walk.case.pk).update(round=2)
    assert not barred(account(world.candidates[0]), Case.objects.get(pk=walk.case.pk))


@pytest.mark.stands("assemble_dossier")
@pytest.mark.parametrize("turned", [False, True])
def test_a_tie_counts_both_ways(walk: Walk, world: World, turned: bool) -> None:
    one, other = walk.case.candidate, world["head"].cadre
    tie(*((other, one) if turned else (one, other)))
    assert barred(world["head"], walk.case)


@pytest.mark.stands("assemble_dossier")
def test_kin_of_kin_are_not_kin(walk: Walk, world: World) -> None:
    between = relative_of(walk.case.candidate).cadre
    assert not barred(relative_of(between), walk.case)


@pytest.mark.stands("assemble_dossier")
def test_without_a_cadre_nobody_is_concerned(walk: Walk, world: World) -> None:
    assert not barred(world["clerk"], walk.case)
    assert family_of(AnonymousUser()).all == frozenset()


@pytest.mark.stands("assemble_dossier")
def test_all_cases_are_asked_about_in_three_queries(
    walk: Walk, world: World, django_assert_max_num_queries
) -> None:
    kin = again(relative_of(walk.case.candidate))
    with django_assert_max_num_queries(3):
        assert closed_cases(kin) == closed_cases(kin) == {walk.case.pk}
