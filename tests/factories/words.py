"""What stands beside tasks: examples, terms, questions. All of it invented and mild."""

from uuid import uuid4

from labeling.models import Appeal, GlossaryTerm, GuidelineExample, Project, Task, TaskQuestion
from labeling.operations.appeals import appeal
from labeling.operations.glossary import propose_term
from labeling.operations.guidelines import add_example
from labeling.operations.questions import ask_lead
from labeling.queries.undo import UNDOABLE
from people.models import User
from tests.factories.labeling import add_tasks, answered, rude, threat

EXAMPLE = "Whoever chose these curtains should be sent to the cellar."
WORD = "fishmonger"


def example_of(project: Project, by: User, text: str = EXAMPLE, **fields: object) -> GuidelineExample:
    """A clear case of rudeness beside the guideline in force."""
    wanted = {"kind": "yes", "expected": {"rude": 2}, "severity": 2, "note": "It is aimed at somebody."}
    return add_example(project=project, text=text, by=by, **{**wanted, **fields})


def masked_term_of(project: Project, by: User, word: str = WORD, **fields: object) -> GlossaryTerm:
    """A term whose word is hidden until somebody asks for it."""
    wanted = {"term": "word 1", "meaning": "Said of somebody who talks too loudly.", "accepted": True}
    return propose_term(project=project, by=by, word=word, **{**wanted, **fields})


def question_of(lease_id: int, by: User, text: str = "Does the second sentence count?") -> TaskQuestion:
    return ask_lead(lease_id=lease_id, by=by, text=text, question_id=uuid4())


def decided_task(project: Project, *people: User, disagree: bool = False) -> Task:
    """A task that these people answered, the first of them so long ago that their answer is final."""
    (task,) = add_tasks(project, 1, severity=1, first_position=1)
    for number, one in enumerate(people):
        answered(project, one, threat(1) if disagree and number == 0 else rude(1))
    add_tasks(project, UNDOABLE, severity=1)
    for _ in range(UNDOABLE):
        answered(project, people[0], {"categories": {}})
    task.refresh_from_db()
    return task


def appeal_of(task: Task, by: User, reason: str = "It is a joke between friends.") -> Appeal:
    return appeal(task=task, by=by, reason=reason)
