"""Countersign's settings: one file, read from the environment, the same in every place it runs."""

from pathlib import Path

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from clinic import environment, logs, outside, rest

BASE_DIR = Path(__file__).resolve().parent.parent

DEBUG = environment.flag("DEBUG")
SECRET_KEY = environment.text("SECRET_KEY")
ALLOWED_HOSTS = environment.names("ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]")
CSRF_TRUSTED_ORIGINS = environment.names("CSRF_TRUSTED_ORIGINS", "")
HTTPS = environment.flag("COUNTERSIGN_HTTPS")
TRUSTED_PROXIES = environment.networks("TRUSTED_PROXIES")
"""Only these may say in X-Forwarded-For from where a request came: see clinic.proxies."""

INSTALLED_APPS = [
    "clinic.apps.ClinicConfig",
    "clinic.keystore.apps.KeystoreConfig",
    "recommendations.apps.RecommendationsConfig",
    "dashboard.apps.DashboardConfig",
    "audit.apps.AuditConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "rest_framework",
    "drf_spectacular",
    "guardian",
    "axes",
    "csp",
]

MIDDLEWARE = [
    "audit.middleware.RequestIdMiddleware",
    "clinic.proxies.TrustedProxiesMiddleware",
    "dashboard.middleware.RequestLogMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    # Above the session: an answer that the session could not be read for carries these headers too.
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "dashboard.middleware.PrivatePagesMiddleware",
    "dashboard.middleware.LateSessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "dashboard.languages.OwnLanguageMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "clinic.urls"
WSGI_APPLICATION = "clinic.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": False,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.messages.context_processors.messages",
                "dashboard.context.shell",
            ],
            "builtins": ["django.templatetags.i18n", "django.templatetags.static"],
            "libraries": {"countersign": "dashboard.templatetags.countersign"},
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    ["django.template.loaders.filesystem.Loader"],
                ),
            ],
        },
    },
]

# Three doors into PostgreSQL. `default` (role app) owns nothing; `portal` may select the publication views
# and nothing else of recommendations; `keystore` is another database, kept and backed up apart.
DATABASES = {
    "default": environment.database("DATABASE_URL"),
    "portal": environment.database("PORTAL_DATABASE_URL") | {"TEST": {"MIRROR": "default"}},
    "keystore": environment.database("KEYSTORE_URL"),
}
DATABASE_ROUTERS = ["clinic.database.routers.DoorRouter"]
# The owner of the tables is no alias: only `migrate` and the tests act as it.
DATABASE_OWNER_URL = environment.text("DATABASE_OWNER_URL", "")
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

KEYSTORE_KEK = environment.secret_bytes("KEYSTORE_KEK")
AUDIT_KEY = environment.secret_bytes("AUDIT_KEY")

AUTH_USER_MODEL = "clinic.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
    "guardian.backends.ObjectPermissionBackend",
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "sign-in"
ANONYMOUS_USER_NAME = None  # guardian: no row that stands for everybody

# Guessing is slowed per sign-in name and address; kept in PostgreSQL, so it holds while Redis is down.
AXES_FAILURE_LIMIT = 10
AXES_COOLOFF_TIME = 0.25  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_USERNAME_FORM_FIELD = "username"
AXES_HANDLER = "clinic.guessing.WordlessHandler"
AXES_LOCKOUT_TEMPLATE = "entrance/locked_out.html"
AXES_RESET_ON_SUCCESS = AXES_DISABLE_ACCESS_LOG = True  # that log keeps every sign-in's address for ever
AXES_VERBOSE = False

SESSION_COOKIE_NAME = "__Host-session" if HTTPS else "countersign-session"
SESSION_SAVE_EVERY_REQUEST = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = HTTPS
STAFF_IDLE_SECONDS = 15 * 60
PATIENT_IDLE_SECONDS = 30 * 60
DEFER_WORKING_DAYS = int(environment.text("DEFER_WORKING_DAYS", "3"))
"""For how many working days at most a draft may be put aside: the clinic's own number."""
CSRF_COOKIE_NAME = "__Host-csrf" if HTTPS else "countersign-csrf"
CSRF_COOKIE_SECURE = HTTPS
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "dashboard.entrance.errors.csrf_failure"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    },
}

# A note of 2 MB must reach its form and be refused beside the field, not at the door.
DATA_UPLOAD_MAX_MEMORY_SIZE = 8 * 1024 * 1024
FILE_UPLOAD_HANDLERS = ["dashboard.uploads.BoundedUpload"]
DATA_UPLOAD_MAX_NUMBER_FILES = 1

LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("ru", _("Russian")), ("uz", _("Uzbek"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

STATIC_URL = "static/"
STATIC_ROOT = environment.text("STATIC_ROOT", str(BASE_DIR / "static-collected"))
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "dashboard.assets.VendorFinder",
]
STATICFILES_DIRS = [BASE_DIR / "dashboard" / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {
        "BACKEND": environment.text(
            "STATICFILES_BACKEND", "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"
        )
    },
}
WHITENOISE_USE_FINDERS = False

REST_FRAMEWORK = rest.FRAMEWORK
SPECTACULAR_SETTINGS = rest.DESCRIPTION

METRICS_TOKEN = environment.text("METRICS_TOKEN", "")
REDIS_URL = environment.text("REDIS_URL")
OUTSIDE = outside.from_environment()

LOGGING = logs.CONFIG
