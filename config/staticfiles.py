"""Fingerprinted static files; during tests and before collectstatic, plain names."""

from django.conf import settings
from whitenoise.storage import CompressedManifestStaticFilesStorage


class Storage(CompressedManifestStaticFilesStorage):
    """Falls back to the plain name when nothing was collected: a test must not need collectstatic."""

    manifest_strict = False
    support_js_module_import_aggregation = True  # our modules import each other by their plain names

    def stored_name(self, name):
        if not (settings.STATIC_ROOT / "staticfiles.json").exists():
            return name
        return super().stored_name(name)
