"""Addresses of labeling's pages, one list per noun. What each needs is config.routes."""

from django.urls import path

from labeling.views import (
    answers,
    at_most,
    components,
    guideline,
    guideline_edit,
    home,
    imports,
    projects,
    purpose,
    release_notes,
    releases,
    schema,
    workbench,
)

app_name = "labeling"

labeler = [
    path("", home.home, name="home"),
    path("at-most/", at_most.at_most, name="at_most"),
    path("my-releases/", release_notes.my_releases, name="my_releases"),
    path("my-releases/seen/", release_notes.my_releases_seen, name="my_releases_seen"),
    path("components/", components.components, name="components"),
    path("projects/<int:project_id>/label/", workbench.workbench, name="workbench"),
    path("projects/<int:project_id>/claim/", workbench.claim, name="claim"),
    path("projects/<int:project_id>/guideline/", guideline.guideline, name="guideline"),
    path("projects/<int:project_id>/answers/", answers.undo, name="undo"),
    path("answers/<int:annotation_id>/", answers.revise, name="revise"),
    path("leases/<int:lease_id>/reveal/", workbench.reveal, name="reveal"),
    path("leases/<int:lease_id>/step/", workbench.step, name="step"),
    path("leases/<int:lease_id>/more/", workbench.more, name="more"),
    path("leases/<int:lease_id>/conceal/", workbench.conceal, name="conceal"),
    path("leases/<int:lease_id>/submit/", workbench.submit, name="submit"),
    path("leases/<int:lease_id>/skip/", workbench.skip, name="skip"),
    path("leases/<int:lease_id>/problem/", workbench.problem, name="problem"),
    path("leases/<int:lease_id>/risk/", workbench.risk, name="risk"),
    path("leases/<int:lease_id>/draft/", workbench.draft, name="draft"),
]

projects_pages = [
    path("projects/", projects.projects, name="projects"),
    path("projects/new/", projects.project_new, name="project_new"),
    path("projects/<int:project_id>/", projects.project, name="project"),
    path("projects/<int:project_id>/purpose/", purpose.purpose, name="purpose"),
    path("projects/<int:project_id>/state/", projects.project_state, name="project_state"),
    path("projects/<int:project_id>/schema/", schema.schema, name="schema"),
    path("projects/<int:project_id>/guideline/edit/", guideline_edit.guideline_edit, name="guideline_edit"),
]

imports_pages = [
    path("projects/<int:project_id>/imports/new/", imports.import_new, name="import_new"),
    path("imports/<int:import_id>/", imports.item_import, name="import"),
    path("imports/<int:import_id>/errors/", imports.import_errors, name="import_errors"),
]

releases_pages = [
    path("projects/<int:project_id>/releases/new/", releases.release_new, name="release_new"),
    path("releases/<int:release_id>/", releases.release, name="release"),
    path("releases/<int:release_id>/files/<str:name>/", releases.release_file, name="release_file"),
]

urlpatterns = [*labeler, *projects_pages, *imports_pages, *releases_pages]
