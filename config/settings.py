"""All settings, for every environment: production differs by its environment variables only (docs/deploy.md)."""

from pathlib import Path
from typing import Any

import django
from psycopg.conninfo import conninfo_to_dict

from config import env, providers

BASE_DIR = Path(__file__).resolve().parent.parent
ROOMS = ["ui", "journal", "notices", "identity", "registry", "procedures", "spaces", "dossiers", "desk", "help"]

# --- Django ---------------------------------------------------------------------------------------------------------
SITE_URL = env.text("SITE_URL", "http://localhost:8000").rstrip(
    "/"
)  # absolute links come from here, never from a request
HTTPS = SITE_URL.startswith("https://")
SECRET_KEY = env.text("SECRET_KEY", "only-for-development-and-refused-by-monespace-check")
DEBUG = False
ALLOWED_HOSTS = env.names("ALLOWED_HOSTS", SITE_URL.split("//", 1)[1].split(":")[0])
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.postgres",
    "django.contrib.staticfiles",
    "django.forms",
    "procrastinate.contrib.django",
    "monespace.work",
    "monespace.vault",
    *[f"monespace.{room}" for room in ROOMS],
]
MIDDLEWARE = [
    "config.middleware.request_log",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "config.middleware.content_security_policy",
    "config.middleware.plain_errors",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "monespace.identity.http.sign_in_of_request",
    "monespace.desk.http.seats_of_request",
    "config.middleware.language",
    "config.middleware.bounded_bodies",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [BASE_DIR / "templates", Path(django.__file__).parent / "forms" / "jinja2"],
        "OPTIONS": {
            "environment": "config.templates.environment",
            "context_processors": ["config.context.everywhere", "monespace.identity.typed.writer"],
        },
    }
]
FORM_RENDERER = "monespace.ui.forms.Renderer"
AUTH_USER_MODEL = "identity.Person"
LOGIN_URL = "identity:sign_in"
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = ""  # job bodies load heavy libraries: only the worker imports them
PROCRASTINATE_IMPORT_PATHS = [
    f"monespace.{room}.jobs" for room in ("journal", "notices", "identity", "dossiers", "help")
]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024


# --- Database: the portal's role owns nothing; the owner migrates (monespace migrate) ---------------------------------
def database(url: str) -> dict:
    """Django's dictionary for a PostgreSQL address, socket paths (?host=/…) included."""
    parts = conninfo_to_dict(url)
    known = {"dbname": "NAME", "user": "USER", "password": "PASSWORD", "host": "HOST", "port": "PORT"}
    options = {key: value for key, value in parts.items() if key not in known}
    pool = {"min_size": 1, "max_size": env.number("DATABASE_POOL", 8), "timeout": 10}
    return {
        "ENGINE": "config.database",  # which looks whether a connection of the pool is still open
        **{known[key]: str(value) for key, value in parts.items() if key in known},
        "OPTIONS": {**options, "pool": pool} if env.flag("DATABASE_POOLED", True) else options,
    }


DATABASE_URL = env.text("DATABASE_URL", "postgresql:///monespace")
DATABASES = {"default": database(DATABASE_URL)}

# --- Language and time ------------------------------------------------------------------------------------------------
LANGUAGE_CODE = "fr"
LANGUAGES = [  # those that the switch offers: complete, as tests/house/test_languages.py sees to
    ("fr", "Français"), ("de", "Deutsch"), ("nl", "Nederlands"), ("en", "English"),
]  # fmt: skip
WRITTEN_LANGUAGES = ["fr", "de"]  # in which procedures and letters are written, whatever the interface speaks
LOCALE_DIR = Path(
    env.text("LOCALE_DIR", str(BASE_DIR / "locale"))
)  # elsewhere when the code lies in a folder that is only read
LOCALE_PATHS = [path for path in sorted(LOCALE_DIR.glob("*")) if path.is_dir()]
TIME_ZONE = "Europe/Brussels"
USE_TZ = True
USE_THOUSAND_SEPARATOR = False
FORMAT_MODULE_PATH = ["config.formats"]

