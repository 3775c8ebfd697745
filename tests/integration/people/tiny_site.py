"""A site of six addresses with a route table of its own, to try the middleware on."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.urls import path
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from config import errors
from people.permissions import Permission
from people.queries import permissions_of
from people.routes import PUBLIC, SIGNED_IN, Route, route

REACHED = "reached"


@login_not_required
def open_page(request: HttpRequest) -> HttpResponse:
    return HttpResponse(REACHED)


def page(request: HttpRequest) -> HttpResponse:
    return HttpResponse(REACHED)


class ApiView(APIView):
    def get(self, request: Request) -> Response:
        held = sorted(permissions_of(request.user))
        return Response({"user": request.user.username, "held": held, "by_token": request.auth is not None})

    post = put = get


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    if request.path.startswith("/api/"):
        return errors.forbidden(request, exception)
    return HttpResponse("forbidden", status=403)


handler403 = forbidden

urlpatterns = [
    path("", page, name="home"),
    path("sign-in/", open_page, name="account_login"),
    path("open/", open_page, name="open"),
    path("mine/", page, name="mine"),
    path("labels/", page, name="labels"),
    path("people/", page, name="people"),
    path("unlisted/", page, name="unlisted"),
    path("api/mine/", ApiView.as_view(), name="api_mine"),
    path("api/labels/", ApiView.as_view(), name="api_labels"),
    path("api/releases/", ApiView.as_view(), name="api_releases"),
    path("api/unlisted/", ApiView.as_view(), name="api_unlisted"),
]

ROUTES: dict[str, Route] = {
    "home": route(get=SIGNED_IN),
    "account_login": route(get=PUBLIC),
    "open": route(get=PUBLIC),
    "mine": route(get=SIGNED_IN, post=SIGNED_IN),
    "labels": route(get=Permission.LABEL, post=Permission.LABEL),
    "people": route(get=Permission.MANAGE_PEOPLE),
    "api_mine": route(get=SIGNED_IN, post=SIGNED_IN),
    "api_labels": route(post=Permission.LABEL),
    "api_releases": route(get=Permission.READ_RELEASES, post=Permission.PUBLISH_RELEASES),
}
