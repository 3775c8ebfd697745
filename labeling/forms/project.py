"""A new project, its settings, and new versions of what labelers work by."""

from typing import Any

from django import forms

from labeling.models import Project
from labeling.operations.errors import SettingsOvertaken
from labeling.schema_templates import TEMPLATES
from people.models import Team
from people.queries import ALL, AllTeams
from people.text_fields import LineField, LinesField

OWN_SCHEMA = ""
LONGEST_GUIDELINE = 100_000
LANGUAGE_TAG = r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*$"
STRATEGIES = (
    ("two_plus_one", "2+1: two people, and a third only where they differ"),
    ("fixed_1", "One person each"),
    ("fixed_2", "Two people each"),
    ("fixed_3", "Three people each"),
    ("fixed_5", "Five people each"),
)


class ProjectFields(forms.Form):
    """What of a project can be changed at any time."""

    name = LineField(max_length=120, label="Name")
    description = LineField(
        max_length=500,
        required=False,
        label="Description",
        help_text="One line, for the people who look after it.",
    )
    purpose = LinesField(
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        label="What the labels are for",
        help_text="One or two plain sentences for labelers: which filter or classifier, and whom it protects.",
    )
    full_view = forms.ChoiceField(
        choices=Project.FullView.choices,
        initial=Project.FullView.NEVER,
        label="All of an item before an answer",
        help_text="By expected severity. How much somebody had seen is kept with each answer.",
    )


class SettingsForm(ProjectFields):
    """The settings of a project, each with what it was when the page was opened: two people may have it open at once."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.show_hidden_initial = True
        # In a new project nothing is open yet.
        at_once = "It holds from the next answer on, also for a task that is open then."
        self.fields["full_view"].help_text = f"{self.fields['full_view'].help_text} {at_once}"

    @property
    def seen(self) -> dict[str, str]:
        """The settings as they stood on the page that was sent, as far as it says so."""
        sent = {name: self.data.get(self.add_initial_prefix(name)) for name in self.fields}
        return {name: value for name, value in sent.items() if value is not None}

    def warn_of(self, overtaken: SettingsOvertaken) -> None:
        """Say at each field what somebody else has made of it. Sent once more, the form takes the place of that."""
        seen_now = {self.add_initial_prefix(name): value for name, value in overtaken.held.items()}
        self.data = {name: self.data[name] for name in self.data} | seen_now
        for name, value in overtaken.held.items():
            shown = Project.FullView(value).label if name == "full_view" else value
            now = f"is now “{shown}”" if shown else "is now empty"
            self.add_error(name, f"{overtaken.why} It {now}. Save again to put yours in its place.")


class ProjectForm(ProjectFields):
    """A new project in one of the teams where its maker may set projects up."""

    field_order = ("name", "team", "description", "purpose", "schema", "strategy", "full_view", "guideline")

    team = forms.ModelChoiceField(Team.objects.none(), label="Team")
    schema = forms.ChoiceField(
        label="Label schema",
        help_text="Where to start from, in every language of the pages. You can publish a version of your own later.",
    )
    strategy = forms.ChoiceField(
        choices=STRATEGIES,
        label="How many people",
        help_text="2+1 gives the same label as three people, with about a quarter fewer looks.",
    )
    guideline = LinesField(
        max_length=LONGEST_GUIDELINE,
        widget=forms.Textarea(attrs={"rows": 12}),
        label="Guideline",
        help_text="What labelers read beside each task. A detailed guideline helps agreement more than more people do.",
    )

    def __init__(self, *args: Any, teams: set[int] | AllTeams, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["full_view"].required = False  # who says nothing of it wants the usual
        team, schema = self.fields["team"], self.fields["schema"]
        assert isinstance(team, forms.ModelChoiceField)  # noqa: S101 - declared above
        assert isinstance(schema, forms.ChoiceField)  # noqa: S101 - declared above
        team.queryset = Team.objects.order_by("name")
        if teams is not ALL:
            team.queryset = team.queryset.filter(pk__in=teams)
        schema.choices = [(template.key, template.title) for template in TEMPLATES]


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
