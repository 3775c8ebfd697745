"""A new project, and new versions of what labelers work by."""

from typing import Any

from django import forms

from labeling.models import Project
from labeling.schema_templates import TEMPLATES
from people.models import Team
from people.queries import ALL, AllTeams
from people.text_fields import LineField, LinesField

OWN_SCHEMA = ""
LONGEST_GUIDELINE = 100_000
LONGEST_PURPOSE = 500
PURPOSE = "What the labels are for"
PURPOSE_HELP = "One or two plain sentences for labelers: which filter or classifier, and whom it protects."
LANGUAGE_TAG = r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*$"
STRATEGIES = (
    ("two_plus_one", "2+1: two people, and a third only where they differ"),
    ("fixed_1", "One person each"),
    ("fixed_2", "Two people each"),
    ("fixed_3", "Three people each"),
    ("fixed_5", "Five people each"),
)


class ProjectForm(forms.Form):
    """A new project in one of the teams where its maker may set projects up."""

    name = LineField(max_length=120, label="Name")
    team = forms.ModelChoiceField(Team.objects.none(), label="Team")
    description = LineField(
        max_length=500,
        required=False,
        label="Description",
        help_text="One line, for the people who look after it.",
    )
    purpose = LineField(max_length=LONGEST_PURPOSE, required=False, label=PURPOSE, help_text=PURPOSE_HELP)
    schema = forms.ChoiceField(
        label="Label schema",
        help_text="Where to start from, in every language of the pages. You can publish a version of your own later.",
    )
    strategy = forms.ChoiceField(
        choices=STRATEGIES,
        label="How many people",
        help_text="2+1 gives the same label as three people, with about a quarter fewer looks.",
    )
    full_view = forms.ChoiceField(
        choices=Project.FullView.choices,
        initial=Project.FullView.NEVER,
        required=False,
        label="All of an item before an answer",
        help_text="By expected severity. How much somebody had seen is kept with each answer.",
    )
    guideline = LinesField(
        max_length=LONGEST_GUIDELINE,
        widget=forms.Textarea(attrs={"rows": 12}),
        label="Guideline",
        help_text="What labelers read beside each task. A detailed guideline helps agreement more than more people do.",
    )

    def __init__(self, *args: Any, teams: set[int] | AllTeams, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        team, schema = self.fields["team"], self.fields["schema"]
        assert isinstance(team, forms.ModelChoiceField)  # noqa: S101 - declared above
        assert isinstance(schema, forms.ChoiceField)  # noqa: S101 - declared above
        team.queryset = Team.objects.order_by("name")
        if teams is not ALL:
            team.queryset = team.queryset.filter(pk__in=teams)
        schema.choices = [(template.key, template.title) for template in TEMPLATES]


class PurposeForm(forms.Form):
    """What labelers read of what the work is good for."""

    purpose = LinesField(
        max_length=LONGEST_PURPOSE,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        label=PURPOSE,
        help_text=PURPOSE_HELP,
    )


class GuidelineForm(forms.Form):
    """The whole text of the next version."""

    body = LinesField(
        max_length=LONGEST_GUIDELINE, widget=forms.Textarea(attrs={"rows": 24}), label="Guideline"
    )


class SchemaForm(forms.Form):
    """The next version of the label schema: a file, or the document pasted."""

    MAX_BYTES = 512 * 1024

    file = forms.FileField(required=False, label="JSON file")
    document = forms.CharField(
        required=False,
        max_length=MAX_BYTES,
        widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "false"}),
        label="Or the document itself",
        help_text="Every mistake is listed with its place before anything is published.",
    )

    def clean(self) -> dict[str, Any]:
        """Puts the text of the document, wherever it came from, under `text`."""
        values = super().clean() or {}
        file = values.get("file")
        if file is not None and file.size > self.MAX_BYTES:
            raise forms.ValidationError("The document is at most 512 kB.", code="too_large")
        try:
            values["text"] = file.read().decode("utf-8-sig") if file else values.get("document", "")
        except UnicodeDecodeError as error:
            raise forms.ValidationError("The file is not UTF-8 text.", code="encoding") from error
        if not values["text"].strip():
            raise forms.ValidationError("Choose a file or paste the document.", code="empty")
        return values


class SchemaTranslationForm(SchemaForm):
    """A filled-in translation of the label schema in force, as a file or pasted."""
