"""What every way of running has in common. Each value that differs by place is read through config.env."""

import os
from pathlib import Path
from typing import Any

from csp.constants import NONE, SELF

from config import env
from config.languages import LANGUAGES as PAGE_LANGUAGES

BASE_DIR = Path(__file__).resolve().parent.parent.parent
STATE_DIR = Path(os.environ.get("RESPITE_HOME") or BASE_DIR / "var")

DEBUG = False
DEMO = False  # demo accounts and a movable clock; dev settings may switch it on, production never
SECRET_KEY = env.secret("SECRET_KEY")
LEDGER_KEY = env.secret("LEDGER_KEY")  # HMAC key of the exposure ledger's chains; never in the database
# Signs the statements that people take along; changing it means listing its public key as a former one.
STATEMENT_KEY = env.secret("STATEMENT_KEY")
STATEMENT_FORMER_KEYS = env.words("STATEMENT_FORMER_KEYS")
ORGANISATION_NAME = env.text("ORGANISATION_NAME", "")  # as statements name it
# Wrap people's private keys (docs/adr/0012): the first one wraps, all of them unwrap. Never in the database either.
PRIVATE_KEYS = env.keys("PRIVATE_KEYS")
# Whom people can talk to, shown on /support/ and one click away on every page. There is no default: it must be real.
SUPPORT_CONTACT = {
    "name": env.text("SUPPORT_NAME"),
    "reach": env.text("SUPPORT_REACH"),
    "reply": env.text("SUPPORT_REPLY"),
    "out_of_hours": [line.strip() for line in env.text("SUPPORT_OUT_OF_HOURS").split(";") if line.strip()],
}
ALLOWED_HOSTS = env.words("ALLOWED_HOSTS", "127.0.0.1,localhost,[::1]")
CSRF_TRUSTED_ORIGINS = env.words("CSRF_TRUSTED_ORIGINS")

INSTALLED_APPS = [
    "people",
    "wellbeing",
    "labeling",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.contrib.postgres",
    "allauth",
    "allauth.account",
    "rest_framework",
    "drf_spectacular",
    "django_htmx",
    "template_partials",
    "csp",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "config.middleware.PermissionsPolicyMiddleware",
    "config.middleware.LengthRequiredMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "people.middleware.BearerTokenMiddleware",
    "people.middleware.PageLanguageMiddleware",
    "people.middleware.OwnTimeZoneMiddleware",
    "people.middleware.SignInRequiredMiddleware",
    "people.middleware.RoutePermissionMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

ROOT_URLCONF = "config.urls"
ROUTE_TABLE = "config.routes.ROUTES"
WSGI_APPLICATION = "config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": False,
        "OPTIONS": {
            "loaders": [
                (
                    "template_partials.loader.Loader",
                    [
                        (
                            "django.template.loaders.cached.Loader",
                            [
                                "django.template.loaders.filesystem.Loader",
                                "django.template.loaders.app_directories.Loader",
                            ],
                        )
                    ],
                )
            ],
            "builtins": [
                "template_partials.templatetags.partials",
                "django.templatetags.i18n",
                "people.templatetags.key_caps",
                "people.templatetags.tagged_text",
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "people.context.page_chrome",
                "wellbeing.context.own_gauge",
                "wellbeing.context.own_day_note",
                "labeling.context.own_notices",
                "wellbeing.context.own_first_days",
                "wellbeing.context.work_preview",
            ],
        },
    },
]

# Two roles: the runtime role owns nothing; the owner role migrates. Only `manage.py migrate --database owner`
# and the owner's maintenance commands ever use the second, so web, worker and beat are started without it.
DATABASES: dict[str, dict[str, Any]] = {"default": env.database("DATABASE_URL")}
if os.environ.get("DATABASE_OWNER_URL"):
    DATABASES["owner"] = env.database("DATABASE_OWNER_URL")
for _database in DATABASES.values():
    _database["ATOMIC_REQUESTS"] = False
    _database["DISABLE_SERVER_SIDE_CURSORS"] = True
    # Behind PgBouncer in transaction mode a prepared statement belongs to nobody.
    _database["OPTIONS"]["prepare_threshold"] = None
if env.integer("DATABASE_POOL_SIZE", 0):
    DATABASES["default"]["OPTIONS"]["pool"] = {
        "min_size": 1,
        "max_size": env.integer("DATABASE_POOL_SIZE"),
        "timeout": 10,
    }
DATABASE_ROUTERS = ["config.databases.OwnerMigrates"]
APP_DATABASE_ROLE = env.text("APP_DATABASE_ROLE", "respite_app")

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "labeling:home"
# How many reverse proxies of ours stand in front; without it all sign-ins behind one would share one rate limit.
ALLAUTH_TRUSTED_PROXY_COUNT = env.integer("TRUSTED_PROXY_COUNT", 0)
ACCOUNT_ADAPTER = "people.adapter.InvitationOnlyAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_FORMS = {"signup": "people.sign_up.SignUpForm"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_RATE_LIMITS: dict[str, str] | bool = {"login": "60/m/ip", "login_failed": "10/m/ip,5/5m/key"}

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 60 * 60 * 12
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "config.errors.csrf_failure"

LANGUAGE_CODE = "en"
TIME_ZONE = "UTC"
LANGUAGES = [(language.code, language.own_name) for language in PAGE_LANGUAGES]
LANGUAGE_COOKIE_NAME = "language"
LANGUAGE_COOKIE_AGE = 365 * 24 * 60 * 60
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = ["config.formats"]
USE_I18N = True
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = STATE_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
# What the apps of others bring is for pages that are not routed here.
STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
CONTENT_DIR = STATE_DIR / "content"  # imports in flight and release files

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 500
IMPORT_MAX_BYTES = env.integer("IMPORT_MAX_BYTES", 50 * 1024 * 1024)

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["people.authentication.RequestUserAuthentication"],
    # Who may do what is the route table's (people.middleware) and labeling.access's; both ran before a view does.
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "config.errors.problem_json",
    "UNAUTHENTICATED_USER": "django.contrib.auth.models.AnonymousUser",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Respite",
    "DESCRIPTION": "Hand out labeling tasks under exposure budgets, and publish the agreed labels.",
    "VERSION": "1",
    "SERVE_INCLUDE_SCHEMA": False,
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "POSTPROCESSING_HOOKS": [],  # enumerations stay where they are used, rather than under made-up names
}

CELERY_BROKER_URL = env.secret("CELERY_BROKER_URL", "memory://")
# A request that sends for a worker must not hang where the broker has gone.
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "socket_connect_timeout": 2,
    "max_retries": 1,
    "interval_start": 0,
    "interval_step": 0.2,
}
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TIMEZONE = "UTC"
CELERY_BEAT_SCHEDULE_FILENAME = str(STATE_DIR / "beat-schedule")

CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
SESSION_ENGINE = "django.contrib.sessions.backends.db"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "INFO"},
}
