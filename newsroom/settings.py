"""The newsroom's settings, told in order: where it stands, what it is made of, where its data lives,
how it speaks, how it is kept safe.

There is one settings file. What differs between a laptop, a demo and a server comes from the
environment; `.env.example` lists every variable with its meaning.
"""

from datetime import timedelta
from pathlib import Path
from typing import Any

import environ
from django.utils.translation import gettext_lazy as _

from newsroom.starting import refuse_settings

BASE_DIR = Path(__file__).resolve().parent.parent

# What is secret may also lie in a file that NAME_FILE names: SECRET_KEY_FILE, EMAIL_URL_FILE.
env = environ.FileAwareEnv()
environ.Env.read_env(BASE_DIR / ".env")

# --- Where it stands ---------------------------------------------------------------------------

DEBUG = env.bool("DEBUG", default=False)
DEMO = env.bool("DEMO", default=False)
HTTPS = env.bool("HTTPS", default=False)
SECRET_KEY = env.str("SECRET_KEY", default="only-for-development" if DEBUG else "").strip()
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["127.0.0.1", "localhost", "[::1]"])
refuse_settings(debug=DEBUG, demo=DEMO, https=HTTPS, secret_key=SECRET_KEY, hosts=ALLOWED_HOSTS)
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
# A folder for everything a run writes: the SQLite file, media, collected static files.
VAR_DIR = Path(env.str("VAR_DIR", default="") or BASE_DIR / "var")

# --- What it is made of ------------------------------------------------------------------------

INSTALLED_APPS = [
    "articles",
    "committees",
    "newsroom.visits",
    "newsroom.pagecache",
    "newsroom",
    "ckeditor",
    "django_filters",
    "simple_history",
    "newsroom.apps.DeskConfig",  # django.contrib.admin
    "newsroom.apps.SignInConfig",  # axes
    "django_otp",
    "django_otp.plugins.otp_totp",
    "django_otp.plugins.otp_static",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "newsroom.logs.named",
    "newsroom.pagecache.middleware.PageCache",  # before anything that an answer from memory does not need
    "newsroom.guarding.Headers",  # outside of whatever may answer, refuse or fail
    "newsroom.refusing.refuse",
    "newsroom.health.health",  # before anything asks for a name of ours, or for TLS
    "django.middleware.security.SecurityMiddleware",
    "newsroom.counting.beacons_first",  # they ask for nothing that follows
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "newsroom.compressing.Compression",  # outside of whatever may make an answer depend on a cookie
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "newsroom.secondfactor.both_steps",  # before anything asks who somebody is
    "newsroom.notices.Notices",  # Django's messages
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
    "axes.middleware.AxesMiddleware",  # the last, as it asks to be
]

ROOT_URLCONF = "newsroom.urls"
WSGI_APPLICATION = "newsroom.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "newsroom.context_processors.site",
            ],
        },
    },
]

AUTH_USER_MODEL = "newsroom.User"
LOGIN_URL = "admin:login"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- Where its data lives ----------------------------------------------------------------------

_SQLITE = {"ENGINE": "django.db.backends.sqlite3", "NAME": VAR_DIR / "newsroom.sqlite3"}
_DATABASE: dict[str, Any] = env.db("DATABASE_URL") if env.str("DATABASE_URL", default="") else _SQLITE
DATABASES = {"default": _DATABASE}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    VAR_DIR.mkdir(parents=True, exist_ok=True)  # SQLite makes its file, but no folder for it
    # Readers never wait for a writer (WAL), and a writer takes its lock at once (IMMEDIATE) instead
    # of failing half way with "database is locked".
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
    }
else:
    # Django's PostgreSQL, whose lines are cut when the server does not answer any more (newsroom/watch.py).
    DATABASES["default"]["ENGINE"] = "newsroom.postgresql"
    if not DATABASES["default"].get("PASSWORD"):
        DATABASES["default"]["PASSWORD"] = env.str("POSTGRES_PASSWORD", default="").strip()
    DATABASES["default"]["CONN_MAX_AGE"] = env.int("CONN_MAX_AGE", default=600)
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
    _POSTGRESQL: dict[str, Any] = {
        "connect_timeout": 2,  # seconds, of which psycopg waits no fewer; newsroom/postgresql knocks first
        # A machine that has vanished is noticed on every line within half a minute, and within ten seconds by whoever
        # has just said something.
        "keepalives_idle": 15,
        "keepalives_interval": 5,
        "keepalives_count": 3,
        "tcp_user_timeout": 10_000,  # milliseconds
    }
    # Nobody waits for a page any longer, in seconds. Commands (manage.py) are given no limit: a restore takes its time.
    if PAGE_PATIENCE := env.int("PAGE_PATIENCE", default=20):
        limits = {"statement_timeout": PAGE_PATIENCE, "lock_timeout": -(-PAGE_PATIENCE // 2)}
        limits["idle_in_transaction_session_timeout"] = 2 * PAGE_PATIENCE
        told = " ".join(f"-c {name}={seconds}s" for name, seconds in limits.items())
        _POSTGRESQL["options"] = told
    DATABASES["default"]["OPTIONS"] = _POSTGRESQL | DATABASES["default"].get("OPTIONS", {})
# A migration that needs a table to itself waits so many seconds for it: whoever comes after it waits behind it.
MIGRATION_PATIENCE = env.int("MIGRATION_PATIENCE", default=5)
# A thread of each web process asks the database twice a second whether it answers.
WATCH = env.bool("WATCH", default=not DEBUG)

# How much of its memory each web process may use for whole pages, in MB; 0: none.
PAGE_CACHE_MB = env.int("PAGE_CACHE_MB", default=0 if DEBUG else 8)
# And how much of the disk under VAR_DIR all of them together; 0: none.
PAGE_SHELF_MB = env.int("PAGE_SHELF_MB", default=256)

MEDIA_ROOT = VAR_DIR / "media"
MEDIA_URL = "/media/"
# A web server in front serves media; the demo has none and serves them itself.
SERVE_MEDIA = env.bool("SERVE_MEDIA", default=DEBUG)

STATIC_ROOT = VAR_DIR / "static"
STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "newsroom.editor.AppDirectoriesFinder",  # of the editor only what it runs on
]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "newsroom.staticfiles.BoundStaticFilesStorage"
    },
}
WHITENOISE_ALLOW_ALL_ORIGINS = False  # what is ours is asked for by pages of ours