# --- Static files, documents ------------------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = Path(env.text("STATIC_ROOT", str(BASE_DIR / "static-built")))
STATICFILES_DIRS = [BASE_DIR / "static"]
DOCUMENTS_DIR = Path(env.text("DOCUMENTS_DIR", str(BASE_DIR / ".data" / "documents")))
S3_BUCKET = env.text("S3_BUCKET", "")
STORAGES = {
    "default": (
        {
            "BACKEND": "storages.backends.s3.S3Storage",
            "OPTIONS": {
                "bucket_name": S3_BUCKET,
                "endpoint_url": env.text("S3_ENDPOINT", "") or None,
                "access_key": env.text("S3_ACCESS_KEY", "") or None,
                "secret_key": env.text("S3_SECRET_KEY", "") or None,
                "default_acl": "private",
                "file_overwrite": False,
            },
        }
        if S3_BUCKET
        else {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": DOCUMENTS_DIR}}
    ),
    "staticfiles": {"BACKEND": "config.staticfiles.Storage"},
}

# --- Security ---------------------------------------------------------------------------------------------------------
SESSION_COOKIE_NAME, CSRF_COOKIE_NAME, LANGUAGE_COOKIE_NAME = "monespace_session", "monespace_csrf", "monespace_langue"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = LANGUAGE_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Lax"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.ScryptPasswordHasher"]  # of the passwords beside an SMS code
SESSION_ENGINE = "monespace.identity.sessions"
SESSION_COOKIE_AGE = 60 * env.number("SESSION_MINUTES", 60)
REGISTRY_DAYS = env.number(
    "REGISTRY_DAYS", 62
)  # two monthly files missed: the register is no longer held against anyone
SESSION_HOURS = env.number("SESSION_HOURS", 12)  # after which one proves anew who one is (NIST SP 800-63B, AAL2)
SESSION_SAVE_EVERY_REQUEST = False  # identity.http prolongs a session once a minute, not at each click
CSRF_FAILURE_VIEW = "config.errors.csrf"
SECURE_HSTS_SECONDS = 31536000 if HTTPS else 0
SECURE_REFERRER_POLICY = "same-origin"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if env.flag("BEHIND_PROXY") else None
SECURE_SSL_REDIRECT = False
X_FRAME_OPTIONS = "DENY"
KEYS_FILE = env.text("KEYS_FILE", "")  # sealing and hashing keys of national numbers: monespace keys new
SEAL_FORMER_FILES = env.names("SEAL_FORMER_FILES")  # seals of the past, still trusted by /verifier/
SEAL_FILE = env.text("SEAL_FILE", "")  # PEM: P-256 key and certificate chain that seal receipts and letters

# --- Outside doors ----------------------------------------------------------------------------------------------------
PROVIDERS: dict[str, dict[str, Any]] = providers.read()  # FAS, and itsme where there is a contract of one's own
# The card by Web eID (docs/sign-in-card.md). The extension signs https://localhost for http://localhost.
WEBEID_ORIGIN = env.text("WEBEID_ORIGIN", SITE_URL.replace("http://localhost", "https://localhost", 1))
WEBEID_CA = env.text("WEBEID_CA", "")  # PEM file, or a folder of them: the authorities that issue cards
WEBEID_OCSP = env.flag("WEBEID_OCSP", True)
WEBEID_OCSP_NO_NONCE = env.names("WEBEID_OCSP_NO_NONCE")  # addresses of responders that repeat no nonce
WEBEID_OCSP_MINUTES = env.number("WEBEID_OCSP_MINUTES", 2)  # how long ago an answer may have been true
WEBEID_POLICIES = env.names(
    "WEBEID_POLICIES", "2.16.56.*.1.1.2.2,2.16.56.*.1.1.7.2"
)  # citizens, foreigners: authentication
EMAIL_HOST, EMAIL_PORT = env.text("EMAIL_HOST", "127.0.0.1"), env.number("EMAIL_PORT", 8025)
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = env.text("EMAIL_USER", ""), env.text("EMAIL_PASSWORD", "")
EMAIL_USE_TLS = env.flag("EMAIL_TLS")
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = env.text("EMAIL_FROM", "Mon Espace <ne-pas-repondre@monespace.example>")
SMS_GATEWAY_URL = env.text("SMS_GATEWAY_URL", "")  # without one, no text message leaves (docs/sign-in-sms.md)
SMS_GATEWAY_SECRET = env.text("SMS_GATEWAY_SECRET", "")
SMS_COUNTRIES = [
    int(code) for code in env.names("SMS_COUNTRIES", "32")
]  # telephone prefixes of the mobiles we write to
SMS_PER_DAY = env.number("SMS_PER_DAY", 5000)  # of the whole portal: whoever makes it send for money earns no more
CLAMD_ADDRESS = env.text("CLAMD_ADDRESS", "127.0.0.1:3310")
LEGAL_FUNCTIONS_URL = env.text(
    "LEGAL_FUNCTIONS_URL", ""
)  # source of legal functions; empty: only what was loaded from a file
LEGAL_FUNCTIONS_SECRET = env.text("LEGAL_FUNCTIONS_SECRET", "")

# --- Rooms ------------------------------------------------------------------------------------------------------------
WALLONIA_PHONE, WALLONIA_MAIL = "078 79 01 02", "aideenligne@wallonie.be"
HELPDESK_PHONE, HELPDESK_MAIL = env.text("HELPDESK_PHONE", WALLONIA_PHONE), env.text("HELPDESK_MAIL", WALLONIA_MAIL)
CONTENT_DIR = Path(env.text("CONTENT_DIR", str(BASE_DIR / "content")))
SIGN_IN_FILE = Path(env.text("SIGN_IN_FILE", str(CONTENT_DIR / "sign-in.yaml")))  # which ways of signing in are offered
METRICS_SECRET = env.text("METRICS_SECRET", "")  # what Prometheus shows at /metriques/; without it nothing is there
RATE_LIMITS = env.flag("RATE_LIMITS", True)
MODE = env.text("MONESPACE_MODE", "production")  # read by «monespace check» alone: what a demonstration may do
AFTER_SIGN_IN: list[str] = []  # callables run in the sign-in's transaction, by dotted name
LOGGING_CONFIG = "config.logs.configure"
LOGGING = {"version": 1}  # not empty: Django calls LOGGING_CONFIG only for something
