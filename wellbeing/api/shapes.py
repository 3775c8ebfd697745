"""The bodies of the gate, in and out."""

from typing import Any

from rest_framework import serializers

from config.api.shapes import Problem
from wellbeing.interface import Modality, RefusalCode, ViewState

MOST_WORDS = 1_000_000
NO_MORE_THAN_THERE_ARE = "More words are shown than there are."


class GatePerson(serializers.Serializer):
    person = serializers.CharField(max_length=150, help_text="The username of the person who works.")


class GateOccasion(GatePerson):
    occasion = serializers.RegexField(
        r"^[\x21-\x7e]{1,200}\Z",
        trim_whitespace=False,
        help_text="Your own name for what is looked at, the same in every request about it. Nobody else's meets it.",
    )


class GateCategories(serializers.ListField):
    child = serializers.CharField(max_length=100)

    def __init__(self, **options: Any) -> None:
        super().__init__(max_length=50, default=list, **options)


class GateStimulus(serializers.Serializer):
    modality = serializers.ChoiceField([modality.value for modality in Modality])
    severity = serializers.IntegerField(min_value=0, max_value=4, help_text="The expected one.")
    basis = serializers.CharField(
        max_length=200, default="", allow_blank=True, help_text="Where it came from."
    )
    confirmed_benign = serializers.BooleanField(
        default=False, help_text="Only for severity 0 that people have confirmed: it passes a spent budget."
    )
    categories = GateCategories()
    words = serializers.IntegerField(min_value=0, max_value=MOST_WORDS, default=0)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if attrs["confirmed_benign"] and attrs["severity"]:
            raise serializers.ValidationError({"confirmed_benign": ["Only severity 0 can be confirmed."]})
        return attrs


class GateDisclosure(serializers.Serializer):
    """How much is shown, earlier steps included. An image has no words and is shown in full."""

    words = serializers.IntegerField(min_value=0, max_value=MOST_WORDS)
    of_words = serializers.IntegerField(min_value=0, max_value=MOST_WORDS)
    full = serializers.BooleanField(default=False)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if attrs["words"] > attrs["of_words"]:
            raise serializers.ValidationError({"words": [NO_MORE_THAN_THERE_ARE]})
        return attrs


class GateShowing(GateOccasion):
    disclosure = GateDisclosure()
    words_per_minute = serializers.IntegerField(
        min_value=40, max_value=200, required=False, help_text="Unless given, the person's own pace."
    )


class GateRevealRequest(GateShowing):
    stimulus = GateStimulus()


class GateMoreRequest(GateOccasion):
    window = serializers.IntegerField(min_value=1, max_value=1000, help_text="The window to extend.")


class GateSettleRequest(GateOccasion):
    verdict = serializers.IntegerField(
        min_value=0, max_value=4, allow_null=True, help_text="The answer's severity; null if there is none."
    )
    categories = GateCategories(help_text="Those that the answer found.")


class GateClearance(serializers.Serializer):
    """What may be handed out now. Try `preferred_max_severity` first where it is set."""

    max_severity = serializers.IntegerField(min_value=0, max_value=4)
    preferred_max_severity = serializers.IntegerField(min_value=0, max_value=4, allow_null=True)
    refused_categories = serializers.ListField(
        child=serializers.CharField(),
        help_text="By the person's own choice, or resting: not said which. Use it and forget it; never show it.",
    )
    confirmed_benign_only = serializers.BooleanField()
    takes_unrated = serializers.BooleanField(help_text="Whether what nobody has rated may be theirs.")
    wait_until = serializers.DateTimeField(
        allow_null=True, help_text="Until then a milder one, or off screen."
    )
    wait_max_severity = serializers.IntegerField(min_value=0, max_value=4, allow_null=True)


class GateView(serializers.Serializer):
    occasion = serializers.CharField()
    state = serializers.ChoiceField([state.value for state in ViewState])
    window = serializers.IntegerField(min_value=1, help_text="Send it with `more`.")
    window_ends_at = serializers.DateTimeField()
    seconds_left = serializers.IntegerField(min_value=0, help_text="Blank the screen when they are over.")
    disclosed_share = serializers.IntegerField(min_value=250, max_value=1000, help_text="Thousandths.")


class GateStopped(serializers.Serializer):
    """A paid break runs."""

    started_at = serializers.DateTimeField()
    ends_at = serializers.DateTimeField()
    until = serializers.DateTimeField(help_text="When work can go on.")


class GateAmount(serializers.Serializer):
    used = serializers.IntegerField(min_value=0)
    limit = serializers.IntegerField(min_value=0)


class GateExposure(serializers.Serializer):
    """Against the policy, as a team lead sees it. The person sees that you looked."""

    day = serializers.DateField()
    points = GateAmount()
    open_ms = GateAmount()
    week_points = GateAmount()
    plannable_points = serializers.IntegerField(min_value=0)
    in_words = serializers.CharField()


class GateRefusal(Problem):
    """Not now. `why` is the sentence for the person."""

    code = serializers.ChoiceField(
        [code.value for code in RefusalCode if code is not RefusalCode.CONSENT_NEEDED]
    )
    until = serializers.DateTimeField(allow_null=True, help_text="When asking again can succeed, if known.")
    why = serializers.CharField()