FIXTURE_DIRS = [BASE_DIR / "fixtures"]

# --- How it speaks -----------------------------------------------------------------------------

LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", _("Vietnamese"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_I18N = True
USE_TZ = True
FORMAT_MODULE_PATH = "newsroom.formats"

# --- What it says of itself --------------------------------------------------------------------

# A line for each thing that happened, on stderr: as JSON where programs read it, or for people (newsroom/logs.py).
LOG_FORMAT = env.str("LOG_FORMAT", default="plain" if DEBUG else "json")
LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"()": "newsroom.logs.formatter", "kind": LOG_FORMAT}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": [], "level": "INFO"},  # what it has to say goes the way of all else
        "django.security.DisallowedHost": {"handlers": [], "propagate": False},  # whoever tries names hears 400
    },
}

# --- How it writes to people -------------------------------------------------------------------

# Without a mail server a developer reads the mail on the console, and a site sends none and says so.
EMAIL_URL = env.str("EMAIL_URL", default="").strip() or ("consolemail://" if DEBUG else "")
SENDS_MAIL = bool(EMAIL_URL)
vars().update(environ.Env.email_url_config(EMAIL_URL or "dummymail://"))
EMAIL_TIMEOUT = 10  # seconds
WORKS_AFTERWARDS = True  # newsroom/afterwards.py; the tests do everything at once
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.str("EMAIL_FROM", default="") or "newsroom@localhost"

# --- How it is kept safe -----------------------------------------------------------------------

PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
# Whoever guesses passwords is slowed down: newsroom/signin.py says how often one may err.
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
# How many web servers of our own stand in front: each adds one address to X-Forwarded-For, and only those
# can be believed.
TRUSTED_PROXIES = env.int("TRUSTED_PROXIES", default=0)
AXES_HANDLER = "newsroom.signin.Attempts"
AXES_CLIENT_IP_CALLABLE = "newsroom.signin.client_address"
AXES_USERNAME_CALLABLE = "newsroom.signin.client_name"
AXES_LOCKOUT_CALLABLE = "newsroom.signin.refuse"
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"], "ip_address", "username"]
AXES_FAILURE_LIMIT = 5
AXES_RESET_ON_SUCCESS = True
# A failed attempt is kept for as long as it counts, in minutes. To try again while refused does not prolong it.
AXES_COOLOFF_TIME = timedelta(minutes=env.int("SIGN_IN_PAUSE", default=15))
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_DISABLE_ACCESS_LOG = True  # an account knows its last sign-in; more about colleagues is not collected
AXES_ENABLE_ADMIN = False  # newsroom/admin.py has a desk of our own
AXES_VERBOSE = False
# What a failed attempt does not keep; the password is never among it.
AXES_SENSITIVE_PARAMETERS = ["username", "ip_address", "csrfmiddlewaretoken", "code"]
# The second factor (newsroom/secondfactor.py): a clock may be one step of 30 seconds off, and no more by and by.
OTP_TOTP_SYNC = False

PASSWORD_RESET_TIMEOUT = 3 * 60 * 60  # the mail that brings the link says so

# Machines of an office are shared: a session ends with the browser, and with the working day at the latest.
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"  # a link in a mail may lead to the desk, a form of another site may not
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
# Behind TLS (every real installation) cookies travel over TLS alone.
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
if HTTPS:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = env.int("HSTS_SECONDS", default=31536000)
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    SECURE_SSL_REDIRECT = True

DATA_UPLOAD_MAX_NUMBER_FIELDS = 4000  # a conference with many figures is one form
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024

# The history of a fact is read, not put back: what stood before may have been public under another state.
SIMPLE_HISTORY_REVERT_DISABLED = True

# CKEditor 4 is out of support upstream. On 2026-11-22 we keep it because the owner fixed it, in the
# hardened form that newsroom/editor.py declares and newsroom/checks.py guards: a trimmed plugin list,
# an explicit allow-list, no upload view of its own, no version check, and the field cleans again on
# the server whatever the browser sent. Review this paragraph with every release.
SILENCED_SYSTEM_CHECKS = ["ckeditor.W001"]
