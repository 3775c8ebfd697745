"""What every endpoint of labeling shares: refusals become problem+json, whichever layer they come from."""

from django.http import HttpResponse

from config.api.endpoint import PlainEndpoint
from labeling.api import problems
from labeling.operations.errors import AnswersInvalid, LabelingError, SchemaInvalid, TranslationInvalid
from labeling.operations.outcomes import Refused
from wellbeing import interface


class Endpoint(PlainEndpoint):
    """An endpoint under which operations of labeling raise their errors."""

    def problem_of(self, error: Exception) -> HttpResponse | None:
        if isinstance(error, AnswersInvalid | SchemaInvalid | TranslationInvalid):
            places = [{"place": place, "message": message} for place, message in error.places]
            return problems.answer(error.code, error.why, errors=places)
        if isinstance(error, LabelingError):
            return problems.answer(error.code, error.why)
        return super().problem_of(error)


def refusal(outcome: Refused) -> HttpResponse:
    """The answer to "not now": a break, a budget, a window."""
    now = interface.now() if outcome.until is not None else None
    return problems.refused(outcome.code, outcome.why, until=outcome.until, now=now)
