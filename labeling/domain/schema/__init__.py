"""Label schemas: what is asked about an item, and whether an answer fits.

A schema is a JSON document (docs/schema.md). `parse` checks all of it at once, so that whoever writes one sees every
mistake with its place. `validate_answers` turns a submitted answer into its one canonical form, an object of question
ids. Each kind of question is a module of this package that says what its answers look like.
"""

from labeling.domain.schema.categories import Categories, Category
from labeling.domain.schema.choice import Choice, Constraint, Option
from labeling.domain.schema.completions import Preference, Ranking
from labeling.domain.schema.document import (
    Answers,
    Schema,
    finds_harm,
    found_categories,
    parse,
    parse_new,
    reread,
    validate_answers,
    verdict,
)
from labeling.domain.schema.fields import AnswerError, Problem, SchemaError
from labeling.domain.schema.question import NOTHING, Question, Shape, When
from labeling.domain.schema.rating import Point, Rating
from labeling.domain.schema.spans import Spans
from labeling.domain.schema.texts import Correction, OwnWords, Rationale, is_own_words
from labeling.domain.schema.translation import (
    Texts,
    Translation,
    in_translation,
    read_translation,
    still_true,
    template_of,
    texts_of,
)

__all__ = [
    "NOTHING",
    "AnswerError",
    "Answers",
    "Categories",
    "Category",
    "Choice",
    "Constraint",
    "Correction",
    "Option",
    "OwnWords",
    "Point",
    "Preference",
    "Problem",
    "Question",
    "Ranking",
    "Rating",
    "Rationale",
    "Schema",
    "SchemaError",
    "Shape",
    "Spans",
    "Texts",
    "Translation",
    "When",
    "finds_harm",
    "found_categories",
    "in_translation",
    "is_own_words",
    "parse",
    "parse_new",
    "read_translation",
    "reread",
    "still_true",
    "template_of",
    "texts_of",
    "validate_answers",
    "verdict",
]
