"""The test suite: a real PostgreSQL, jobs run in place, cheap password hashes."""

import os

os.environ.setdefault("SECRET_KEY", "only-for-tests-" + "x" * 40)
os.environ.setdefault("LEDGER_KEY", "only-for-tests-" + "y" * 40)
os.environ.setdefault("STATEMENT_KEY", "only-for-tests-" + "z" * 40)
os.environ.setdefault("PRIVATE_KEYS", "tests:" + "A" * 43)
os.environ.setdefault("SUPPORT_NAME", "Amara Lind, counsellor (invented, for the demo)")
os.environ.setdefault("SUPPORT_REACH", "Phone 555 0142, Monday to Friday, 9:00 to 17:00")
os.environ.setdefault("SUPPORT_REPLY", "within one working day")
os.environ.setdefault(
    "SUPPORT_OUT_OF_HOURS", "At any hour: 555 0199 (invented); In danger: your emergency number"
)
os.environ.setdefault("DATABASE_URL", "postgresql://respite_app@/respite?host=/nonexistent")

from config.settings.base import *  # noqa: F403 - settings modules extend each other by name

DEMO = True
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
CELERY_TASK_ALWAYS_EAGER = True
CELERY_TASK_EAGER_PROPAGATES = True
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
# A file is looked up when it is asked for, instead of all of them for each test client.
WHITENOISE_AUTOREFRESH = True
ACCOUNT_RATE_LIMITS = False
