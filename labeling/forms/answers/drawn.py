"""What templates/labeling/workbench/_answers.html draws: one `Drawn` a question, of the kind that it names."""

from dataclasses import dataclass

from labeling.domain.schema import Question, When
from labeling.forms.answers.words import prompt_of


@dataclass(frozen=True, kw_only=True)
class Drawn:
    """A question on the page. `when_values` are the answers to `when_question` that it is asked after, if any."""

    kind: str
    id: str
    prompt: str
    when: When | None = None
    is_optional: bool = False
    defined: tuple[object, ...] = ()
    """What has a definition to print beside the task: each has name, definition, yes, no."""

    @property
    def when_values(self) -> str:
        return " ".join(sorted(self.when.values)) if self.when else ""

    @property
    def partial(self) -> str:
        """The template that draws it."""
        kind = "choice" if self.kind in {"constraint", "rating", "preference"} else self.kind
        return f"labeling/workbench/answers/_{'text' if kind in {'rationale', 'correction'} else kind}.html"


def common(question: Question) -> dict[str, object]:
    """What every kind draws alike."""
    return {
        "kind": question.kind,
        "id": question.id,
        "prompt": prompt_of(question),
        "when": question.when,
        "is_optional": question.is_optional,
    }
