"""What a lead adds to the guideline in force: translations and examples."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from labeling import access
from labeling.forms.words import ExampleForm, TranslationForm
from labeling.models import GuidelineExample
from labeling.operations.errors import LabelingError
from labeling.operations.guidelines import add_example, publish_translation, withdraw_example
from labeling.queries.guidelines import examples_in_force
from labeling.queries.projects import current_guideline, schema_of
from labeling.views.guideline import example_row, newest_schema_id
from labeling.views.own_words import language_name
from people.permissions import Permission as May
from people.views.signed_in import person


@require_http_methods(["GET", "HEAD", "POST"])
def translations(request: HttpRequest, project_id: int) -> HttpResponse:
    """The languages of the version in force, and a form for one more."""
    project = access.project_with(person(request), project_id, May.MANAGE_PROJECTS)
    current = current_guideline(project)
    form = TranslationForm(request.POST or None)
    if request.method == "POST" and current is not None and form.is_valid():
        try:
            made = publish_translation(guideline=current, by=person(request), **form.cleaned_data)
        except LabelingError as error:
            form.add_error("language", error.why)
        else:
            messages.success(
                request, f"Version {current.version} can be read in {language_name(made.language)} now."
            )
            return redirect("labeling:translations", project.pk)
    there = [] if current is None else current.translations.order_by("language")
    context = {
        "project": project,
        "form": form,
        "current": current,
        "original": "" if current is None else language_name(current.language),
        "rows": [(row.language, language_name(row.language), row.published_at) for row in there],
    }
    return render(request, "labeling/words/translations.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def examples(request: HttpRequest, project_id: int) -> HttpResponse:
    """The examples in force as chips, and a form for one more."""
    project = access.project_with(person(request), project_id, May.MANAGE_PROJECTS)
    schema_id = newest_schema_id(project)
    schema = None if schema_id is None else schema_of(schema_id)
    form = ExampleForm(request.POST or None, schema=schema)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            add_example(
                project=project,
                text=given["text"],
                kind=given["kind"],
                expected=form.expected(),
                severity=given["severity"],
                note=given["note"],
                language=given["language"],
                by=person(request),
            )
        except LabelingError as error:
            form.add_error("text", error.why)
        else:
            messages.success(
                request, "The example stands beside the guideline now, hidden until it is asked for."
            )
            return redirect("labeling:examples", project.pk)
    context = {
        "project": project,
        "form": form,
        "current": current_guideline(project),
        "rows": [example_row(row, schema) for row in examples_in_force(project)],
    }
    return render(request, "labeling/words/examples.html", context, status=422 if form.errors else 200)


@require_POST
def example_withdraw(request: HttpRequest, example_id: int) -> HttpResponse:
    example = GuidelineExample.objects.select_related("project").filter(pk=example_id).first()
    if example is None or not access.may(person(request), example.project, May.MANAGE_PROJECTS):
        raise Http404
    withdraw_example(example=example, by=person(request))
    messages.success(request, "Withdrawn from this version and those to come.")
    return redirect("labeling:examples", example.project_id)
