"""Draw up a document from its DOCX template, and keep it in the dossier."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import translation
from docxtpl import DocxTemplate
from jinja2 import Environment

from permissions.catalogue import Lane
from permissions.checks import today
from permissions.models import User
from processes.audit.behalf import in_whose_name
from processes.audit.models import Event
from processes.audit.trail import record
from processes.cases.lanes import unit_in_lane
from processes.cases.models import Case
from processes.conferences.models import Conference
from processes.dossiers.letterhead import Letterhead, letterhead
from processes.dossiers.models import Document
from processes.dossiers.numbering import take_number
from processes.dossiers.signature import Signature, signature
from processes.dossiers.steps import round_of, step_of
from processes.dossiers.store import keep
from processes.dossiers.uploads import DOCX
from processes.dossiers.wording import about_case, about_count
from processes.organisation.lookups import PROVINCE_BODIES
from processes.organisation.people import Cadre
from processes.organisation.units import Unit

TEMPLATES = Path(settings.BASE_DIR) / "templates" / "documents"
#: Compiles the text of a template when it is first drawn up, and keeps what came of it.
JINJA = Environment(autoescape=True)
JINJA.compile = cache(JINJA.compile)  # type: ignore[assignment, method-assign]


class Template(DocxTemplate):
    """A template that is made ready for Jinja once for all documents that come of it."""

    def patch_xml(self, src_xml: str) -> str:
        return _ready(src_xml)


@cache
def _ready(source: str) -> str:
    """What Jinja reads of a part of a template; it follows from the part alone."""
    ready: str = DocxTemplate(None).patch_xml(source)
    return ready


@dataclass(frozen=True)
class Kind:
    """A kind of document: its title, who issues it, and how it is signed (36-HD/VPTW)."""

    title: str
    lane: Lane
    post: str
    authority: str = ""
    by_actor: bool = False


HEAD_OF_UNIT = "THỦ TRƯỞNG ĐƠN VỊ"
COMMITTEE = "T/M BAN THƯỜNG VỤ"

KINDS = {
    "submission": Kind("Tờ trình", Lane.UNIT, HEAD_OF_UNIT),
    "count_minutes": Kind("Biên bản kiểm phiếu", Lane.UNIT, "TỔ KIỂM PHIẾU"),
    "opinions_report": Kind("Báo cáo ý kiến khác nhau", Lane.UNIT, HEAD_OF_UNIT, by_actor=True),
    "appraisal_report": Kind("Báo cáo thẩm định", Lane.OC, "TRƯỞNG BAN", by_actor=True),
    "party_decision": Kind("Quyết định", Lane.SC, "BÍ THƯ", COMMITTEE, by_actor=True),
    "party_conclusion": Kind("Kết luận của Ban Thường vụ", Lane.SC, "BÍ THƯ", COMMITTEE),
    "inspection_report": Kind("Báo cáo kết luận", Lane.IC, "CHỦ NHIỆM", by_actor=True),
    "inspection_conclusion": Kind("Kết luận kiểm tra", Lane.IC, "NGƯỜI KÝ KẾT LUẬN", by_actor=True),
    "discipline_decision": Kind("Quyết định thi hành kỷ luật", Lane.SC, "BÍ THƯ", COMMITTEE),
    "opinions_synthesis": Kind("Báo cáo tổng hợp ý kiến", Lane.OC, "TRƯỞNG BAN", by_actor=True),
    "delegation_resolution": Kind("Quyết định ủy quyền", Lane.SC, "BÍ THƯ", COMMITTEE),
    "delegated_document": Kind("Văn bản ký theo ủy quyền", Lane.SC, "BÍ THƯ", by_actor=True),
    "talk_extract": Kind("Trích nội dung trao đổi", Lane.UNIT, "NGƯỜI TRÍCH", by_actor=True),
    "self_report": Kind("Báo cáo tự nhận xét, đánh giá", Lane.UNIT, "NGƯỜI BÁO CÁO"),
    "state_decision": Kind("Quyết định hành chính", Lane.PCOM, "CHỦ TỊCH", by_actor=True),
    "rotation_decision": Kind(
        "Quyết định luân chuyển", Lane.SC, "BÍ THƯ", COMMITTEE, by_actor=True
    ),
    "mission_order": Kind("Đặt hàng, giao nhiệm vụ", Lane.SC, "BÍ THƯ", COMMITTEE, by_actor=True),
    "rotation_state_decision": Kind(
        "Quyết định hành chính về luân chuyển", Lane.PCOM, "CHỦ TỊCH", by_actor=True
    ),
}

#: With this word the title of a deputy head begins.
DEPUTY_HEAD = "phó"

#: The item of the checklist that a kind answers, where it is called otherwise.
ITEMS = {"count_minutes": "vote_summary"}


@transaction.atomic
def draw(
    case: Case,
    kind: str,
    *,
    by: User,
    context: Mapping[str, Any],
    number: str = "",
    step: str = "",
    subject: str = "",
    organ: Unit | None = None,
    cadre: Cadre | None = None,
) -> Document:
    """Fill in the template of a kind with the case's facts and `context`, and keep the result.

    A document is in Vietnamese, whoever's language the page is in. Raises KeyError for a
    kind that has no template.
    """
    if organ is None:
        organ = _organ_of(case, kind, step)
    content = _rendered(case, kind, organ, {"number": number or "…"} | dict(context), by=by)
    document = keep(
        case, content, by=by, item=ITEMS.get(kind, kind), title=f"{KINDS[kind].title}{subject}",
        mime=DOCX, extension="docx", issued_on=today(), step=step or round_of(case),
        number=number, generated=True, cadre=cadre,
    )  # fmt: skip
    record(
        Event.GENERATED,
        by=by,
        case=case,
        unit=organ,
        step=step,
        documents=[document.sha256],
        facts={"kind": kind, "number": number},
    )
    return document


def draw_count_minutes(meeting: Conference, *, by: User) -> Document:
    """The count minutes of a closed conference: who counted, what, and with what result."""
    subject = f": {meeting.body}, {meeting.held_on:%d/%m/%Y}"
    with translation.override("vi"):
        context = about_count(meeting)
    step = step_of(meeting)
    organ = _seat_of(meeting) or _organ_of(meeting.case, "count_minutes", step)
    return draw(
        meeting.case,
        "count_minutes",
        by=by,
        context=context,
        step=step,
        subject=subject,
        organ=organ,
        number=take_number(organ, "BB", on=today()),
    )


def _organ_of(case: Case, kind: str, step: str) -> Unit:
    """The unit that issues a kind of document; what a province's body decides, the committee."""
    lane = Lane.SC if step.startswith(("sc_", "ec_")) else KINDS[kind].lane
    return unit_in_lane(case, lane, on=today())


