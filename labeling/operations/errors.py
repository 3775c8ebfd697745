"""What an operation can refuse for a reason of labeling's own. `code` is stable; `why` is for a person to read.

A refusal that belongs to exposure (a break, a budget, a window) is no error: it comes back as `outcomes.Refused`.
"""

from typing import ClassVar

from django.utils.translation import gettext

from people.sentences import sentence


class LabelingError(Exception):
    """Base of all of them."""

    code: ClassVar[str] = "invalid"
    why: str = sentence("This is not possible.")

    def __init__(self, why: str | None = None) -> None:
        self.why = why or type(self).why
        super().__init__(self.why)


class NotYours(LabelingError):
    """There is no such thing, or it is somebody else's; the two are not told apart."""

    code = "not_found"
    why = sentence("There is nothing here, or it is not yours to see.")


class ProjectPaused(LabelingError):
    code = "project_paused"
    why = sentence("This project is paused. Your team lead can say when it goes on.")


class NoSchema(LabelingError):
    code = "no_schema"
    why = sentence("This project does not say yet what it asks.")


class LeaseOpen(LabelingError):
    """The person has an opened task in another project."""

    code = "lease_open"

    def __init__(self, *, project_name: str) -> None:
        super().__init__(
            sentence("You have an open task in “{project}”. Answer or skip it first.", project=project_name)
        )


class LeaseExpired(LabelingError):
    """The lease is over, so nothing more is shown under it. An answer may still be given."""

    code = "lease_expired"
    why = sentence(
        "Your time with this task is over. Take the next one; what you typed is kept and can still be sent."
    )


class LeaseEnded(LabelingError):
    """The task was skipped or reported: it is gone for this person."""

    code = "lease_ended"
    why = sentence("You have already finished with this task.")


class PartNotNext(LabelingError):
    """A step asked for a part that does not come next."""

    code = "part_not_next"

    def __init__(self, *, shown: int, of: int) -> None:
        super().__init__(
            sentence(
                "Shown: {shown} of {of} parts. Ask for part {following} next.",
                shown=shown,
                of=of,
                following=shown + 1,
            )
            if shown < of
            else sentence("Shown: {shown} of {of} parts. There are no more.", shown=shown, of=of)
        )


class NotOnScreen(LabelingError):
    """A picture, or a step of one, that is not on the screen of an open view."""

    code = "not_on_screen"
    why = sentence("This picture is not open. Show the item first.")


class FullViewWanted(LabelingError):
    """The project wants the whole item on the screen before an answer."""

    code = "full_view_wanted"
    why = sentence(
        "This project asks you to see all of an item before you answer. Show the rest, or skip it."
    )


class NotRevealed(LabelingError):
    code = "not_revealed"
    why = sentence("You have not looked at this item yet.")


class AlreadySubmitted(LabelingError):
    """Another answer to the same task stands."""

    code = "already_submitted"
    why = sentence("You have answered this task already. You can change it under “My last answers”.")


class AnswersInvalid(LabelingError):
    """`places` lists every (path, message)."""

    code = "answers_invalid"
    why = sentence("Some of the answer is missing or does not fit.")

    def __init__(self, places: list[tuple[str, str]]) -> None:
        super().__init__()
        self.places = places


class SchemaInvalid(LabelingError):
    """`places` lists every (path, message)."""

    code = "schema_invalid"
    why = sentence("The schema has mistakes.")

    def __init__(self, places: list[tuple[str, str]]) -> None:
        super().__init__()
        self.places = places


class SettingsOvertaken(LabelingError):
    """Somebody else has changed what this person wants to change: `held` is each such field as it stands now."""

    code = "settings_overtaken"
    why = sentence("Somebody changed this while you had the page open.")

    def __init__(self, held: dict[str, str]) -> None:
        super().__init__()
        self.held = held


class TranslationInvalid(LabelingError):
    """`places` lists every (path, message)."""

    code = "translation_invalid"
    why = sentence("The translation has mistakes.")

    def __init__(self, places: list[tuple[str, str]]) -> None:
        super().__init__()
        self.places = places


class NotUndoable(LabelingError):
    code = "not_undoable"
    why = sentence("Only your last ten answers can be changed.")


class AnswerChanged(LabelingError):
    code = "answer_changed"
    why = sentence("This answer was changed in another window. Look at it again.")


class HandoutBusy(LabelingError):
    code = "busy"
    why = sentence("Many people are asking at this moment. Please try again.")


class SlugTaken(LabelingError):
    code = "slug_taken"
    why = sentence("There is a project with this short name already.")


class StrategyUnknown(LabelingError):
    code = "strategy_unknown"
    why = sentence("There is no such way of deciding.")


class NoGuideline(LabelingError):
    code = "no_guideline"
    why = sentence("Publish a guideline first.")


class TranslationThere(LabelingError):
    code = "translation_there"
    why = sentence(
        "This version has a text in that language already. A published text never changes: publish a new version."
    )


class ExampleEmpty(LabelingError):
    code = "example_empty"
    why = sentence("An example needs a text.")


class TextUnfit(LabelingError):
    """What was written is empty, too long, or holds signs that others cannot read (`why`)."""

    code = "text_unfit"

    def __init__(self, most: int, why: str = "") -> None:
        super().__init__(why or gettext("Write something, of at most %(most)s letters.") % {"most": most})


class QuestionOpen(LabelingError):
    """The person has asked about this task before, and waits for the reply."""

    code = "question_open"

    def __init__(self) -> None:
        super().__init__(
            gettext("You have asked about this task already. Your lead will reply to that first.")
        )


class NotAppealable(LabelingError):
    """The task is not decided, or the person's answer to it can still be changed."""

    code = "not_appealable"

    def __init__(self) -> None:
        super().__init__(gettext("There is no decision on a final answer of yours here."))


class TermThere(LabelingError):
    code = "term_there"

    def __init__(self) -> None:
        super().__init__(gettext("This term is in the glossary already, or somebody has proposed it."))
