"""Rows that end before they begin have never held, and end on their first day instead.

So the next migration can let the database refuse such rows. Whether a row holds on a day is
not changed by it; a tie of somebody to themselves says nothing and goes.
"""

from django.db import migrations
from django.db.models import F

VALID = ("valid_from", "valid_to")
SPANS = {
    "unit": VALID, "unitname": VALID, "laneunit": VALID, "position": VALID,
    "titlestandard": VALID, "competence": VALID, "body": VALID, "membership": VALID,
    "composition": VALID, "term": VALID, "rotationscheme": VALID, "producttargetset": VALID,
    "postheld": ("since", "until"), "planning": ("approved_on", "until"),
    "pendingmatter": ("opened_on", "closed_on"),
}  # fmt: skip


def settle(apps, schema_editor):
    """Move ends that come too early to the first day."""
    for name, (first, last) in SPANS.items():
        rows = apps.get_model("processes", name)._base_manager
        rows.filter(**{f"{last}__lt": F(first)}).update(**{last: F(first)})
    ties = apps.get_model("processes", "kinship")._base_manager
    ties.filter(cadre=F("relative")).delete()


class Migration(migrations.Migration):

    dependencies = [
        ("processes", "0031_base_of_a_conference"),
    ]

    operations = [
        migrations.RunPython(settle, migrations.RunPython.noop),
    ]
