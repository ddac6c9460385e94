"""The words of the site: whole in both languages, and explained where pages say them."""

from types import SimpleNamespace

import pytest
from django.template import Context, Template
from django.urls import reverse
from django.utils.translation import override

from processes.help.glossary import spelt, terms
from tests.pages.conftest import words

pytestmark = pytest.mark.stands("appraise")
#: Terms of the law book's glossary that the site must know (procedures.md section 15).
WANTED = {
    "cadre", "civil_servant", "appointment", "reappointment", "term_extension", "nomination",
    "re_election", "designation", "transfer", "rotation", "secondment", "planning", "dismissal",
    "removal", "reprimand", "suspension", "cessation", "policy_approval", "submission", "decision",
    "minutes", "count_minutes", "ballot_slip", "secret_ballot", "appraisal", "verification",
    "political_conclusion", "leadership_collective", "extended_leadership", "key_cadres",
    "summoned", "counting_team", "party_committee", "standing_committee", "executive_committee",
    "standing_board", "secretary", "organization_committee", "inspection_committee",
    "internal_affairs", "title_standard", "dossier", "self_review", "residence_comment",
    "mission_order", "product_target", "product_evaluation", "placement", "non_local", "surplus",
    "consultation", "ratification", "confidence_vote", "isolation_finding", "conflict_avoidance",
    "competence_matrix",
}  # fmt: skip


def drawn(text: str, language: str = "en") -> str:
    template = Template("{% load glossary %}{% with_tips text %}")
    with override(language):
        return template.render(Context({"text": text, "request": SimpleNamespace()}))


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_word_is_whole_in_both_languages(language):
    known = terms(language)
    assert set(known) >= WANTED
    assert [
        one.name for one in known.values() if not (one.word and one.meaning and one.other)
    ] == []
    pattern, spellings = spelt(language)
    assert all(pattern.fullmatch(word) for word in spellings)
    assert len(spellings) == sum(len(one.spellings) for one in known.values())


def test_words_stand_in_the_order_of_the_alphabet():
    order = [one.word for one in terms("vi").values()]
    assert order.index("Ban Tổ chức") < order.index("bổ nhiệm") < order.index("cách chức")
    assert order.index("danh sách đủ điều kiện") < order.index("đặt hàng – giao nhiệm vụ")


def test_a_word_in_a_text_is_explained_once():
    html = drawn("A dossier, and the Dossier of a cadre.")
    assert html.count('popovertarget="term-dossier"') == 1
    assert html.count('popovertarget="term-cadre"') == 1
    assert "All papers on a candidate" in html


def test_a_part_of_another_word_is_left_alone_and_everything_escaped():
    assert drawn("caserne <b>") == "caserne &lt;b&gt;"


def test_the_longer_word_is_explained():
    assert "term-count_minutes" in drawn("the count minutes")


def test_the_page_names_the_regulations(walk, browser):
    page = words(browser("clerk").get(reverse("glossary")))
    assert 'id="rotation"' in page
    assert "Regulation 65-QD/TW" in page


def test_the_page_of_a_case_explains_its_words(walk, browser):
    page = words(browser("clerk").get(reverse("case", args=[walk.case.pk])))
    assert page.count('popovertarget="term-dossier"') == 1
