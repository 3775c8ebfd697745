"""Projects, as far as their label schema, guideline and progress."""

from django.http import Http404, HttpResponse
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request

from config.api.bodies import BodyInvalid
from config.api.endpoint import json, person
from config.api.shapes import problems
from labeling import access
from labeling.api import documents, pages
from labeling.api.endpoint import Endpoint
from labeling.api.shapes import projects as shapes
from labeling.queries.project_figures import task_counts
from labeling.queries.projects import current_guideline, current_schema

TAG = ["Projects"]


class Projects(Endpoint):
    """The projects of one's teams."""

    @extend_schema(
        operation_id="projects",
        tags=TAG,
        parameters=[shapes.PageQuery],
        responses={200: shapes.ProjectPage, **problems(400)},
    )
    def get(self, request: Request) -> HttpResponse:
        """Projects that this person labels in or looks after, by id."""
        after, limit = pages.asked_for(request)
        found = list(
            access.projects_with(person(request), *access.SEES)
            .select_related("team")
            .filter(pk__gt=after)
            .order_by("pk")[: limit + 1]
        )
        counts = task_counts([project.pk for project in found])
        rows = [documents.project_row(project, counts[project.pk]) for project in found]
        return json(pages.page(request, rows, limit=limit, key="id"))


class Project(Endpoint):
    """One project."""

    @extend_schema(
        operation_id="project",
        tags=TAG,
        parameters=[shapes.ProjectQuery],
        responses={200: shapes.Project, **problems(400, 404)},
    )
    def get(self, request: Request, project_id: int) -> HttpResponse:
        """With the label schema and guideline that hold now, or the versions that are asked for."""
        query = shapes.ProjectQuery(data=request.query_params.dict())
        if not query.is_valid():
            raise BodyInvalid("`schema` and `guideline` are numbers of versions.", query.errors)
        wanted = query.validated_data
        project = access.project_with(person(request), project_id, *access.SEES)
        row = documents.project_row(project, task_counts([project.pk])[project.pk])
        schema = current_schema(project, version=wanted.get("schema"))
        guideline = current_guideline(project, version=wanted.get("guideline"))
        if (schema is None and "schema" in wanted) or (guideline is None and "guideline" in wanted):
            raise Http404
        return json({**row, **documents.rules(schema, guideline)})
