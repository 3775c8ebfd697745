"""Addresses of the HTTP API. What each needs is config.routes."""

from django.urls import path
from drf_spectacular.views import SpectacularAPIView

from labeling.api import imports, leases, me, projects, questions, releases, schema_translations

app_name = "api"

urlpatterns = [
    path("schema/", SpectacularAPIView.as_view(), name="schema"),
    path("v1/projects", projects.Projects.as_view(), name="projects"),
    path("v1/projects/<int:project_id>", projects.Project.as_view(), name="project"),
    path(
        "v1/projects/<int:project_id>/schema/translations",
        schema_translations.SchemaTranslations.as_view(),
        name="schema_translations",
    ),
    path("v1/projects/<int:project_id>/claim", leases.Claim.as_view(), name="claim"),
    path("v1/projects/<int:project_id>/imports", imports.Imports.as_view(), name="imports"),
    path("v1/imports/<int:import_id>", imports.Import.as_view(), name="import"),
    path("v1/projects/<int:project_id>/releases", releases.Releases.as_view(), name="releases"),
    path("v1/releases/<int:release_id>", releases.Release.as_view(), name="release"),
    path("v1/releases/<int:release_id>/archive", releases.ReleaseArchive.as_view(), name="release_archive"),
    path(
        "v1/releases/<int:release_id>/files/<str:name>", releases.ReleaseFile.as_view(), name="release_file"
    ),
    path("v1/leases/<int:lease_id>/reveal", leases.Reveal.as_view(), name="reveal"),
    path("v1/leases/<int:lease_id>/step", leases.Step.as_view(), name="step"),
    path("v1/leases/<int:lease_id>/picture/<str:name>", leases.Picture.as_view(), name="picture"),
    path("v1/leases/<int:lease_id>/more", leases.More.as_view(), name="more"),
    path("v1/leases/<int:lease_id>/conceal", leases.Conceal.as_view(), name="conceal"),
    path("v1/leases/<int:lease_id>/annotation", leases.Annotation.as_view(), name="annotation"),
    path("v1/leases/<int:lease_id>/skip", leases.Skip.as_view(), name="skip"),
    path("v1/leases/<int:lease_id>/question", questions.Question.as_view(), name="question"),
    path("v1/me/exposure", me.MyExposure.as_view(), name="my_exposure"),
    path("v1/me/break", me.MyBreak.as_view(), name="my_break"),
    path("v1/me/stop", me.MyStop.as_view(), name="my_stop"),
]
