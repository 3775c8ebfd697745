"""Addresses of labeling's pages, one list per noun. What each needs is config.routes."""

from django.urls import path

from labeling.views import (
    answers,
    appeals,
    at_most,
    beside,
    components,
    glossary,
    guideline,
    guideline_edit,
    guideline_extras,
    home,
    imports,
    picture,
    project_settings,
    projects,
    questions,
    release_notes,
    releases,
    rules_changed,
    schema,
    schema_translations,
    unsent,
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
    path("leases/<int:lease_id>/picture/<str:name>/", picture.picture, name="picture"),
    path("leases/<int:lease_id>/more/", workbench.more, name="more"),
    path("leases/<int:lease_id>/conceal/", workbench.conceal, name="conceal"),
    path("leases/<int:lease_id>/submit/", workbench.submit, name="submit"),
    path("leases/<int:lease_id>/skip/", workbench.skip, name="skip"),
    path("leases/<int:lease_id>/problem/", workbench.problem, name="problem"),
    path("leases/<int:lease_id>/risk/", workbench.risk, name="risk"),
    path("leases/<int:lease_id>/unsent/", unsent.unsent, name="unsent"),
    path("leases/<int:lease_id>/draft/", workbench.draft, name="draft"),
]

projects_pages = [
    path("projects/", projects.projects, name="projects"),
    path("projects/new/", projects.project_new, name="project_new"),
    path("projects/<int:project_id>/", projects.project, name="project"),
    path(
        "projects/<int:project_id>/settings/",
        project_settings.project_settings,
        name="project_settings",
    ),
    path("projects/<int:project_id>/state/", projects.project_state, name="project_state"),
    path("projects/<int:project_id>/schema/", schema.schema, name="schema"),
    path(
        "projects/<int:project_id>/schema/translations/",
        schema_translations.schema_translations,
        name="schema_translations",
    ),
    path(
        "projects/<int:project_id>/schema/translations/file/",
        schema_translations.schema_translation_file,
        name="schema_translation_file",
    ),
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
    path("releases/<int:release_id>/archive/", releases.release_all, name="release_archive"),
    path("releases/<int:release_id>/files/<str:name>/", releases.release_file, name="release_file"),
]

words = [
    path(
        "projects/<int:project_id>/guideline/versions/",
        rules_changed.guideline_versions_page,
        name="guideline_versions",
    ),
    path("projects/<int:project_id>/rules/read/", rules_changed.rules_read, name="rules_read"),
    path(
        "projects/<int:project_id>/guideline/translations/",
        guideline_extras.translations,
        name="translations",
    ),
    path("projects/<int:project_id>/guideline/examples/", guideline_extras.examples, name="examples"),
    path("examples/<int:example_id>/withdraw/", guideline_extras.example_withdraw, name="example_withdraw"),
    path("examples/<int:example_id>/look/", beside.example_look, name="example_look"),
    path("terms/<int:term_id>/look/", beside.word_look, name="word_look"),
    path("looks/<int:look_id>/hide/", beside.look_hide, name="look_hide"),
    path("projects/<int:project_id>/glossary/", glossary.glossary, name="glossary"),
    path("terms/<int:term_id>/note/", glossary.term_note, name="term_note"),
    path("terms/<int:term_id>/decide/", glossary.term_decide, name="term_decide"),
    path("terms/<int:term_id>/translate/", glossary.term_translate, name="term_translate"),
    path("leases/<int:lease_id>/question/", questions.question, name="question"),
    path("me/questions/", questions.my_questions, name="my_questions"),
    path("me/questions/read/", questions.my_questions_read, name="my_questions_read"),
    path("questions/", questions.questions, name="questions"),
    path("questions/<uuid:question_id>/reply/", questions.question_reply, name="question_reply"),
    path("projects/<int:project_id>/decisions/", appeals.decisions, name="decisions"),
    path("tasks/<int:task_id>/appeal/", appeals.appeal_page, name="appeal"),
    path("appeals/", appeals.appeals, name="appeals"),
    path("appeals/<int:task_id>/answer/", appeals.appeal_answer, name="appeal_answer"),
]

urlpatterns = [*labeler, *words, *projects_pages, *imports_pages, *releases_pages]
