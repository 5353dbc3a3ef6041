"""The house's tests use what the tests of dossiers stand on."""

from tests.dossiers.conftest import _installed, secrets_folder

__all__ = ["_installed", "secrets_folder"]
