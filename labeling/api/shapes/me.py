"""One's own exposure and rest."""

from rest_framework import serializers


class BreakRequest(serializers.Serializer):
    kind = serializers.ChoiceField(
        ["micro", "long"], default="micro", help_text="If a longer one is due, it is that one that begins."
    )


class BreakStarted(serializers.Serializer):
    """A paid break. Work can go on at `until`."""

    kind = serializers.ChoiceField(["micro", "long"])
    started_at = serializers.DateTimeField()
    ends_at = serializers.DateTimeField()
    until = serializers.DateTimeField(help_text="When a break that is due is over, else the same as `ends_at`.")
