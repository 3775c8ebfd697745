"""What people type on the pages of this app."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from people.keys import ACTIONS, BY_NAME, Action, as_key, called, clashes
from people.models import Team, User
from people.permissions import ROLES, TOKEN_SCOPES, Role
from people.queries import ALL, AllTeams, has_live_token_named, permissions_of
from people.text_fields import LineField

WHOLE_ORGANISATION = "The whole organisation"


class TokenForm(forms.Form):
    """A new token. Offers only what the person may do themself."""

    name = LineField(max_length=100, label="Name", help_text="What it is for, so that you know it again.")
    scopes = forms.MultipleChoiceField(widget=forms.CheckboxSelectMultiple, label="It may")
    days = forms.IntegerField(
        min_value=1,
        max_value=90,
        initial=30,
        label="Days",
        help_text="It ends after this many days, at most 90.",
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        held = permissions_of(user)
        scopes = self.fields["scopes"]
        assert isinstance(scopes, forms.MultipleChoiceField)  # noqa: S101 - declared above
        scopes.choices = [(scope.value, scope.in_words) for scope in TOKEN_SCOPES if scope in held]

    def clean_name(self) -> str:
        """The same form sent twice makes one token: a name is taken while its token lives."""
        name: str = self.cleaned_data["name"].strip()
        if has_live_token_named(user=self.user, name=name):
            raise forms.ValidationError("You have a token with this name already.", code="name_taken")
        return name


class InviteForm(forms.Form):
    """An invitation, for the teams where the person may give roles."""

    email = forms.EmailField(label="E-mail address")
    role = forms.ChoiceField(label="Role")
    team = forms.ModelChoiceField(Team.objects.none(), required=False, label="Team")

    def __init__(self, *args: Any, teams: set[int] | AllTeams, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        role, team = self.fields["role"], self.fields["team"]
        assert isinstance(role, forms.ChoiceField)  # noqa: S101 - declared above
        assert isinstance(team, forms.ModelChoiceField)  # noqa: S101 - declared above
        role.choices = [(role.value, ROLES[role].name) for role in Role]
        team.queryset = Team.objects.order_by("name")
        team.empty_label = WHOLE_ORGANISATION
        if teams is not ALL:
            team.queryset = team.queryset.filter(pk__in=teams)
            team.required = True
            team.empty_label = None


class KeysForm(forms.Form):
    """One field of one character for each action. An empty one means the usual key, and names it."""

    def __init__(self, *args: Any, own: dict[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for action in ACTIONS:
            usual = action.usual if len(action.usual) == 1 else ""
            field = forms.CharField(
                required=False, max_length=1, label=str(action.words), initial=own.get(action.name, usual)
            )
            field.widget.attrs.update(
                size=max(2, len(called(action.usual))),
                placeholder=called(action.usual),
                autocomplete="off",
                autocapitalize="off",
                spellcheck="false",
            )
            self.fields[action.name] = field

    def rows(self) -> Iterator[tuple[Action, forms.BoundField]]:
        return ((action, self[action.name]) for action in ACTIONS)

    def clean(self) -> dict[str, str]:
        """The own keys, by the name of the action. What is wrong is said at each field that it is about."""
        own = {}
        for name in BY_NAME:
            typed = self.cleaned_data.get(name, "")
            if not typed:
                continue
            try:
                own[name] = as_key(typed)
            except ValueError:
                self.add_error(name, _("Use one letter, one digit, or one of . , ; : + - * / ="))
        for name, other in clashes(own).items():
            self.add_error(
                name,
                _("“%(key)s” is also the key for: %(other)s. Choose another one for one of them.")
                % {"key": own[name], "other": other.words},
            )
        return own
