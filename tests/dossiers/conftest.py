"""Keys, a seal and a document store for the tests of dossiers; people, an enterprise and small forms."""

import pytest

from tests.dossiers import house


@pytest.fixture(scope="session")
def secrets_folder(tmp_path_factory):
    """A key file and a seal, made once."""
    from monespace.paper.seal_file import new_seal
    from monespace.vault.keys import new_keys

    folder = tmp_path_factory.mktemp("secrets")
    new_keys(folder / "keys", made_by="demo")
    new_seal(folder / "seal.pem", name="Mon Espace")
    return folder


@pytest.fixture(autouse=True)
def _installed(settings, secrets_folder, tmp_path):
    """The portal as an operator installs it: keys, seal, documents on disk, no rate limit left over."""
    settings.KEYS_FILE, settings.SEAL_FILE = str(secrets_folder / "keys"), str(secrets_folder / "seal.pem")
    store = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path / "documents"}}
    settings.STORAGES = {**settings.STORAGES, "default": store}
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"


@pytest.fixture
def small(db):
    """The small form, published."""
    return house.publish(house.SMALL, "essai")


@pytest.fixture
def claire(db):
    """A citizen, at the level of itsme."""
    return house.sign_in("Claire", "Dubois", "85073003328")


@pytest.fixture
def bakery(db):
    """A company in the register."""
    return house.enterprise("0200065765", "Boulangerie Dubois")


@pytest.fixture
def paul(bakery):
    """He prepares and sends for the bakery."""
    return house.colleague(bakery, "Paul", "Lambert", "90010100124", role="submit")


@pytest.fixture
def ready(browser):
    """A draft with everything filled in, in the `browser` of the test's own file."""
    draft = house.begin(browser)
    house.fill(browser, draft)
    return draft
