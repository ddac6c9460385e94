"""What the other procedures and the rotation programme keep."""

import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from processes.audit import triggers


class Migration(migrations.Migration):
    dependencies = [
        ("processes", "0003_cases_beside_appointments"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterModelOptions(
            name="unit",
            options={
                "ordering": ["code"],
                "permissions": [
                    ("start_case", "Start a case"),
                    ("initiate_case", "Start a case about a post of any unit"),
                    ("prepare_case", "Prepare papers and compile the dossier"),
                    ("conduct_conference", "Conduct a conference"),
                    ("decide_as_head", "Decide as head of the unit"),
                    ("comment_as_committee", "Give the Party committee's comment"),
                    ("check_papers", "Check requests and dossiers"),
                    ("appraise_case", "Appraise a case"),
                    ("give_opinion", "Give the opinion of a consulted organ"),
                    ("schedule_case", "Schedule a case on the agenda"),
                    ("conduct_standing_committee", "Conduct the Standing Committee's vote"),
                    ("record_resolution", "Record what the Standing Committee resolves"),
                    ("record_answer", "Record the answer of a body outside"),
                    ("sign_decision", "Sign a Party decision"),
                    ("issue_state_decision", "Issue a State decision"),
                    ("promulgate_decision", "Promulgate and announce a decision"),
                    ("hold_case", "Hold, resume or end a held case"),
                    ("withdraw_case", "Withdraw a case"),
                    ("grant_exception", "Grant an exception"),
                    ("rule_on_tie", "Rule on a tie"),
                    ("answer_in_writing", "Answer in writing for the unit"),
                    ("conclude_violation", "Conclude on a violation"),
                    ("sign_delegated", "Sign under a delegation"),
                    ("plan_rotation", "Plan rotation and product-based evaluation"),
                    ("accept_product", "Accept a product with a score"),
                    ("read_case", "Read the unit's cases"),
                    ("read_secret_case", "Read confidential cases"),
                    ("read_hidden_result", "Read results that are not announced"),
                    ("read_people", "Read the records of the unit's people"),
                    ("inspect_trail", "Inspect the trail"),
                    ("plan_training", "Plan training and enter courses taken"),
                    ("import_people", "Import cadres, posts and planning"),
                    ("administer_data", "Maintain structure, people, rules and rights"),
                ],
                "verbose_name": "unit",
                "verbose_name_plural": "units",
            },
        ),
        migrations.AddField(
            model_name="conference",
            name="seats",
            field=models.PositiveSmallIntegerField(default=1, verbose_name="to elect"),
        ),
        migrations.AddField(
            model_name="opinion",
            name="answer",
            field=models.TextField(blank=True, verbose_name="answer to the opinion"),
        ),
        migrations.AddField(
            model_name="titlestandard",
            name="province",
            field=models.ForeignKey(
                blank=True,
                help_text="Empty for the general standard.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="processes.unit",
                verbose_name="addition of a province",
            ),
        ),
        migrations.AlterField(
            model_name="auditentry",
            name="event",
            field=models.CharField(
                choices=[
                    ("opened", "case opened"),
                    ("taken", "task taken"),
                    ("given_back", "task given back"),
                    ("concluded", "step concluded"),
                    ("passed", "automatic step passed"),
                    ("ended", "case ended"),
                    ("held", "case held"),
                    ("resumed", "case resumed"),
                    ("restarted", "case restarted from a step"),
                    ("withdrawn", "case withdrawn"),
                    ("excepted", "exception granted"),
                    ("opined", "opinion given"),
                    ("rostered", "eligibility checked"),
                    ("called", "conference called"),
                    ("attended", "attendance taken"),
                    ("count_opened", "count opened"),
                    ("counted", "count entered"),
                    ("recount", "recount ordered"),
                    ("vote_closed", "vote closed"),
                    ("voided", "conference voided"),
                    ("ruled", "tie ruled on"),
                    ("uploaded", "document uploaded"),
                    ("generated", "document drawn up"),
                    ("numbered", "document numbered"),
                    ("downloaded", "document downloaded"),
                    ("read", "dossier read"),
                    ("refused", "action refused"),
                    ("reminded", "reminder sent"),
                    ("escalated", "deadline passed, escalated"),
                    ("explained", "delay explained in writing"),
                    ("granted", "role granted"),
                    ("revoked", "role ended"),
                    ("changed", "data changed"),
                    ("imported", "data imported"),
                    ("signed_in", "signed in"),
                    ("signed_out", "signed out"),
                    ("moved", "moved to the successor"),
                    ("adopted", "rules adopted"),
                    ("planned", "rotation planned"),
                    ("ordered", "mission ordered"),
                    ("delivered", "product handed in"),
                    ("judged", "product judged"),
                    ("review_opened", "review opened"),
                    ("reviewed", "mission reviewed"),
                    ("entitled", "entitlement changed"),
                ],
                max_length=20,
                verbose_name="event",
            ),
        ),
        migrations.AlterField(
            model_name="body",
            name="kind",
            field=models.CharField(
                choices=[
                    ("leadership", "Leadership collective"),
                    ("leadership_extended", "Extended leadership"),
                    ("key_cadres", "Key cadres"),
                    ("party_committee", "Same-level Party committee"),
                    ("standing_committee", "Standing Committee"),
                    ("executive_committee", "Executive Committee"),
                    ("standing_board", "Standing Board"),
                    ("counting_team", "Counting team"),
                    ("congress", "Congress"),
                    ("peoples_council", "People's Council"),
                    ("workplace_voters", "Voters at the workplace"),
                ],
                max_length=30,
                verbose_name="kind",
            ),
        ),
        migrations.AlterField(
            model_name="casetask",
            name="act",
            field=models.CharField(
                blank=True,
                choices=[
                    ("start_case", "Start a case"),
                    ("initiate_case", "Start a case about a post of any unit"),
                    ("prepare_case", "Prepare papers and compile the dossier"),
                    ("conduct_conference", "Conduct a conference"),
                    ("decide_as_head", "Decide as head of the unit"),
                    ("comment_as_committee", "Give the Party committee's comment"),
                    ("check_papers", "Check requests and dossiers"),
                    ("appraise_case", "Appraise a case"),
                    ("give_opinion", "Give the opinion of a consulted organ"),
                    ("schedule_case", "Schedule a case on the agenda"),
                    ("conduct_standing_committee", "Conduct the Standing Committee's vote"),
                    ("record_resolution", "Record what the Standing Committee resolves"),
                    ("record_answer", "Record the answer of a body outside"),
                    ("sign_decision", "Sign a Party decision"),
                    ("issue_state_decision", "Issue a State decision"),
                    ("promulgate_decision", "Promulgate and announce a decision"),
                    ("hold_case", "Hold, resume or end a held case"),
                    ("withdraw_case", "Withdraw a case"),
                    ("grant_exception", "Grant an exception"),
                    ("rule_on_tie", "Rule on a tie"),
                    ("answer_in_writing", "Answer in writing for the unit"),
                    ("conclude_violation", "Conclude on a violation"),
                    ("sign_delegated", "Sign under a delegation"),
                    ("plan_rotation", "Plan rotation and product-based evaluation"),
                    ("accept_product", "Accept a product with a score"),
                    ("read_case", "Read the unit's cases"),
                    ("read_secret_case", "Read confidential cases"),
                    ("read_hidden_result", "Read results that are not announced"),
                    ("read_people", "Read the records of the unit's people"),
                    ("inspect_trail", "Inspect the trail"),
                    ("plan_training", "Plan training and enter courses taken"),
                    ("import_people", "Import cadres, posts and planning"),
                    ("administer_data", "Maintain structure, people, rules and rights"),
                ],
                max_length=30,
            ),
        ),
        migrations.AlterField(
            model_name="composition",
            name="body_kind",
            field=models.CharField(
                choices=[
                    ("leadership", "Leadership collective"),
                    ("leadership_extended", "Extended leadership"),
                    ("key_cadres", "Key cadres"),
                    ("party_committee", "Same-level Party committee"),
                    ("standing_committee", "Standing Committee"),
                    ("executive_committee", "Executive Committee"),
                    ("standing_board", "Standing Board"),
                    ("counting_team", "Counting team"),
                    ("congress", "Congress"),
                    ("peoples_council", "People's Council"),
                    ("workplace_voters", "Voters at the workplace"),
                ],
                max_length=30,
                verbose_name="body",
            ),
        ),
        migrations.AlterField(
            model_name="laneunit",
            name="lane",
            field=models.CharField(
                choices=[
                    ("UNIT", "Proposing unit"),
                    ("UNIT_HR", "Personnel section of the unit"),
                    ("UNIT_HEAD", "Head of the unit"),
                    ("UNIT_PARTY", "Same-level Party committee"),
                    ("KEY", "Key cadres"),
                    ("SRC_UNIT", "Unit where the person works"),
                    ("SRC_HEAD", "Head of the unit where the person works"),
                    ("SRC_PARTY", "Party committee where the person works"),
                    ("DST_UNIT", "Receiving unit"),
                    ("DST_HEAD", "Head of the receiving unit"),
                    ("CAND", "The cadre concerned"),
                    ("OC", "Organization Committee"),
                    ("IC", "Inspection Committee"),
                    ("IA", "Internal Affairs Committee"),
                    ("POL", "Provincial police"),
                    ("STANDING", "Standing Board"),
                    ("SC", "Standing Committee"),
                    ("SEC", "Secretary"),
                    ("EC", "Executive Committee"),
                    ("CONGRESS", "Congress"),
                    ("SUPERIOR", "Superior committee"),
                    ("FRONT", "Fatherland Front"),
                    ("ELECTION", "Election committee"),
                    ("PC", "People's Council"),
                    ("PCOM", "People's Committee"),
                    ("OFFICE", "Party Committee Office"),
                ],
                max_length=20,
                verbose_name="lane",
            ),
        ),
        migrations.CreateModel(
            name="Election",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("source", models.CharField(max_length=200, verbose_name="source")),
                (
                    "confidence",
                    models.CharField(
                        choices=[
                            ("verified", "verified"),
                            ("recalled", "recalled, unconfirmed"),
                            ("design", "our own choice, unconfirmed"),
                            ("unknown", "unknown"),
                        ],
                        default="design",
                        max_length=10,
                        verbose_name="confidence",
                    ),
                ),
                ("name", models.CharField(max_length=200, unique=True, verbose_name="name")),
                ("held_on", models.DateField(verbose_name="election day")),
                (
                    "province",
                    models.ForeignKey(
                        blank=True,
                        help_text="Empty for an election in the whole country.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="processes.unit",
                    ),
                ),
            ],
            options={
                "verbose_name": "election",
                "verbose_name_plural": "elections",
                "ordering": ["-held_on"],
            },
        ),
        migrations.CreateModel(
            name="MissionOrder",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "number",
                    models.CharField(blank=True, max_length=60, verbose_name="number and symbol"),
                ),
                ("ordered_on", models.DateField(verbose_name="ordered on")),
                ("since", models.DateField(verbose_name="since")),
                ("until", models.DateField(null=True, verbose_name="until")),
                ("ended_on", models.DateField(null=True, verbose_name="ended on")),
                (
                    "cadre",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="missions",
                        to="processes.cadre",
                        verbose_name="cadre",
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="missions",
                        to="processes.case",
                    ),
                ),
                (
                    "ordered_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "position",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="missions",
                        to="processes.position",
                        verbose_name="position",
                    ),
                ),
                (
                    "province",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="processes.unit",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="processes.unit",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="missions",
                        to="processes.unit",
                        verbose_name="receiving unit",
                    ),
                ),
            ],
            options={
                "verbose_name": "mission order",
                "verbose_name_plural": "mission orders",
                "ordering": ["-pk"],
            },
        ),
        migrations.CreateModel(
            name="MissionItem",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("title", models.CharField(max_length=200, verbose_name="task")),
                ("product", models.CharField(max_length=200, verbose_name="product")),
                ("measure", models.CharField(max_length=40, verbose_name="unit of measure")),
                (
                    "target",
                    models.DecimalField(decimal_places=2, max_digits=12, verbose_name="target"),
                ),
                ("weight", models.PositiveSmallIntegerField(verbose_name="weight")),
                ("due_on", models.DateField(verbose_name="due")),
                (
                    "order",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="items",
                        to="processes.missionorder",
                    ),
                ),
            ],
            options={
                "verbose_name": "item of a mission",
                "verbose_name_plural": "items of missions",
                "ordering": ["due_on", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Entitlement",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("allowance", "allowance"),
                            ("housing", "housing"),
                            ("travel", "travel"),
                            ("preserved", "preserved position allowance"),
                        ],
                        max_length=12,
                        verbose_name="kind",
                    ),
                ),
                ("amount", models.PositiveBigIntegerField(verbose_name="VND a month")),
                ("basis", models.CharField(blank=True, max_length=200, verbose_name="basis")),
                ("since", models.DateField(verbose_name="since")),
                ("reviewed_on", models.DateField(null=True, verbose_name="reviewed on")),
                ("closed_on", models.DateField(null=True, verbose_name="closed on")),
                (
                    "payer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="processes.unit",
                        verbose_name="paid by",
                    ),
                ),
                (
                    "order",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="entitlements",
                        to="processes.missionorder",
                    ),
                ),
            ],
            options={
                "verbose_name": "entitlement",
                "verbose_name_plural": "entitlements",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="MoveChain",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("title", models.CharField(max_length=200, verbose_name="title")),
                ("made_on", models.DateField(verbose_name="made on")),
                ("started_on", models.DateField(null=True, verbose_name="cases started on")),
                ("dropped_on", models.DateField(null=True, verbose_name="dropped on")),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "province",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="processes.unit",
                    ),
                ),
            ],
            options={
                "verbose_name": "chain of planned moves",
                "verbose_name_plural": "chains of planned moves",
                "ordering": ["-pk"],
            },
        ),
        migrations.CreateModel(
            name="PeopleImport",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=200, verbose_name="file")),
                ("file", models.CharField(blank=True, max_length=200)),
                ("sha256", models.CharField(max_length=64)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("sent", "to be checked"),
                            ("checked", "checked"),
                            ("wrong", "to be corrected"),
                            ("approved", "to be entered"),
                            ("done", "entered"),
                        ],
                        default="sent",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("said", models.TextField(blank=True)),
                ("counts", models.JSONField(default=dict)),
                ("sent_at", models.DateTimeField(auto_now_add=True, verbose_name="sent")),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "import of people",
                "verbose_name_plural": "imports of people",
                "ordering": ["-id"],
            },
        ),
        migrations.CreateModel(
            name="ImportedRow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("sheet", models.CharField(max_length=200, verbose_name="sheet")),
                ("number", models.PositiveIntegerField(verbose_name="row")),
                ("label", models.CharField(max_length=200, verbose_name="person")),
                (
                    "fate",
                    models.CharField(
                        choices=[
                            ("new", "new"),
                            ("changed", "changed"),
                            ("same", "as it was"),
                            ("wrong", "wrong"),
                        ],
                        max_length=10,
                        verbose_name="what becomes of it",
                    ),
                ),
                ("faults", models.JSONField(default=list)),
                (
                    "of",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rows",
                        to="processes.peopleimport",
                    ),
                ),
            ],
            options={
                "verbose_name": "row of an import",
                "verbose_name_plural": "rows of an import",
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="PlannedMove",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "direction",
                    models.CharField(
                        choices=[
                            ("down_province_district", "from the province to a district"),
                            ("down_district_commune", "from a district to a commune"),
                            ("down_province_commune", "from the province to a commune"),
                            ("lateral_locality", "sideways between localities"),
                            ("lateral_sector", "sideways between sectors"),
                            ("with_transfer", "together with a transfer"),
                            ("with_appointment", "together with an appointment"),
                        ],
                        max_length=30,
                        verbose_name="direction",
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=300, verbose_name="note")),
                (
                    "cadre",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="planned_moves",
                        to="processes.cadre",
                        verbose_name="cadre",
                    ),
                ),
                (
                    "case",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="planned_move",
                        to="processes.case",
                    ),
                ),
                (
                    "chain",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="moves",
                        to="processes.movechain",
                    ),
                ),
                (
                    "position",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="planned_moves",
                        to="processes.position",
                        verbose_name="position",
                    ),
                ),
            ],
            options={
                "verbose_name": "planned move",
                "verbose_name_plural": "planned moves",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="ProductDelivery",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "amount",
                    models.DecimalField(decimal_places=2, max_digits=12, verbose_name="amount"),
                ),
                (
                    "evidence",
                    models.CharField(
                        max_length=300, verbose_name="evidence: number and date of the paper"
                    ),
                ),
                ("delivered_on", models.DateField(verbose_name="delivered on")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "waiting to be judged"),
                            ("accepted", "accepted"),
                            ("returned", "returned"),
                        ],
                        default="waiting",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("judged_on", models.DateField(null=True, verbose_name="judged on")),
                (
                    "score",
                    models.PositiveSmallIntegerField(
                        null=True,
                        validators=[django.core.validators.MaxValueValidator(100)],
                        verbose_name="score",
                    ),
                ),
                ("remark", models.TextField(blank=True, verbose_name="remark")),
                (
                    "accepted_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "delivered_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "document",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="processes.document",
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="deliveries",
                        to="processes.missionitem",
                    ),
                ),
            ],
            options={
                "verbose_name": "delivered product",
                "verbose_name_plural": "delivered products",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="ProductTargetSet",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("valid_from", models.DateField(verbose_name="valid from")),
                ("valid_to", models.DateField(blank=True, null=True, verbose_name="valid to")),
                ("source", models.CharField(max_length=200, verbose_name="source")),
                (
                    "confidence",
                    models.CharField(
                        choices=[
                            ("verified", "verified"),
                            ("recalled", "recalled, unconfirmed"),
                            ("design", "our own choice, unconfirmed"),
                            ("unknown", "unknown"),
                        ],
                        default="design",
                        max_length=10,
                        verbose_name="confidence",
                    ),
                ),
                ("title", models.CharField(max_length=200, verbose_name="title")),
                (
                    "province",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="processes.unit",
                    ),
                ),
            ],
            options={
                "verbose_name": "posts evaluated by products",
                "verbose_name_plural": "sets of posts evaluated by products",
            },
        ),
        migrations.AddField(
            model_name="missionorder",
            name="target_set",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="missions",
                to="processes.producttargetset",
            ),
        ),
        migrations.CreateModel(
            name="ChosenPost",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "position",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="processes.position",
                        verbose_name="position",
                    ),
                ),
                (
                    "target_set",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="posts",
                        to="processes.producttargetset",
                    ),
                ),
            ],
            options={
                "verbose_name": "chosen post",
                "verbose_name_plural": "chosen posts",
            },
        ),
        migrations.CreateModel(
            name="RotationReview",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("quarter", "quarter"),
                            ("year", "year"),
                            ("unscheduled", "unscheduled"),
                        ],
                        max_length=12,
                        verbose_name="kind",
                    ),
                ),
                ("year", models.PositiveSmallIntegerField(verbose_name="year")),
                ("number", models.PositiveSmallIntegerField(default=0, verbose_name="number")),
                ("opened_on", models.DateField(verbose_name="opened on")),
                ("concluded_on", models.DateField(null=True, verbose_name="concluded on")),
                (
                    "total",
                    models.DecimalField(
                        decimal_places=2, max_digits=5, null=True, verbose_name="points"
                    ),
                ),
                (
                    "level",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("excellent", "completed excellently"),
                            ("good", "completed well"),
                            ("completed", "completed"),
                            ("failed", "not completed"),
                        ],
                        max_length=10,
                        verbose_name="level",
                    ),
                ),
                ("edition", models.CharField(blank=True, max_length=30, verbose_name="edition")),
                ("lines", models.JSONField(default=list)),
                ("comment", models.TextField(blank=True, verbose_name="comment")),
                (
                    "concluded_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "order",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reviews",
                        to="processes.missionorder",
                    ),
                ),
            ],
            options={
                "verbose_name": "review of a mission",
                "verbose_name_plural": "reviews of missions",
                "ordering": ["-year", "-opened_on", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="Finding",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("conflict_avoidance", "conflict avoidance"),
                            ("locality_isolation", "isolation by the receiving unit"),
                        ],
                        max_length=20,
                        verbose_name="kind",
                    ),
                ),
                ("text", models.TextField(verbose_name="what was found")),
                (
                    "cadre",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="processes.cadre",
                    ),
                ),
                (
                    "sanction",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="processes.case",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="processes.unit",
                    ),
                ),
                (
                    "review",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="findings",
                        to="processes.rotationreview",
                    ),
                ),
            ],
            options={
                "verbose_name": "finding",
                "verbose_name_plural": "findings",
            },
        ),
        migrations.CreateModel(
            name="RotationScheme",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("valid_from", models.DateField(verbose_name="valid from")),
                ("valid_to", models.DateField(blank=True, null=True, verbose_name="valid to")),
                ("term", models.CharField(max_length=20, verbose_name="term")),
                ("title", models.CharField(max_length=200, verbose_name="title")),
                ("document", models.CharField(blank=True, max_length=100, verbose_name="document")),
                (
                    "province",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rotation_schemes",
                        to="processes.unit",
                    ),
                ),
            ],
            options={
                "verbose_name": "rotation scheme",
                "verbose_name_plural": "rotation schemes",
                "ordering": ["-valid_from", "-pk"],
            },
        ),
        migrations.AddField(
            model_name="movechain",
            name="scheme",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="chains",
                to="processes.rotationscheme",
                verbose_name="rotation scheme",
            ),
        ),
        migrations.CreateModel(
            name="SchemeMove",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "direction",
                    models.CharField(
                        choices=[
                            ("down_province_district", "from the province to a district"),
                            ("down_district_commune", "from a district to a commune"),
                            ("down_province_commune", "from the province to a commune"),
                            ("lateral_locality", "sideways between localities"),
                            ("lateral_sector", "sideways between sectors"),
                            ("with_transfer", "together with a transfer"),
                            ("with_appointment", "together with an appointment"),
                        ],
                        max_length=30,
                        verbose_name="direction",
                    ),
                ),
                ("year", models.PositiveSmallIntegerField(verbose_name="year")),
                (
                    "case",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="scheme_move",
                        to="processes.case",
                    ),
                ),
                (
                    "scheme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="moves",
                        to="processes.rotationscheme",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="processes.unit",
                    ),
                ),
            ],
            options={
                "verbose_name": "line of a rotation scheme",
                "verbose_name_plural": "lines of rotation schemes",
            },
        ),
        migrations.CreateModel(
            name="SchemeTarget",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "direction",
                    models.CharField(
                        choices=[
                            ("down_province_district", "from the province to a district"),
                            ("down_district_commune", "from a district to a commune"),
                            ("down_province_commune", "from the province to a commune"),
                            ("lateral_locality", "sideways between localities"),
                            ("lateral_sector", "sideways between sectors"),
                            ("with_transfer", "together with a transfer"),
                            ("with_appointment", "together with an appointment"),
                        ],
                        max_length=30,
                        verbose_name="direction",
                    ),
                ),
                ("year", models.PositiveSmallIntegerField(verbose_name="year")),
                ("number", models.PositiveSmallIntegerField(verbose_name="moves wanted")),
                (
                    "scheme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="targets",
                        to="processes.rotationscheme",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="processes.unit",
                        verbose_name="receiving unit",
                    ),
                ),
            ],
            options={
                "verbose_name": "target of a rotation scheme",
                "verbose_name_plural": "targets of rotation schemes",
                "ordering": ["year", "direction", "pk"],
            },
        ),
        migrations.CreateModel(
            name="StandardCondition",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("source", models.CharField(max_length=200, verbose_name="source")),
                (
                    "confidence",
                    models.CharField(
                        choices=[
                            ("verified", "verified"),
                            ("recalled", "recalled, unconfirmed"),
                            ("design", "our own choice, unconfirmed"),
                            ("unknown", "unknown"),
                        ],
                        default="design",
                        max_length=10,
                        verbose_name="confidence",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("degrees", "university degrees, at least"),
                            ("theory", "level of political theory, at least"),
                            (
                                "months_in_rank",
                                "months in posts of a group or a higher one, at least",
                            ),
                            ("evaluations", "evaluations of so many years, at least at the level"),
                            ("age", "age in years, at most"),
                            ("party", "months in the Party, at least"),
                        ],
                        max_length=20,
                        verbose_name="kind",
                    ),
                ),
                ("amount", models.PositiveSmallIntegerField(default=0, verbose_name="number")),
                ("level", models.CharField(blank=True, max_length=20, verbose_name="level")),
                (
                    "group",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="processes.titlegroup",
                        verbose_name="title group",
                    ),
                ),
                (
                    "standard",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="conditions",
                        to="processes.titlestandard",
                    ),
                ),
            ],
            options={
                "verbose_name": "condition of a standard",
                "verbose_name_plural": "conditions of standards",
            },
        ),
        migrations.CreateModel(
            name="TrainingCourse",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=200, verbose_name="name")),
                (
                    "gives",
                    models.CharField(
                        choices=[
                            ("theory", "a level of political theory"),
                            ("degrees", "a university degree"),
                        ],
                        max_length=10,
                        verbose_name="gives",
                    ),
                ),
                (
                    "level",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("none", "none"),
                            ("primary", "primary"),
                            ("intermediate", "intermediate"),
                            ("advanced", "advanced"),
                        ],
                        help_text="Of political theory; empty for a degree.",
                        max_length=20,
                        verbose_name="level",
                    ),
                ),
                (
                    "field",
                    models.CharField(
                        blank=True, max_length=100, verbose_name="field of the degree"
                    ),
                ),
                ("offered", models.BooleanField(default=True, verbose_name="offered")),
                (
                    "province",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="processes.unit",
                        verbose_name="province",
                    ),
                ),
            ],
            options={
                "verbose_name": "training course",
                "verbose_name_plural": "training courses",
                "ordering": ["name"],
            },
        ),
        migrations.CreateModel(
            name="TrainingLine",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("year", models.PositiveSmallIntegerField(verbose_name="year")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("planned", "planned"),
                            ("taken", "taken, to be confirmed"),
                            ("confirmed", "confirmed and on file"),
                            ("dropped", "dropped"),
                        ],
                        default="planned",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                (
                    "certificate",
                    models.CharField(blank=True, max_length=100, verbose_name="certificate"),
                ),
                (
                    "taken_on",
                    models.DateField(blank=True, null=True, verbose_name="certificate of"),
                ),
                (
                    "cadre",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="training",
                        to="processes.cadre",
                    ),
                ),
                (
                    "course",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        to="processes.trainingcourse",
                        verbose_name="course",
                    ),
                ),
                (
                    "planned_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "line of the training plan",
                "verbose_name_plural": "training plan",
                "ordering": ["-year", "-id"],
            },
        ),
        migrations.CreateModel(
            name="UnitNote",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "form",
                    models.CharField(
                        choices=[
                            ("reminder", "reminder"),
                            ("reprimand", "reprimand"),
                            ("warning", "warning"),
                        ],
                        max_length=10,
                        verbose_name="form",
                    ),
                ),
                ("text", models.TextField(verbose_name="what was found")),
                ("noted_on", models.DateField(verbose_name="noted on")),
                ("document", models.CharField(max_length=100, verbose_name="document")),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="notes",
                        to="processes.unit",
                        verbose_name="unit",
                    ),
                ),
            ],
            options={
                "verbose_name": "note about a unit",
                "verbose_name_plural": "notes about units",
            },
        ),
        migrations.CreateModel(
            name="ElectionDeadline",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("source", models.CharField(max_length=200, verbose_name="source")),
                (
                    "confidence",
                    models.CharField(
                        choices=[
                            ("verified", "verified"),
                            ("recalled", "recalled, unconfirmed"),
                            ("design", "our own choice, unconfirmed"),
                            ("unknown", "unknown"),
                        ],
                        default="design",
                        max_length=10,
                        verbose_name="confidence",
                    ),
                ),
                (
                    "part",
                    models.CharField(
                        choices=[
                            ("round_1", "Consultation, round 1"),
                            ("voters", "Voters' conferences at the workplaces"),
                            ("round_2", "Consultation, round 2"),
                            ("round_3", "Consultation, round 3"),
                        ],
                        max_length=20,
                        verbose_name="part",
                    ),
                ),
                ("on", models.DateField(verbose_name="no later than")),
                (
                    "election",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="deadlines",
                        to="processes.election",
                    ),
                ),
            ],
            options={
                "verbose_name": "deadline of an election",
                "verbose_name_plural": "deadlines of elections",
                "ordering": ["on"],
                "constraints": [
                    models.UniqueConstraint(fields=("election", "part"), name="one_deadline_a_part")
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="missionitem",
            constraint=models.CheckConstraint(
                condition=models.Q(("target__gt", 0)), name="item_target_above_zero"
            ),
        ),
        migrations.AddConstraint(
            model_name="missionitem",
            constraint=models.CheckConstraint(
                condition=models.Q(("weight__gt", 0)), name="item_weight_above_zero"
            ),
        ),
        migrations.AddConstraint(
            model_name="entitlement",
            constraint=models.UniqueConstraint(
                condition=models.Q(("closed_on__isnull", True)),
                fields=("order", "kind"),
                name="one_open_entitlement_of_a_kind",
            ),
        ),
        migrations.AddIndex(
            model_name="importedrow",
            index=models.Index(fields=["of", "fate", "id"], name="row_by_fate"),
        ),
        migrations.AddConstraint(
            model_name="productdelivery",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("accepted_by__isnull", False),
                        ("score__isnull", False),
                        ("state", "accepted"),
                    ),
                    models.Q(
                        models.Q(("state", "accepted"), _negated=True), ("score__isnull", True)
                    ),
                    _connector="OR",
                ),
                name="accepted_with_a_score",
            ),
        ),
        migrations.AddConstraint(
            model_name="missionorder",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_on__isnull", True)),
                fields=("case",),
                name="one_mission_of_a_case",
            ),
        ),
        migrations.AddConstraint(
            model_name="missionorder",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("case__isnull", False), ("target_set__isnull", False), _connector="OR"
                ),
                name="mission_has_a_ground",
            ),
        ),
        migrations.AddConstraint(
            model_name="chosenpost",
            constraint=models.UniqueConstraint(
                fields=("target_set", "position"), name="post_chosen_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="rotationreview",
            constraint=models.UniqueConstraint(
                fields=("order", "kind", "year", "number"), name="one_review_of_a_period"
            ),
        ),
        migrations.AddConstraint(
            model_name="finding",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("cadre__isnull", False), ("unit__isnull", False), _connector="OR"
                ),
                name="finding_is_about_somebody",
            ),
        ),
        migrations.AddConstraint(
            model_name="schemetarget",
            constraint=models.UniqueConstraint(
                fields=("scheme", "direction", "unit", "year"), name="scheme_target_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="schemetarget",
            constraint=models.UniqueConstraint(
                condition=models.Q(("unit__isnull", True)),
                fields=("scheme", "direction", "year"),
                name="scheme_target_any_unit_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="trainingline",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "dropped"), _negated=True),
                fields=("cadre", "course"),
                name="a_course_once",
            ),
        ),
        # SQLite builds a changed table anew, without its triggers.
        migrations.RunPython(triggers.forwards, triggers.backwards),
    ]
