"""wellbeing as another moderation tool would use it: with people, without labeling, pages or sign-on."""

from config.settings.test import *  # noqa: F403 - settings modules extend each other by name

INSTALLED_APPS = [
    "people",
    "wellbeing",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.postgres",
]
MIDDLEWARE: list[str] = []
TEMPLATES: list[dict[str, object]] = []
AUTHENTICATION_BACKENDS: list[str] = []
ROOT_URLCONF = "tests.wellbeing_alone.addresses"