def _seat_of(meeting: Conference) -> Unit | None:
    """The unit whose body sat, which need not be the case's own; None for a province's body."""
    return None if meeting.body.kind in PROVINCE_BODIES else meeting.body.unit


def template_of(kind: str, head: Letterhead) -> Path:
    """The template of a kind in the form of the Party or of the State."""
    state = TEMPLATES / f"{kind}.state.docx"
    return state if head.state and state.exists() else TEMPLATES / f"{kind}.docx"


def signed_by(kind: Kind, organ: Unit, *, province: Unit) -> Kind:
    """A unit's paper that the province's own committee issues is signed for the committee.

    About the head of a unit its Standing Board decides, where a head would about others.
    """
    if kind.post == HEAD_OF_UNIT and organ.pk == province.pk:
        return replace(kind, post="BÍ THƯ", authority=COMMITTEE)
    return kind


def signature_block(kind: Kind, *, by: User) -> dict[str, str]:
    """What stands at the signature: authority, post and name.

    A deputy of the office holder signs K/T (section 14 of procedures.md [recalled: unverified]);
    anybody else who stands in writes in whose place, in full.
    """
    signed = {
        "authority": kind.authority,
        "post": kind.post,
        "signer": by.get_full_name() if kind.by_actor else "",
    }
    if not kind.by_actor or in_whose_name() is None:
        return signed
    called = "K/T" if by.title.lower().startswith(DEPUTY_HEAD) else "THAY MẶT"
    signed["authority"] = ", ".join(filter(None, (kind.authority, f"{called} {kind.post}")))
    return signed | {"post": by.title.upper()}


def _rendered(case: Case, kind: str, organ: Unit, context: Mapping[str, Any], *, by: User) -> bytes:
    drawn = signed_by(KINDS[kind], organ, province=case.province)
    head = letterhead(organ, province=case.province, on=today())
    signed = signature_block(drawn, by=by)
    if drawn.by_actor and in_whose_name() is None:
        own = Signature(drawn.authority, drawn.post)
        signed |= asdict(signature(own, by, organ, on=today(), state=head.state))
    template = Template(template_of(kind, head))
    with translation.override("vi"):
        facts = asdict(head) | signed | about_case(case, ITEMS.get(kind, kind)) | dict(context)
        template.render(facts, JINJA)
    output = BytesIO()
    template.save(output)
    return output.getvalue()
