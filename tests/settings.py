"""The newsroom's settings as its tests run them: `newsroom/settings.py` in an environment of their own.

What someone keeps in .env must have no say in what the tests prove, so every variable the settings
read is given here before they are read. DATABASE_URL alone may come from outside: the suite is the
same on SQLite (without it) and on PostgreSQL.
"""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

_VAR_DIR = Path(tempfile.mkdtemp(prefix="newsroom-tests-"))
atexit.register(shutil.rmtree, _VAR_DIR, ignore_errors=True)

os.environ.setdefault("DATABASE_URL", "")
os.environ.update(
    SECRET_KEY="a key that signs nothing of worth, and is long enough for Django",
    DEBUG="off",
    DEMO="off",
    ALLOWED_HOSTS="127.0.0.1,localhost",
    CSRF_TRUSTED_ORIGINS="",
    VAR_DIR=str(_VAR_DIR),
    POSTGRES_PASSWORD="",
    CONN_MAX_AGE="0",
    MIGRATION_PATIENCE="5",
    PAGE_PATIENCE="0",
    WATCH="off",
    LOG_FORMAT="plain",
    PAGE_CACHE_MB="0",
    PAGE_SHELF_MB="0",
    HTTPS="off",
    HSTS_SECONDS="0",
    EMAIL_URL="memorymail://",
    EMAIL_FROM="toasoan@example.vn",
    TRUSTED_PROXIES="0",
    SIGN_IN_PAUSE="15",
    SERVE_MEDIA="on",
)

from newsroom.settings import *  # noqa: E402, F403
from newsroom.settings import DATABASES, STATIC_ROOT, STORAGES  # noqa: E402

# An SQLite file rather than memory: the live server reads through connections of its own, and the
# journal and the locks are then those of a real installation.
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["TEST"] = {"NAME": str(_VAR_DIR / "test.sqlite3")}
    # Nobody misses it after a power cut, so nothing waits for the disk.
    DATABASES["default"]["OPTIONS"]["init_command"] += " PRAGMA synchronous=OFF;"  # type: ignore[index]

# A password of a test is worth nothing, and a careful hash takes a tenth of a second each.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

# What is done after an answer has gone is done before it, where a test can see it.
WORKS_AFTERWARDS = False

# Static files come straight from where they are written: nothing is collected before a test.
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
STATIC_ROOT.mkdir(parents=True)
