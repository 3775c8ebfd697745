"""Addresses of labeling's pages, one list per noun. What each needs is config.routes."""

from django.urls import path

from labeling.views import answers, components, guideline, home, workbench

app_name = "labeling"

labeler = [
    path("", home.home, name="home"),
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
    path("leases/<int:lease_id>/draft/", workbench.draft, name="draft"),
]

urlpatterns = [*labeler]
