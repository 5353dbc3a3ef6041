"""Settings of the skeleton: Django's own middleware, the portal's database, nothing of Mon Espace."""

import os
from pathlib import Path

from psycopg.conninfo import conninfo_to_dict

HERE = Path(__file__).parent
SECRET_KEY = "only-for-the-bench"  # serves this machine alone, for the length of a measure
DEBUG = False
ALLOWED_HOSTS = ["localhost", "127.0.0.1"]
ROOT_URLCONF = "bench.skeleton.views"
INSTALLED_APPS = ["django.contrib.sessions", "bench.skeleton"]
MIDDLEWARE = [
    "bench.skeleton.views.one_line",
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "bench.skeleton.views.signed_in",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [HERE / "templates"],
        "OPTIONS": {"environment": "bench.skeleton.views.environment"},
    }
]
told = conninfo_to_dict(os.environ["DATABASE_URL"])
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.postgresql",
        "CONN_HEALTH_CHECKS": True,
        "NAME": told["dbname"], "USER": told["user"], "PASSWORD": told["password"], "HOST": told["host"],
        "OPTIONS": {"pool": {"min_size": 1, "max_size": 8, "timeout": 10}},
    }
}  # fmt: skip
SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "monespace_session", "monespace_csrf"  # so that one client serves both
STATIC_URL, LANGUAGE_CODE, USE_TZ, TIME_ZONE = "/static/", "fr", True, "Europe/Brussels"
USE_I18N = False
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
LOGGING_CONFIG = None
