"""Claim, reveal, answer: the bodies of the labeler's half."""

from rest_framework import serializers


class Nothing(serializers.Serializer):
    """An empty object, or no body at all."""


class RevealRequest(serializers.Serializer):
    show = serializers.ChoiceField(["masked", "full"], default="masked")


class StepRequest(serializers.Serializer):
    to = serializers.ChoiceField(
        ["part", "words", "full"],
        help_text="`part`: the next part. `words`: the hidden words of what is shown. `full`: everything.",
    )


class MoreRequest(serializers.Serializer):
    window = serializers.IntegerField(min_value=1, max_value=1000, help_text="The window to extend.")


class AnnotationRequest(serializers.Serializer):
    answers = serializers.DictField(
        child=serializers.DictField(child=serializers.IntegerField(min_value=0, max_value=4)),
        help_text="Question id → category id → severity.",
    )
