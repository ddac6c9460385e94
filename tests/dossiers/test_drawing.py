"""Documents as they come out: layout, words, and what they must not tell."""

from io import BytesIO

import pytest
from django.utils import translation
from docx import Document as WordDocument

from processes.audit.models import AuditEntry, Event
from processes.cases.models import Case
from processes.demo.stories import advance
from processes.dossiers.drawing import KINDS, draw
from processes.dossiers.store import content_of
from processes.dossiers.wording import BY_MINUTES, NOT_ANNOUNCED
from processes.organisation.people import Cadre, PostHeld
from processes.organisation.positions import Position
from processes.organisation.units import Unit
from tests.world import SINCE


def text_of(document):
    """Every line of a drawn document, those of the head and the foot included."""
    word = WordDocument(BytesIO(content_of(document)))
    cells = [c for table in word.tables for row in table.rows for c in row.cells]
    lines = [p.text for cell in cells for p in cell.paragraphs]
    return "\n".join([*lines, *(p.text for p in word.paragraphs)])


def drawn(case, world, kind="submission", **given):
    context = {"report": "Đủ điều kiện.", "reason": "Lý do."}
    return draw(case, kind, by=world["head"], context=context, **given)


@pytest.mark.parametrize("kind", sorted(set(KINDS) - {"count_minutes"}))
def test_every_kind_is_filled_in_wholly(case, world, kind):
    text = text_of(drawn(case, world, kind, number="7-QĐ/TU"))
    assert "7-QĐ/TU" in text
    assert "{" not in text


def test_a_party_document_bears_the_partys_title(case, world):
    text = text_of(drawn(case, world, "party_decision"))
    assert "ĐẢNG CỘNG SẢN VIỆT NAM" in text
    assert "TỈNH ỦY THỬ NGHIỆM" in text
    assert "T/M BAN THƯỜNG VỤ" in text
    assert "CỘNG HÒA" not in text


@pytest.mark.parametrize("kind", ["submission", "opinions_report"])
def test_a_department_writes_in_the_form_of_the_state(case, world, kind):
    Unit.objects.filter(pk=case.unit_id).update(kind="department")
    text = text_of(drawn(Case.objects.get(pk=case.pk), world, kind))
    assert "Độc lập - Tự do - Hạnh phúc" in text
    assert "ỦY BAN NHÂN DÂN TỈNH THỬ NGHIỆM" in text
    assert "ĐẢNG CỘNG SẢN" not in text


def test_a_document_is_in_vietnamese_whatever_the_page_is_in(walk, world):
    advance(walk, "conference_4")
    with translation.override("en"):
        text = text_of(drawn(walk.case, world))
    assert "triệu tập" in text
    assert "summoned" not in text


def test_whoever_decides_signs_by_name(case, world):
    assert world["head"].get_full_name() in text_of(drawn(case, world, "party_decision"))
    assert world["head"].get_full_name() not in text_of(drawn(case, world, "submission"))


def test_what_people_wrote_stays_text(case, world):
    case.facts = {"request": {"need": "<b>Thiếu</b> & {{ gấp }}"}}
    assert "<b>Thiếu</b> & {{ gấp }}" in text_of(drawn(case, world))


def test_a_document_is_in_the_trail_with_its_digest(case, world):
    document = drawn(case, world, number="1-TTr/SNV")
    entry = AuditEntry.objects.get(case=case, event=Event.GENERATED)
    assert entry.documents == [document.sha256]
    assert entry.facts == {"kind": "submission", "number": "1-TTr/SNV"}


def test_a_kind_without_a_template_leaves_nothing_behind(case, world):
    with pytest.raises(KeyError):
        drawn(case, world, "letter")
    assert not case.documents.exists()


def test_count_minutes_tell_the_count_and_who_counted(walk):
    advance(walk, "conference_4")
    meeting = walk.case.conferences.get(code="c3")
    text = text_of(walk.case.documents.get(step=f"c3/{meeting.pk}"))
    assert f"Số người được triệu tập: {meeting.result['summoned']}" in text
    assert all(str(teller.cadre) in text for teller in meeting.tellers.all())
    assert str(meeting.secretary) in text


def test_count_minutes_take_their_number_without_gaps(walk):
    advance(walk, "assemble_dossier")
    drawn = walk.case.documents.filter(item="vote_summary").order_by("pk")
    numbers = [paper.number for paper in drawn if paper.step.startswith("c")]
    assert numbers == [f"{place}-BB/SNV" for place in (1, 2, 3, 4)]
    assert all(paper.number in text_of(paper) for paper in drawn if paper.number)


