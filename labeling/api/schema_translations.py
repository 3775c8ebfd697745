"""The words of a label schema in other languages."""

from django.http import Http404, HttpResponse
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request

from config.api import bodies
from config.api.bodies import BodyInvalid
from config.api.endpoint import json, person
from config.api.shapes import problems
from labeling import access
from labeling.api import documents
from labeling.api.endpoint import Endpoint
from labeling.api.shapes import projects as shapes
from labeling.operations.schema_words import translate_schema
from labeling.queries.projects import current_schema, schema_of
from labeling.queries.schema_words import translations_of
from people.permissions import Permission as May

TAG = ["Projects"]


class SchemaTranslations(Endpoint):
    """The translations of a label schema."""

    @extend_schema(
        operation_id="schema_translations",
        tags=TAG,
        parameters=[shapes.SchemaVersionQuery],
        responses={200: shapes.SchemaTranslations, **problems(400, 404)},
    )
    def get(self, request: Request, project_id: int) -> HttpResponse:
        """Every text of the version in force, or of the one that is asked for, and what is translated in each language."""
        query = shapes.SchemaVersionQuery(data=request.query_params.dict())
        if not query.is_valid():
            raise BodyInvalid("`schema` is the number of a version.", query.errors)
        project = access.project_with(person(request), project_id, *access.SEES)
        published = current_schema(project, version=query.validated_data.get("schema"))
        if published is None:
            raise Http404
        return json(
            documents.schema_translations(published, schema_of(published.pk), translations_of(published))
        )

    @extend_schema(
        operation_id="translate_schema",
        tags=TAG,
        request=shapes.SchemaTranslationRequest,
        responses={201: shapes.SchemaTranslation, **problems(400, 404, 409, 413, 422)},
    )
    def post(self, request: Request, project_id: int) -> HttpResponse:
        """Add or replace the translation of the version in force in one language. Sent twice, it is one revision."""
        by = person(request)
        project = access.project_with(by, project_id, May.MANAGE_PROJECTS)
        asked = bodies.read(request, shapes.SchemaTranslationRequest)
        made = translate_schema(project=project, document=asked, by=by)
        return json(documents.schema_translation(made, schema_of(made.schema_id)), status=201)
