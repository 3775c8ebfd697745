"""wellbeing as another moderation tool would use it: with people, without labeling or pages, its gate over HTTP."""

from config.settings.test import *  # noqa: F403 - settings modules extend each other by name

INSTALLED_APPS = [
    "people",
    "wellbeing",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "rest_framework",
]
MIDDLEWARE = [
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "people.middleware.BearerTokenMiddleware",
    "people.middleware.SignInRequiredMiddleware",
    "people.middleware.RoutePermissionMiddleware",
]
TEMPLATES: list[dict[str, object]] = []
AUTHENTICATION_BACKENDS: list[str] = []
ROOT_URLCONF = "tests.wellbeing_alone.addresses"
ROUTE_TABLE = "tests.wellbeing_alone.addresses.ROUTES"
