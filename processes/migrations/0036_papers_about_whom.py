"""Say of papers and opinions that are kept already about whom they are."""

from django.db import migrations
from django.db.models import CharField, Exists, F, OuterRef, Subquery, Value
from django.db.models.functions import Cast, Concat, TruncDate

#: Papers about a person, as the editions have it from now on.
PERSONAL = (
    "application", "appraisal_report", "asset_declaration", "collective_comment",
    "complaint_verdict", "consult_opinions", "cv", "diplomas", "health_certificate",
    "mission_order", "planning_decision", "political_conclusion", "residence_comment",
    "self_report", "self_review", "submission", "transfer_consent", "workplace_comment",
)  # fmt: skip


def say_whom(apps, schema_editor):
    """What has counted for a candidate in this round is theirs, but for what a restart has left.

    Before a restart it may have been about somebody else: then it stays about nobody, and
    the dossier asks for it again.
    """
    model = apps.get_model
    candidate = model("processes", "Case").objects.filter(pk=OuterRef("case"))
    whom = Subquery(candidate.values("candidate")[:1])
    restarts = model("processes", "Hold").objects.filter(case=OuterRef("case"), outcome="restart")
    opinions = model("processes", "Opinion").objects.filter(round=F("case__round"))
    opinions = opinions.exclude(Exists(restarts.filter(ended_on__gt=OuterRef("given_on"))))
    opinions.filter(case__candidate__isnull=False).update(cadre=whom)
    present = Concat(Value("round"), Cast(F("case__round"), CharField()))
    papers = model("processes", "Document").objects.filter(cadre__isnull=True, item__in=PERSONAL)
    papers = papers.alias(day=TruncDate("uploaded_at")).filter(step=present)
    papers = papers.exclude(Exists(restarts.filter(ended_on__gt=OuterRef("day"))))
    papers.filter(case__candidate__isnull=False).update(cadre=whom)


class Migration(migrations.Migration):

    dependencies = [
        ('processes', '0035_opinions_about_whom'),
    ]

    operations = [
        migrations.RunPython(say_whom, migrations.RunPython.noop, elidable=True),
    ]
