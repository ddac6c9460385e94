"""The table of words is kept by the database: whatever is written is found as it is now."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from permissions.models import User
from processes.cases.models import Case, Participant
from processes.dossiers.models import Document
from processes.organisation.people import Cadre
from processes.organisation.positions import Position, TitleGroup
from processes.organisation.units import Unit, UnitName
from processes.search import checks, upkeep
from processes.search.matching import having
from processes.search.models import Kind, SearchEntry
from processes.search.words import beginnings
from tests.world import SINCE, World

pytestmark = pytest.mark.stands("appraise")


def refs(kind: Kind, text: str) -> set[int]:
    found = SearchEntry.objects.filter(kind=kind, ref__in=having(kind, beginnings(text)))
    return set(found.values_list("ref", flat=True))


def test_after_a_walk_every_row_reads_as_it_should(standing: Case) -> None:
    assert SearchEntry.objects.filter(kind=Kind.DOCUMENT).exists()
    assert dict(upkeep.differences(connection)) == dict.fromkeys(Kind.values, 0)


def test_a_renamed_cadre_is_found_by_the_new_name_and_so_are_the_cases(standing: Case) -> None:
    cadre = standing.candidate
    cadre.family_name, cadre.given_name = "Đặng", "Huỳnh"
    cadre.save()
    assert refs(Kind.CADRE, "dang huynh") == {cadre.pk}
    assert refs(Kind.CASE, "Đặng Huỳnh") == {standing.pk}
    assert refs(Kind.CASE, f"{standing.code} nguyen") == set()


def test_a_renamed_unit_is_found_with_its_people_posts_and_cases(
    standing: Case, world: World
) -> None:
    unit = world.units["SNV"]
    UnitName.objects.create(unit=unit, name=unit.name, valid_from=SINCE)
    Unit.objects.filter(pk=unit.pk).update(name="Sở Khoa học")
    assert refs(Kind.UNIT, "khoa hoc") == refs(Kind.UNIT, "Cơ quan SNV") == {unit.pk}
    assert refs(Kind.POSITION, "pho khoa hoc") == {p.pk for p in world.positions.values()}
    assert refs(Kind.CADRE, "khoa hoc") == set(
        Cadre.objects.filter(unit=unit).values_list("pk", flat=True)
    )
    assert refs(Kind.CASE, "khoa hoc") == {standing.pk}


def test_a_new_document_is_found_and_a_signed_number_when_it_is_given(standing: Case) -> None:
    paper = Document.objects.filter(case=standing).earliest("pk")
    paper.pk, paper.version, paper.title = None, 90, "Quyết định bổ nhiệm"
    paper.save()
    assert refs(Kind.DOCUMENT, "quyet dinh bo nhiem") == {paper.pk}
    Document.objects.filter(pk=paper.pk).update(number="4127-QĐ/TU")
    assert refs(Kind.DOCUMENT, "4127-qd/tu") == refs(Kind.DOCUMENT, "4127") == {paper.pk}


def test_rows_written_all_at_once_are_found(standing: Case) -> None:
    User.objects.bulk_create([User(username="moi", last_name="Đỗ", first_name="Ước")])
    assert refs(Kind.ACCOUNT, "do uoc") == set(
        User.objects.filter(username="moi").values_list("pk", flat=True)
    )


def test_a_renamed_title_group_is_found_with_its_positions(standing: Case, world: World) -> None:
    TitleGroup.objects.update(name="Cấp phó")
    assert len(refs(Kind.POSITION, "cap pho")) == Position.objects.count()


def test_what_is_deleted_is_not_found(standing: Case, world: World) -> None:
    post = Position.objects.create(
        code="X", unit=world.units["STC"], title="Thủ kho", group=world.group, kind="state",
        valid_from=SINCE,
    )  # fmt: skip
    before = refs(Kind.POSITION, "thu kho")
    post.delete()
    assert (len(before), refs(Kind.POSITION, "thu kho")) == (1, set())


def test_a_new_participant_and_another_secrecy_are_marked(standing: Case, world: World) -> None:
    Participant.objects.create(case=standing, unit=world.units["STC"])
    Case.objects.filter(pk=standing.pk).update(secrecy=Case.Secrecy.SECRET)
    for entry in SearchEntry.objects.filter(kind=Kind.CASE, ref=standing.pk):
        assert f"!{world.units['STC'].pk}" in entry.marks
        assert "@" not in entry.marks
    assert dict(upkeep.differences(connection))["document"] == 0


def test_a_row_that_is_wrong_is_named_and_rebuilt(standing: Case) -> None:
    SearchEntry.objects.filter(kind=Kind.CASE).update(head="falsch")
    out = StringIO()
    with pytest.raises(CommandError, match="--rebuild"):
        call_command("search", stdout=out)
    assert "case: số dòng sai khác: 1" in out.getvalue()
    call_command("search", "--rebuild", stdout=out)
    assert "đúng như phải có" in out.getvalue()
    assert refs(Kind.CASE, standing.code) == {standing.pk}


def test_a_missing_trigger_is_named_by_the_check_and_put_back(standing: Case) -> None:
    upkeep.remove(connection)
    (error,) = checks.search_is_kept(None, databases=["default"])
    assert (error.id, "search_case_case_insert" in error.msg) == ("processes.W002", True)
    upkeep.after_migrations()
    assert checks.search_is_kept(None, databases=["default"]) == []


def test_a_migration_that_rebuilds_a_table_loses_nothing(standing: Case) -> None:
    """On SQLite the triggers stand aside; afterwards all are there and every row is right."""
    with transaction.atomic():
        upkeep.before_migrations(plan=[("a migration", False)])
        Cadre.objects.filter(pk=standing.candidate_id).update(given_name="Vắng")
        upkeep.after_migrations()
    assert upkeep.missing(connection) == []
    assert refs(Kind.CADRE, "vang") == {standing.candidate_id}
