"""Projects, imports, releases, and the queries of their lists."""

from typing import Any

from rest_framework import serializers

MOST_ON_A_PAGE = 100


class PageQuery(serializers.Serializer):
    """Pages by key: what comes after it, never by counting rows."""

    after = serializers.IntegerField(
        min_value=0, default=0, help_text="The key of the last row of the page before."
    )
    limit = serializers.IntegerField(min_value=1, max_value=MOST_ON_A_PAGE, default=50)


class Counts(serializers.Serializer):
    open = serializers.IntegerField(min_value=0)
    decided = serializers.IntegerField(min_value=0)
    contested = serializers.IntegerField(min_value=0)


class ProjectRow(serializers.Serializer):
    id = serializers.IntegerField()
    name = serializers.CharField()
    slug = serializers.CharField()
    team = serializers.CharField()
    status = serializers.ChoiceField(["active", "paused", "archived"])
    strategy = serializers.CharField(help_text="How many annotations decide a task.")
    counts = Counts()


class ProjectPage(serializers.Serializer):
    results = ProjectRow(many=True)
    next = serializers.CharField(allow_null=True, help_text="The address of the next page.")


class ProjectQuery(serializers.Serializer):
    """Which versions to answer with; without one, the newest."""

    schema = serializers.IntegerField(min_value=1, required=False, help_text="As a lease names it.")
    guideline = serializers.IntegerField(min_value=1, required=False, help_text="As a lease names it.")


class SchemaVersion(serializers.Serializer):
    version = serializers.IntegerField(min_value=1)
    document = serializers.DictField(help_text="The label schema as published.")


class GuidelineVersion(serializers.Serializer):
    version = serializers.IntegerField(min_value=1)
    body = serializers.CharField()


class Project(ProjectRow):
    schema = SchemaVersion(allow_null=True)
    guideline = GuidelineVersion(allow_null=True)


class SchemaVersionQuery(serializers.Serializer):
    """Which version to answer with; without one, the newest."""

    schema = serializers.IntegerField(min_value=1, required=False, help_text="As a lease names it.")


class TrueOrFalse(serializers.BooleanField):
    """Nothing that merely looks like it: a word of honour is not guessed from a 1 or a "yes"."""

    def to_internal_value(self, data: Any) -> bool:
        if not isinstance(data, bool):
            self.fail("invalid", input=data)
        return data


class SchemaTranslationRequest(serializers.Serializer):
    """A filled-in translation, as the page of translations gives it out."""

    language = serializers.CharField(max_length=35, help_text="One that pages can be read in.")
    is_reviewed = TrueOrFalse(
        default=False,
        help_text="Somebody who speaks the language has read all of it; refused while texts are missing.",
    )
    texts = serializers.DictField(
        help_text="Name of a text → the translation. An empty one is not there yet."
    )
    original = serializers.DictField(
        required=False,
        help_text="Name → what was translated. Refused where the schema says something else now.",
    )


class SchemaTranslation(serializers.Serializer):
    schema = serializers.IntegerField(min_value=1, help_text="The version that it translates.")
    language = serializers.CharField()
    revision = serializers.IntegerField(min_value=1)
    is_reviewed = serializers.BooleanField()
    translated = serializers.IntegerField(min_value=0, help_text="Texts in this language.")
    of = serializers.IntegerField(min_value=0, help_text="Texts that there are.")
    texts = serializers.DictField(child=serializers.CharField())
    published_at = serializers.DateTimeField()


class SchemaTranslations(serializers.Serializer):
    schema = serializers.IntegerField(min_value=1)
    language = serializers.CharField(help_text="Of the originals.")
    original = serializers.DictField(child=serializers.CharField(), help_text="Every text by its name.")
    translations = SchemaTranslation(many=True, help_text="The newest revision of each language.")


class ImportUpload(serializers.Serializer):
    file = serializers.FileField(help_text="One item a line or row.")
    pictures = serializers.FileField(
        required=False, help_text="A zip or tar archive of the pictures that the lines name."
    )
    format = serializers.CharField(required=False, help_text="Guessed from the file's name unless given.")
    dry_run = serializers.BooleanField(default=False, help_text="Read and report, keep nothing.")


class ImportError(serializers.Serializer):  # noqa: A001 - the word of the API
    line = serializers.IntegerField(allow_null=True)
    id = serializers.CharField(
        required=False, allow_blank=True, help_text="Of the line's item; empty where the line has none."
    )
    code = serializers.CharField()
    message = serializers.CharField()


class Import(serializers.Serializer):
    id = serializers.IntegerField()
    project = serializers.IntegerField()
    state = serializers.ChoiceField(["waiting", "running", "done", "failed"])
    format = serializers.CharField(allow_blank=True)
    dry_run = serializers.BooleanField()
    lines = serializers.IntegerField(min_value=0)
    created_items = serializers.IntegerField(min_value=0)
    known_items = serializers.IntegerField(min_value=0)
    failed_lines = serializers.IntegerField(min_value=0)
    errors = ImportError(many=True, help_text="The first thousand.")
    created_at = serializers.DateTimeField()
    finished_at = serializers.DateTimeField(allow_null=True)


class ReleaseRequest(serializers.Serializer):
    seed = serializers.IntegerField(
        min_value=0, max_value=2**62, required=False, help_text="Without it: the project's own."
    )
    splits = serializers.DictField(
        child=serializers.FloatField(min_value=0, max_value=1),
        required=False,
        help_text="Name → share; together 1. Without it: train 0.8, validation 0.1, test 0.1.",
    )


class ReleaseFile(serializers.Serializer):
    name = serializers.CharField()
    bytes = serializers.IntegerField(min_value=0)
    sha256 = serializers.RegexField(r"^[0-9a-f]{64}$")
    url = serializers.CharField()


class ReleaseRow(serializers.Serializer):
    id = serializers.IntegerField()
    project = serializers.IntegerField()
    number = serializers.IntegerField(min_value=1)
    state = serializers.ChoiceField(["waiting", "building", "ready", "failed"])
    seed = serializers.IntegerField()
    created_at = serializers.DateTimeField()
    ready_at = serializers.DateTimeField(allow_null=True)


class ReleasePage(serializers.Serializer):
    results = ReleaseRow(many=True)
    next = serializers.CharField(allow_null=True, help_text="The address of the next page.")


class Release(ReleaseRow):
    manifest = serializers.DictField()
    files = ReleaseFile(many=True)
