"""One's own exposure and rest."""

from rest_framework import serializers

from wellbeing.interface import Budget


class BreakRequest(serializers.Serializer):
    kind = serializers.ChoiceField(
        ["micro", "long"], default="micro", help_text="If a longer one is due, it is that one that begins."
    )


class BreakStarted(serializers.Serializer):
    """A paid break. Work can go on at `until`."""

    kind = serializers.ChoiceField(["micro", "long"])
    started_at = serializers.DateTimeField()
    ends_at = serializers.DateTimeField()
    until = serializers.DateTimeField(
        help_text="When a break that is due is over, else the same as `ends_at`."
    )


class Amount(serializers.Serializer):
    used = serializers.IntegerField(min_value=0)
    limit = serializers.IntegerField(min_value=0)


class NextBreak(serializers.Serializer):
    seconds = serializers.IntegerField(
        min_value=0, allow_null=True, help_text="By the clock alone; 0 when it is due."
    )
    is_due = serializers.BooleanField()
    in_words = serializers.CharField(allow_blank=True)


class Exposure(serializers.Serializer):
    """Points are thousandths of an exposure point, open time is in milliseconds."""

    day = serializers.DateField()
    turns_at = serializers.DateTimeField(help_text="When the next day begins.")
    points = Amount()
    open_ms = Amount()
    week_points = Amount()
    month_points = Amount()
    is_spent = serializers.BooleanField(help_text="Only what is known to be harmless is left.")
    spent = serializers.ChoiceField(
        [budget.value for budget in Budget],
        allow_null=True,
        help_text="By which budget: the longest of those that are spent; `week` are 7 days, `month` are 28.",
    )
    opens_at = serializers.DateTimeField(
        allow_null=True,
        help_text="When there is room again, if nothing is shown until then; null if none is spent or nobody can say.",
    )
    in_words = serializers.CharField(
        help_text="Today's points or open time, whichever is nearer its limit, or that the limit of 7 or 28 days is "
        "reached. Open time counts whatever is answered."
    )
    next_break = NextBreak()
    resting_until = serializers.DateTimeField(allow_null=True)