def test_count_minutes_name_nobody_who_only_voted(walk):
    advance(walk, "conference_4")
    meeting = walk.case.conferences.get(code="c3")
    text = text_of(walk.case.documents.get(step=f"c3/{meeting.pk}"))
    known = {meeting.chair, meeting.secretary, *(t.cadre for t in meeting.tellers.all())}
    voters = {s.cadre for s in meeting.summonses.all()} - known
    assert voters
    assert not [voter for voter in voters if f"\n- {voter}\n" in text]


def test_the_submission_keeps_quiet_about_results_that_are_not_announced(walk, world):
    advance(walk, "assemble_dossier")
    text = text_of(drawn(walk.case, world))
    lines = [line for line in text.splitlines() if line.startswith("- ") and "(" in line]
    secret = walk.case.conferences.filter(announced=False).count()
    assert sum(NOT_ANNOUNCED in line for line in lines) == secret
    assert secret == 2


def test_the_submission_says_of_a_conference_without_slips_that_its_minutes_tell(walk, world):
    advance(walk, "assemble_dossier")
    first = walk.case.conferences.get(code="c1")
    lines = text_of(drawn(walk.case, world)).splitlines()
    assert next(line for line in lines if str(first.body) in line).endswith(BY_MINUTES)


def test_count_minutes_tell_who_is_against_where_the_slip_has_it(walk):
    advance(walk, "committee_opinion")
    said = {}
    for meeting in walk.case.conferences.filter(code__in=("c3", "c4")):
        said[meeting.code] = text_of(walk.case.documents.get(step=f"{meeting.code}/{meeting.pk}"))
    assert "100,0 %; không đồng ý: 0" in said["c4"]
    assert "không đồng ý" not in said["c3"]


def test_the_submission_lists_only_papers_of_its_round(walk, world):
    advance(walk, "assemble_dossier")
    comment = "- Ý kiến bằng văn bản của cấp ủy cùng cấp"
    assert comment in text_of(drawn(walk.case, world)).splitlines()
    walk.case.round += 1
    assert comment not in text_of(drawn(walk.case, world)).splitlines()


def test_the_submission_is_no_paper_of_its_own(case, world):
    first = text_of(drawn(case, world, cadre=case.candidate)).splitlines()
    second = text_of(drawn(case, world, cadre=case.candidate)).splitlines()
    assert "- Tờ trình" not in first + second


def seated(world, unit, *, head):
    """The head's account as somebody who holds a post of this organ."""
    position = Position.objects.create(
        code="ký", unit=unit, title="Phó", group=world.group, kind="party", is_head=head,
        valid_from=SINCE,
    )  # fmt: skip
    PostHeld.objects.create(
        cadre=Cadre.objects.get(user=world["head"]), position=position, title="Phó",
        group=world.group, unit=unit, since=SINCE,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("head", "above"),
    [(False, ["K/T TRƯỞNG BAN", "PHÓ TRƯỞNG BAN"]), (True, ["- Lưu hồ sơ.", "TRƯỞNG BAN"])],
)
def test_a_deputy_signs_in_the_place_of_the_head(case, world, head, above):
    seated(world, world.units["BTCTU"], head=head)
    lines = text_of(drawn(case, world, "appraisal_report")).split("\n")
    signed = lines.index(above[1])
    assert lines[signed - 1] == above[0]


def test_a_deputy_secretary_signs_for_the_collective_with_their_own_post(case, world):
    seated(world, world.units["P26"], head=False)
    text = text_of(drawn(case, world, "party_decision"))
    assert "T/M BAN THƯỜNG VỤ\nPHÓ BÍ THƯ" in text
    assert "K/T" not in text


def test_the_standing_board_signs_for_the_committee_and_not_as_a_head_of_unit(case, world):
    text = text_of(drawn(case, world, "opinions_report", organ=world.units["P26"]))
    assert "T/M BAN THƯỜNG VỤ\nBÍ THƯ" in text
    assert "THỦ TRƯỞNG" not in text


def test_a_head_of_unit_signs_as_such(case, world):
    assert "THỦ TRƯỞNG ĐƠN VỊ" in text_of(drawn(case, world, "opinions_report"))


def test_the_state_writes_the_deputy_in_its_own_way(case, world):
    Unit.objects.filter(code="UBND").update(kind="state_organ")
    seated(world, world.units["UBND"], head=False)
    assert "KT. CHỦ TỊCH\nPHÓ CHỦ TỊCH" in text_of(drawn(case, world, "state_decision"))
