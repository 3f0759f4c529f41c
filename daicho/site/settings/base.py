"""設定の土台 — what the systems' settings have in common. 住民基本台帳法第36条の2（安全確保）.

The system is named by DAICHO_SYSTEM (each system's own module sets it), the installation by DAICHO_CONFIG,
the listener by DAICHO_LISTENER (screens, unless the process serves the wire).
"""

import os
from pathlib import Path
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

from daicho.site import config
from daicho.site.logs import LOGGING  # noqa: F401
from daicho.values import eras

PACKAGE_DIR = Path(__file__).resolve().parents[2]

INSTALLATION = config.read()
DAICHO = INSTALLATION.system(os.environ["DAICHO_SYSTEM"])
LISTENER = os.environ.get("DAICHO_LISTENER", "screens")

if missing := DAICHO.missing_files():
    raise ImproperlyConfigured(f"{DAICHO.name} does not start without its authority and keys; missing: {', '.join(map(str, missing))}")

if INSTALLATION.eras_file is not None:  # 改元 is a row of a file and a restart, in every process alike (N-1.3.6-02)
    try:
        eras.install(eras.built_in().with_those_of(eras.read(INSTALLATION.eras_file)))
    except (OSError, ValueError, KeyError) as error:
        raise ImproperlyConfigured(f"eras_file {INSTALLATION.eras_file}: {error}") from None

FONTS_DIR = Path(os.environ.get("DAICHO_FONTS") or PACKAGE_DIR.parent / "var" / "fonts")
if INSTALLATION.environment != "production":  # a production clock is never moved
    os.environ["DAICHO_CLOCK_FILE"] = str(INSTALLATION.clock_file)

DEBUG = False
SECRET_KEY = DAICHO.secret_key
ALLOWED_HOSTS = ["localhost", "127.0.0.1", DAICHO.screens.host, DAICHO.wire.host]
ROOT_URLCONF = "daicho.site.urls_wire" if LISTENER == "wire" else "daicho.site.urls_screens"
WSGI_APPLICATION = None

SHARED_APPS = ["clock", "audit", "vault", "outbox", "staff", "city", "jobs", "numbering", "oversight", "ui"]


INSTALLED_APPS = [
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "django_htmx",
    *(f"daicho.{name}" for name in [*SHARED_APPS, DAICHO.name]),
    "daicho.site",  # last: it connects the rooms that stand by then
]

MIDDLEWARE = [
    "daicho.staff.even_answers.EvenAnswers",
    "django.middleware.security.SecurityMiddleware",
    "daicho.site.headers.SecurityHeaders",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "daicho.audit.middleware.AuditMiddleware",
    "daicho.staff.middleware.ActorMiddleware",
]
if LISTENER == "wire":
    # No cookie, no session, no form: a peer is known by the signature of its message alone.
    MIDDLEWARE = ["django.middleware.security.SecurityMiddleware"]

TEMPLATES = [{"BACKEND": "daicho.ui.environment.Templates", "APP_DIRS": True}]

# Only `daicho migrate` works as the owner; all else is the web role, which owns nothing.
AS_OWNER = os.environ.get("DAICHO_ROLE") == "owner"
if AS_OWNER and DAICHO.database.owner_password is None:
    raise ImproperlyConfigured("the configuration of this process holds no password of the owner role")

DATABASES = {
    "default": {
        "ENGINE": "daicho.site.database",
        "HOST": DAICHO.database.host,
        "PORT": DAICHO.database.port,
        "NAME": DAICHO.database.name,
        "USER": DAICHO.database.owner if AS_OWNER else DAICHO.database.web,
        "PASSWORD": DAICHO.database.owner_password if AS_OWNER else DAICHO.database.web_password,
        "CONN_MAX_AGE": None,  # one connection per thread, kept
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {
            "connect_timeout": 10,
            # What is asked again and again is planned once: a statement over the 120 entries costs more to plan than to run.
            "server_side_binding": True,
            "prepare_threshold": 2,
            "application_name": f"daicho {DAICHO.name} {LISTENER}",
            "options": "" if AS_OWNER else "-c idle_in_transaction_session_timeout=60s -c lock_timeout=10s",
        },
    },
}
# The table of which role works for which municipality, where one database serves several (site/row_security.py); else a database is one city's.
ROWS_BY_MUNICIPALITY: str | None = None
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

LANGUAGE_CODE = "ja"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Tokyo"

AUTH_USER_MODEL = "staff.Account"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "/sign-in/"
LOGIN_REDIRECT_URL = "/"

# Cookies know no ports: the systems of one machine need names of their own.
SECURE_TRANSPORT = INSTALLATION.environment == "production"
SESSION_ENGINE = "daicho.staff.sessions"
SESSION_COOKIE_NAME = f"daicho_{DAICHO.name}_session"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Strict"
SESSION_COOKIE_SECURE = SECURE_TRANSPORT
SESSION_COOKIE_AGE = 10 * 60 * 60  # one working day
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
CSRF_FAILURE_VIEW = "daicho.ui.errors.csrf_failure"
CSRF_COOKIE_NAME = f"daicho_{DAICHO.name}_csrf"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Strict"
CSRF_COOKIE_SECURE = SECURE_TRANSPORT
if SECURE_TRANSPORT and LISTENER == "screens" and DAICHO.public_origin:
    # TLS ends at a proxy before the listener. What it says is believed in production alone, where nobody else reaches the
    # listener and the proxy sets the header itself, whatever a browser sent (SECURITY.md).
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    CSRF_TRUSTED_ORIGINS = [DAICHO.public_origin]
    ALLOWED_HOSTS.append(str(urlsplit(DAICHO.public_origin).hostname))
SECURE_HSTS_SECONDS = 31_536_000 if SECURE_TRANSPORT else 0
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
# What an officer uploads stays in memory: a larger file is not taken, and none lies on a disk.
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler"]
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024

# Where each room's ports lead: the adapters of this house.
STAFF_TERMINALS = "daicho.site.adapters.terminals_on"
STAFF_SECOND_FACTOR = ""  # what a system demands beside the password; juki_net's operators prove their body (F-2-08)

STATIC_URL = "/static/"
STATIC_ROOT = INSTALLATION.var_dir / "static" / DAICHO.name
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},  # no file of ours lies loose on a disk
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage." + ("StaticFilesStorage" if INSTALLATION.environment == "test" else "ManifestStaticFilesStorage")
    },
}
SILENCED_SYSTEM_CHECKS = ["security.W008"]  # TLS ends before the listener; it does not redirect
