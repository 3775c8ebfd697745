"""Addresses of the gate for another review tool. What each needs is config.routes."""

from django.urls import path

from wellbeing.api import gate

app_name = "gate"

urlpatterns = [
    path("clear", gate.Clear.as_view(), name="clear"),
    path("reveal", gate.Reveal.as_view(), name="reveal"),
    path("step", gate.Step.as_view(), name="step"),
    path("more", gate.More.as_view(), name="more"),
    path("conceal", gate.Conceal.as_view(), name="conceal"),
    path("settle", gate.Settle.as_view(), name="settle"),
    path("stop", gate.Stop.as_view(), name="stop"),
    path("exposure", gate.TeamExposure.as_view(), name="exposure"),
]
