"""All addresses of a tool that has the gate and nothing else, and what they need."""

from django.urls import include, path

from people.permissions import Permission
from people.routes import Route, route

POSTS = ("clear", "reveal", "step", "more", "conceal", "settle", "stop")

ROUTES: dict[str, Route] = {
    "gate:exposure": route(get=Permission.METER),
    **{f"gate:{name}": route(post=Permission.METER) for name in POSTS},
}

urlpatterns = [path("api/v1/wellbeing/", include("wellbeing.api.urls"))]
