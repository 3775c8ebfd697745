import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import labeling.models.clock


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("people", "__first__"),
        ("wellbeing", "__first__"),  # respite_now(), the default of every time column here
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Item",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("external_id", models.CharField(max_length=200)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("text", "Text"),
                            ("pair", "Prompt and completion"),
                            ("conversation", "Conversation"),
                        ],
                        max_length=20,
                    ),
                ),
                ("language", models.CharField(blank=True, max_length=35)),
                ("severity", models.SmallIntegerField(null=True)),
                ("scores", models.JSONField(blank=True, default=dict)),
                ("words", models.PositiveIntegerField()),
                (
                    "part_words",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.PositiveIntegerField(), default=list, size=None
                    ),
                ),
                ("meta", models.JSONField(blank=True, default=dict)),
                ("neutral_line", models.CharField(blank=True, max_length=200)),
            ],
        ),
        migrations.CreateModel(
            name="ItemContent",
            fields=[
                (
                    "item",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="content",
                        serialize=False,
                        to="labeling.item",
                    ),
                ),
                ("body", models.JSONField()),
            ],
        ),
        migrations.CreateModel(
            name="Project",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=120)),
                ("slug", models.SlugField(max_length=120, unique=True)),
                ("description", models.TextField(blank=True)),
                (
                    "status",
                    models.CharField(
                        choices=[("active", "Active"), ("paused", "Paused"), ("archived", "Archived")],
                        default="active",
                        max_length=20,
                    ),
                ),
                ("strategy", models.CharField(default="two_plus_one", max_length=40)),
                ("lease_minutes", models.PositiveSmallIntegerField(default=15)),
                ("shuffle_seed", models.BigIntegerField()),
                (
                    "created_at",
                    models.DateTimeField(db_default=labeling.models.clock.RespiteNow(), editable=False),
                ),
                (
                    "created_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "team",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="projects", to="people.team"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="LabelSchema",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("version", models.PositiveIntegerField()),
                ("document", models.JSONField()),
                (
                    "published_at",
                    models.DateTimeField(db_default=labeling.models.clock.RespiteNow(), editable=False),
                ),
                (
                    "published_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="schemas",
                        to="labeling.project",
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="item",
            name="project",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="items", to="labeling.project"
            ),
        ),
        migrations.CreateModel(
            name="Import",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Waiting"),
                            ("running", "Running"),
                            ("done", "Done"),
                            ("failed", "Failed"),
                        ],
                        default="waiting",
                        max_length=20,
                    ),
                ),
                ("file_name", models.CharField(blank=True, max_length=255)),
                ("path", models.CharField(blank=True, max_length=255)),
                ("format", models.CharField(blank=True, max_length=20)),
                ("dry_run", models.BooleanField(default=False)),
                ("lines", models.PositiveIntegerField(default=0)),
                ("created_items", models.PositiveIntegerField(default=0)),
                ("known_items", models.PositiveIntegerField(default=0)),
                ("failed_lines", models.PositiveIntegerField(default=0)),
                ("errors", models.JSONField(default=list)),
                (
                    "created_at",
                    models.DateTimeField(db_default=labeling.models.clock.RespiteNow(), editable=False),
                ),
                ("started_at", models.DateTimeField(null=True)),
                ("finished_at", models.DateTimeField(null=True)),
                (
                    "created_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="imports",
                        to="labeling.project",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Guideline",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("version", models.PositiveIntegerField()),
                ("body", models.TextField()),
                (
                    "published_at",
                    models.DateTimeField(db_default=labeling.models.clock.RespiteNow(), editable=False),
                ),
                (
                    "published_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="guidelines",
                        to="labeling.project",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Release",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveIntegerField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Waiting"),
                            ("building", "Building"),
                            ("ready", "Ready"),
                            ("failed", "Failed"),
                        ],
                        default="waiting",
                        max_length=20,
                    ),
                ),
                ("seed", models.BigIntegerField()),
                ("pseudonym_key", models.CharField(max_length=64)),
                ("filters", models.JSONField(blank=True, default=dict)),
                ("manifest", models.JSONField(blank=True, default=dict)),
                ("failure", models.TextField(blank=True)),
                (
                    "created_at",
                    models.DateTimeField(db_default=labeling.models.clock.RespiteNow(), editable=False),
                ),
                ("frozen_at", models.DateTimeField(null=True)),
                ("ready_at", models.DateTimeField(null=True)),
                (
                    "created_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="releases",
                        to="labeling.project",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Source",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=200)),
                ("expected_severity", models.SmallIntegerField(null=True)),
                (
                    "basis",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "not known yet"),
                            ("declared", "declared at import"),
                            ("find", "a severe find"),
                            ("decided", "the decided items"),
                        ],
                        default="",
                        max_length=20,
                    ),
                ),
                ("confirmed_at", models.DateTimeField(null=True)),
                (
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sources",
                        to="labeling.project",
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="item",
            name="source",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="items", to="labeling.source"
            ),
        ),
        migrations.CreateModel(
            name="Stratum",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("declared", models.SmallIntegerField()),
                ("language", models.CharField(blank=True, max_length=35)),
                (
                    "categories",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.TextField(), blank=True, default=list, size=None
                    ),
                ),
                (
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="strata",
                        to="labeling.project",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="strata",
                        to="labeling.source",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Place",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.BigIntegerField()),
                (
                    "person",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "stratum",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="places",
                        to="labeling.stratum",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Task",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.BigIntegerField()),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "Open"), ("decided", "Decided"), ("contested", "Contested")],
                        default="open",
                        max_length=20,
                    ),
                ),
                ("decided_at", models.DateTimeField(null=True)),
                (
                    "item",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="task", to="labeling.item"
                    ),
                ),
                (
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="tasks",
                        to="labeling.project",
                    ),
                ),
                (
                    "stratum",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="tasks",
                        to="labeling.stratum",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Slot",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.SmallIntegerField()),
                ("position", models.BigIntegerField()),
                ("available_at", models.DateTimeField(db_default=labeling.models.clock.RespiteNow())),
                ("filled_at", models.DateTimeField(null=True)),
                ("withdrawn_at", models.DateTimeField(null=True)),
                (
                    "stratum",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="labeling.stratum",
                    ),
                ),
                (
                    "task",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="slots",
                        to="labeling.task",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ReleaseRow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("external_id", models.CharField(max_length=200)),
                ("split", models.CharField(blank=True, max_length=20)),
                ("state", models.CharField(max_length=20)),
                ("final", models.JSONField()),
                ("annotations", models.JSONField(default=list)),
                (
                    "release",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rows",
                        to="labeling.release",
                    ),
                ),
                (
                    "task",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="labeling.task",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Lease",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "claimed_at",
                    models.DateTimeField(db_default=labeling.models.clock.RespiteNow(), editable=False),
                ),
                ("expires_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "live"),
                            ("submitted", "answered"),
                            ("skipped", "skipped"),
                            ("problem", "reported as a problem"),
                            ("released", "given back"),
                            ("expired", "ran out"),
                            ("uncleared", "no longer cleared"),
                        ],
                        default="",
                        max_length=20,
                    ),
                ),
                ("expected", models.SmallIntegerField()),
                ("opened_at", models.DateTimeField(null=True)),
                ("settled_at", models.DateTimeField(null=True)),
                ("window", models.PositiveIntegerField(default=0)),
                ("shown_parts", models.PositiveSmallIntegerField(default=0)),
                ("words_hidden", models.BooleanField(default=True)),
                ("draft", models.JSONField(blank=True, default=dict)),
                (
                    "person",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "slot",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="leases",
                        to="labeling.slot",
                    ),
                ),
                (
                    "task",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="leases",
                        to="labeling.task",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ItemProblem",
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
                            ("garbled", "Cannot be read"),
                            ("language", "Wrong language"),
                            ("field", "Not my field"),
                            ("other", "Something else"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "reported_at",
                    models.DateTimeField(db_default=labeling.models.clock.RespiteNow(), editable=False),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "task",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="problems",
                        to="labeling.task",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="FinalLabel",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("answers", models.JSONField(null=True)),
                ("soft", models.JSONField(default=dict)),
                ("severity", models.SmallIntegerField(null=True)),
                ("votes", models.PositiveSmallIntegerField()),
                ("method", models.CharField(max_length=40)),
                ("decided_at", models.DateTimeField(db_default=labeling.models.clock.RespiteNow())),
                (
                    "task",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="final_label",
                        to="labeling.task",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Annotation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("answers", models.JSONField()),
                ("verdict", models.SmallIntegerField(null=True)),
                ("disclosed_share", models.PositiveSmallIntegerField()),
                (
                    "seen",
                    models.CharField(
                        choices=[
                            ("partial", "some parts"),
                            ("masked", "all parts, with words hidden"),
                            ("full", "everything"),
                        ],
                        max_length=20,
                    ),
                ),
                ("revision", models.PositiveSmallIntegerField(default=1)),
                (
                    "submitted_at",
                    models.DateTimeField(db_default=labeling.models.clock.RespiteNow(), editable=False),
                ),
                ("superseded_at", models.DateTimeField(null=True)),
                (
                    "person",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "guideline",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="labeling.guideline",
                    ),
                ),
                (
                    "schema",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="labeling.labelschema",
                    ),
                ),
                (
                    "lease",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="annotations",
                        to="labeling.lease",
                    ),
                ),
                (
                    "slot",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="labeling.slot",
                    ),
                ),
                (
                    "task",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="annotations",
                        to="labeling.task",
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="project",
            constraint=models.CheckConstraint(
                condition=models.Q(("status__in", ["active", "paused", "archived"])),
                name="labeling_project_status_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="project",
            constraint=models.CheckConstraint(
                condition=models.Q(("lease_minutes__range", (5, 120))),
                name="labeling_project_lease_minutes_range",
            ),
        ),
        migrations.AddConstraint(
            model_name="labelschema",
            constraint=models.UniqueConstraint(
                fields=("project", "version"), name="labeling_labelschema_version_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="import",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["waiting", "running", "done", "failed"])),
                name="labeling_import_state_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="import",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("finished_at__isnull", True), ("state__in", ["waiting", "running"])),
                    models.Q(("finished_at__isnull", False), ("state__in", ["done", "failed"])),
                    _connector="OR",
                ),
                name="labeling_import_finished_has_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="guideline",
            constraint=models.UniqueConstraint(
                fields=("project", "version"), name="labeling_guideline_version_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="release",
            constraint=models.UniqueConstraint(
                fields=("project", "number"), name="labeling_release_number_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="release",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["waiting", "building", "ready", "failed"])),
                name="labeling_release_state_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="release",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("frozen_at__isnull", False), ("ready_at__isnull", False), ("state", "ready")),
                    models.Q(models.Q(("state", "ready"), _negated=True), ("ready_at__isnull", True)),
                    _connector="OR",
                ),
                name="labeling_release_ready_has_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="source",
            constraint=models.UniqueConstraint(fields=("project", "name"), name="labeling_source_name_once"),
        ),
        migrations.AddConstraint(
            model_name="source",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("expected_severity__isnull", True), ("expected_severity__range", (0, 4)), _connector="OR"
                ),
                name="labeling_source_severity_range",
            ),
        ),
        migrations.AddConstraint(
            model_name="source",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("basis", ""), ("expected_severity__isnull", True)),
                    models.Q(
                        ("basis__in", ["declared", "find", "decided"]), ("expected_severity__isnull", False)
                    ),
                    _connector="OR",
                ),
                name="labeling_source_expectation_has_basis",
            ),
        ),
        migrations.AddConstraint(
            model_name="item",
            constraint=models.UniqueConstraint(
                fields=("project", "external_id"), name="labeling_item_external_id_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="item",
            constraint=models.CheckConstraint(
                condition=models.Q(("severity__isnull", True), ("severity__range", (0, 4)), _connector="OR"),
                name="labeling_item_severity_range",
            ),
        ),
        migrations.AddConstraint(
            model_name="item",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["text", "pair", "conversation"])),
                name="labeling_item_kind_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="stratum",
            constraint=models.UniqueConstraint(
                fields=("project", "source", "declared", "language", "categories"),
                name="labeling_stratum_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="stratum",
            constraint=models.CheckConstraint(
                condition=models.Q(("declared__range", (-1, 4))), name="labeling_stratum_declared_range"
            ),
        ),
        migrations.AddConstraint(
            model_name="place",
            constraint=models.UniqueConstraint(
                fields=("person", "stratum"), name="labeling_place_one_per_stratum"
            ),
        ),
        migrations.AddIndex(
            model_name="task",
            index=models.Index(fields=["project", "state", "position"], name="labeling_task_by_state"),
        ),
        migrations.AddConstraint(
            model_name="task",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["open", "decided", "contested"])),
                name="labeling_task_state_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="task",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("decided_at__isnull", True), ("state", "open")),
                    models.Q(("decided_at__isnull", False), ("state__in", ["decided", "contested"])),
                    _connector="OR",
                ),
                name="labeling_task_decided_has_time",
            ),
        ),
        migrations.AddIndex(
            model_name="slot",
            index=models.Index(
                condition=models.Q(("filled_at__isnull", True), ("withdrawn_at__isnull", True)),
                fields=["stratum", "position"],
                name="labeling_slot_open",
            ),
        ),
        migrations.AddConstraint(
            model_name="slot",
            constraint=models.UniqueConstraint(fields=("task", "number"), name="labeling_slot_number_once"),
        ),
        migrations.AddConstraint(
            model_name="slot",
            constraint=models.CheckConstraint(
                condition=models.Q(("number__range", (1, 5))), name="labeling_slot_number_range"
            ),
        ),
        migrations.AddConstraint(
            model_name="slot",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("filled_at__isnull", True), ("withdrawn_at__isnull", True), _connector="OR"
                ),
                name="labeling_slot_filled_or_withdrawn",
            ),
        ),
        migrations.AddConstraint(
            model_name="releaserow",
            constraint=models.UniqueConstraint(
                fields=("release", "task"), name="labeling_releaserow_task_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="releaserow",
            constraint=models.UniqueConstraint(
                fields=("release", "external_id"), name="labeling_releaserow_external_id_once"
            ),
        ),
        migrations.AddIndex(
            model_name="lease",
            index=models.Index(
                condition=models.Q(("outcome__in", ["submitted", "skipped", "problem"])),
                fields=["person", "task"],
                name="labeling_lease_finished",
            ),
        ),
        migrations.AddIndex(
            model_name="lease",
            index=models.Index(
                condition=models.Q(("ended_at__isnull", True)),
                fields=["expires_at"],
                name="labeling_lease_live_expiry",
            ),
        ),
        migrations.AddIndex(
            model_name="lease",
            index=models.Index(
                condition=models.Q(
                    ("ended_at__isnull", False), ("opened_at__isnull", False), ("settled_at__isnull", True)
                ),
                fields=["person", "ended_at"],
                name="labeling_lease_unsettled",
            ),
        ),
        migrations.AddConstraint(
            model_name="lease",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_at__isnull", True)),
                fields=("person",),
                name="labeling_lease_one_live_per_person",
            ),
        ),
        migrations.AddConstraint(
            model_name="lease",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_at__isnull", True)),
                fields=("slot",),
                name="labeling_lease_one_live_per_slot",
            ),
        ),
        migrations.AddConstraint(
            model_name="lease",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_at__isnull", True)),
                fields=("task", "person"),
                name="labeling_lease_one_live_per_task_and_person",
            ),
        ),
        migrations.AddConstraint(
            model_name="lease",
            constraint=models.CheckConstraint(
                condition=models.Q(("expires_at__gt", models.F("claimed_at"))),
                name="labeling_lease_expires_after_claim",
            ),
        ),
        migrations.AddConstraint(
            model_name="lease",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("ended_at__isnull", True), ("outcome", "")),
                    models.Q(("ended_at__isnull", False), models.Q(("outcome", ""), _negated=True)),
                    _connector="OR",
                ),
                name="labeling_lease_ended_has_outcome",
            ),
        ),
        migrations.AddConstraint(
            model_name="itemproblem",
            constraint=models.UniqueConstraint(fields=("task", "person"), name="labeling_itemproblem_once"),
        ),
        migrations.AddConstraint(
            model_name="itemproblem",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["garbled", "language", "field", "other"])),
                name="labeling_itemproblem_kind_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="finallabel",
            constraint=models.CheckConstraint(
                condition=models.Q(("severity__isnull", True), ("severity__range", (0, 4)), _connector="OR"),
                name="labeling_finallabel_severity_range",
            ),
        ),
        migrations.AddIndex(
            model_name="annotation",
            index=models.Index(
                condition=models.Q(("superseded_at__isnull", True)),
                fields=["person", "-submitted_at"],
                name="labeling_annotation_latest",
            ),
        ),
        migrations.AddConstraint(
            model_name="annotation",
            constraint=models.UniqueConstraint(
                condition=models.Q(("superseded_at__isnull", True)),
                fields=("task", "person"),
                name="labeling_annotation_one_current_per_task_and_person",
            ),
        ),
        migrations.AddConstraint(
            model_name="annotation",
            constraint=models.UniqueConstraint(
                condition=models.Q(("superseded_at__isnull", True)),
                fields=("slot",),
                name="labeling_annotation_one_current_per_slot",
            ),
        ),
        migrations.AddConstraint(
            model_name="annotation",
            constraint=models.UniqueConstraint(
                fields=("lease", "revision"), name="labeling_annotation_revision_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="annotation",
            constraint=models.CheckConstraint(
                condition=models.Q(("verdict__isnull", True), ("verdict__range", (0, 4)), _connector="OR"),
                name="labeling_annotation_verdict_range",
            ),
        ),
        migrations.AddConstraint(
            model_name="annotation",
            constraint=models.CheckConstraint(
                condition=models.Q(("disclosed_share__range", (1, 1000))),
                name="labeling_annotation_share_range",
            ),
        ),
    ]
