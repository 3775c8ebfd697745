"""Claim, reveal, answer: the bodies of the labeler's half."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from labeling.domain.handout import Basis


class Nothing(serializers.Serializer):
    """An empty object, or no body at all."""


class ClaimRequest(serializers.Serializer):
    """Nothing at all, or what the person wants no more than for now."""

    at_most = serializers.IntegerField(
        min_value=0, max_value=4, default=4, help_text="No task that is expected to be more severe than this."
    )


class RevealRequest(serializers.Serializer):
    show = serializers.ChoiceField(
        ["masked", "parts", "full"],
        required=False,
        help_text="`masked`: the first part, listed words hidden. `parts`: the first part. `full`: everything. Without it: "
        "as the person has chosen for such items, else masked. What is expected to be severe begins no milder than the "
        "organisation allows.",
    )


class StepRequest(serializers.Serializer):
    to = serializers.ChoiceField(
        ["part", "words", "full", "tile", "picture", "colour", "grey"],
        help_text="`part`: the next part. `words`: the hidden words of what is shown. `full`: everything. Of a picture "
        "that is shown small and grey: `tile`, one sharp tile of 16; `picture`, all of it, grey; then `colour` or `grey`.",
    )
    part = serializers.IntegerField(
        min_value=1,
        max_value=10_000,
        required=False,
        help_text="With `part`, and required there: the number of the part asked for, one more than the last one shown. "
        "With `tile`: the number of the tile, from 1, row by row.",
    )

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if attrs["to"] in ("part", "tile") and "part" not in attrs:
            raise serializers.ValidationError({"part": ["Say which part."]})
        return attrs


class MoreRequest(serializers.Serializer):
    window = serializers.IntegerField(min_value=1, max_value=1000, help_text="The window to extend.")


LETTER = {"type": "string", "pattern": "^[A-J]$"}
ANSWER = {
    "oneOf": [
        {
            "title": "categories",
            "type": "object",
            "additionalProperties": {"type": "integer", "minimum": 0, "maximum": 4},
        },
        {
            "title": "choice, constraint or preference",
            "type": "string",
            "description": "The id of an option; the letter of a completion, or `tie`.",
        },
        {"title": "rating", "type": "integer", "minimum": 0, "maximum": 10},
        {
            "title": "ranking",
            "type": "array",
            "description": "Groups of letters, the best first.",
            "items": {"type": "array", "items": LETTER, "minItems": 1},
        },
        {
            "title": "spans",
            "type": "array",
            "items": {
                "type": "object",
                "required": ["block", "label"],
                "properties": {
                    "block": {"type": "integer", "minimum": 0},
                    "start": {"type": "integer", "minimum": 0},
                    "end": {"type": "integer", "minimum": 1},
                    "words": {
                        "type": "array",
                        "items": {"type": "integer", "minimum": 1},
                        "minItems": 2,
                        "maxItems": 2,
                    },
                    "label": {"type": "string"},
                },
            },
        },
        {
            "title": "rationale or correction",
            "type": "object",
            "required": ["text"],
            "properties": {"text": {"type": "string"}, "completion": LETTER},
        },
    ]
}


@extend_schema_field({"type": "object", "additionalProperties": ANSWER})
class AnswersField(serializers.DictField):
    """An object here; whether it fits the label schema is for the operation to say, place by place."""


class AnnotationRequest(serializers.Serializer):
    answers = AnswersField(help_text="Question id → its answer, of the form that its kind has.")


class Lease(serializers.Serializer):
    id = serializers.IntegerField()
    project = serializers.IntegerField()
    task = serializers.IntegerField()
    claimed_at = serializers.DateTimeField()
    expires_at = serializers.DateTimeField()
    opened_at = serializers.DateTimeField(allow_null=True, help_text="The first reveal.")
    schema = serializers.IntegerField(
        min_value=1,
        help_text="The version of the label schema that the answer must fit, whatever comes after it.",
    )
    guideline = serializers.IntegerField(
        min_value=1,
        allow_null=True,
        help_text="The version of the guideline that goes with it, if there was one.",
    )


class Card(serializers.Serializer):
    """What may be known of an item before it is revealed."""

    item = serializers.CharField(help_text="The item's own id, as imported.")
    kind = serializers.ChoiceField(["text", "pair", "conversation", "image"])
    language = serializers.CharField(allow_blank=True, help_text="BCP 47 tag; empty when nobody said.")
    words = serializers.IntegerField(min_value=0)
    parts = serializers.IntegerField(min_value=0)
    completions = serializers.IntegerField(
        min_value=0, help_text="How many there are; answers call them A, B, C …"
    )
    expected_severity = serializers.IntegerField(min_value=0, max_value=4)
    basis = serializers.ChoiceField(
        [basis.value for basis in Basis],
        help_text="Whose estimate it is. `unproved`: the item's own is milder, and its source not proved right yet.",
    )
    categories = serializers.ListField(child=serializers.CharField())
    neutral_line = serializers.CharField(allow_blank=True)


class Claimed(serializers.Serializer):
    lease = Lease()
    card = Card()


class View(serializers.Serializer):
    state = serializers.ChoiceField(["none", "open", "closed", "overdue", "settled"])
    window = serializers.IntegerField(min_value=0, help_text="Send it with `more`.")
    window_ends_at = serializers.DateTimeField(allow_null=True)
    seconds_left = serializers.IntegerField(min_value=0)
    disclosed_share = serializers.IntegerField(min_value=0, max_value=1000, help_text="Thousandths.")


class Viewed(serializers.Serializer):
    view = View()


class Run(serializers.Serializer):
    """Text, or the place of a hidden word with the kind of harm it is listed under; never both."""

    text = serializers.CharField(required=False, allow_blank=True, trim_whitespace=False)
    hidden = serializers.CharField(required=False)


class Segment(serializers.Serializer):
    label = serializers.CharField(allow_blank=True)
    is_context = serializers.BooleanField()
    continued = serializers.BooleanField(help_text="Its start was in an earlier part.")
    block = serializers.IntegerField(min_value=0, help_text="The number of its block in the item, from 0.")
    offset = serializers.IntegerField(min_value=0, help_text="The character of the block that it begins at.")
    runs = Run(many=True)


class Part(serializers.Serializer):
    number = serializers.IntegerField(min_value=1)
    segments = Segment(many=True)


class LeaseAfter(serializers.Serializer):
    id = serializers.IntegerField()
    expires_at = serializers.DateTimeField()


class Disclosed(serializers.Serializer):
    words = serializers.IntegerField(min_value=0)
    of_words = serializers.IntegerField(min_value=0)
    parts_left = serializers.IntegerField(min_value=0)
    words_hidden = serializers.BooleanField()


class Picture(serializers.Serializer):
    step = serializers.ChoiceField(["nothing", "low", "tiles", "full"])
    tiles = serializers.ListField(child=serializers.IntegerField(min_value=1, max_value=16))
    in_colour = serializers.BooleanField()
    files = serializers.ListField(
        child=serializers.CharField(),
        help_text="Addresses of the JPEG files that the screen shows, while the view is open.",
    )


class Shown(serializers.Serializer):
    lease = LeaseAfter()
    view = View()
    shown = Disclosed()
    parts = Part(many=True)
    picture = Picture(allow_null=True, help_text="Of an image item; its part has no segments.")


class Extended(serializers.Serializer):
    lease = LeaseAfter()
    view = View()


class Submitted(serializers.Serializer):
    annotation = serializers.IntegerField()
    task = serializers.IntegerField()
    decision = serializers.ChoiceField(
        ["open", "decided", "contested"], help_text="The task's state after it."
    )
    is_extra = serializers.BooleanField(
        help_text="It came too late for its slot and counts once all the same."
    )
    repeated = serializers.BooleanField(help_text="The same answer had been stored before.")


class QuestionRequest(serializers.Serializer):
    text = serializers.CharField(
        allow_blank=True,
        max_length=5_000,
        help_text="At most 600 letters. Do not copy the words of the item.",
    )
    id = serializers.UUIDField(
        required=False, help_text="A number of your own making: sent twice, it is one question."
    )


class Asked(serializers.Serializer):
    question = serializers.UUIDField()
