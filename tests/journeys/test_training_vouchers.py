"""Claire asks for training vouchers: 24 hours of languages are too many for her, 20 are accepted, and cost her 600 €."""

import pytest

from tests.journeys import story, vouchers

pytestmark = [pytest.mark.browser, pytest.mark.node]


def test_claire_asks_for_her_language_course(traveller):
    claire = traveller("claire-dubois", script=False)
    claire.go(f"/demarches/{vouchers.SLUG}/").press("File a request").sign_in("eid", known=False)
    story.enter_alone(claire, "0123456749", "Boulangerie Dubois")
    claire.press("Begin")
    story.first_task(claire)
    vouchers.fill_situation(claire)
    vouchers.fill_identity(claire)
    vouchers.add_course(claire, "24")
    claire.press("Continue").reads_text("24 chèques demandés, 20 possibles (plafond 20, déjà commandés 0)")
    vouchers.change_hours(claire, "20").reads_text("600,00 €").press("Continue")
    vouchers.declare(claire).reads_text("600,00 €")
    assert story.send(claire)
