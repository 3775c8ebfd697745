"""Where each address leads. What it needs is config.routes."""

from allauth.account import views as account
from django.contrib.auth.decorators import login_not_required
from django.contrib.staticfiles.storage import staticfiles_storage
from django.http import HttpRequest, HttpResponseRedirect
from django.urls import include, path
from django.views.decorators.http import require_GET

from config.health import healthz, readyz


@login_not_required
@require_GET
def favicon(request: HttpRequest) -> HttpResponseRedirect:
    """Browsers ask for /favicon.ico whatever the page says; an honest answer keeps their console clean."""
    return HttpResponseRedirect(staticfiles_storage.url("favicon.svg"))


urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("readyz", readyz, name="readyz"),
    path("favicon.ico", favicon, name="favicon"),
    path("accounts/sign-in/", account.login, name="account_login"),
    path("accounts/sign-out/", account.logout, name="account_logout"),
    path("accounts/sign-up/", account.signup, name="account_signup"),
    path("api/v1/wellbeing/", include("wellbeing.api.urls")),
    path("api/", include("labeling.api.urls")),
    path("", include("people.urls")),
    path("", include("wellbeing.urls")),
    path("", include("labeling.urls")),
]

handler403 = "config.errors.forbidden"
handler404 = "config.errors.not_found"
handler500 = "config.errors.server_error"
