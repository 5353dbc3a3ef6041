"""The fixed cast of every test: the people and enterprises of the demonstration's story. All are invented.

National and enterprise numbers have right check digits and lie where no real person or enterprise is known to be.
"""

from typing import NamedTuple


class Somebody(NamedTuple):
    """A person of the story."""

    given_names: str
    family_name: str
    national_number: str
    language: str = "fr"
    email: str = ""


class Firm(NamedTuple):
    """An enterprise of the story; functions are (holder, code, joint)."""

    number: str
    name: str
    kind: str
    form: str
    functions: tuple[tuple[Somebody, str, bool], ...]


CLAIRE = Somebody("Claire", "Dubois", "85031499897", email="claire.dubois@courrier.example")
MARC = Somebody("Marc", "Lefèvre", "58110299744")
NADIA = Somebody("Nadia", "Benali", "79062199873", email="nadia.benali@lambiotte.example")
ERIC = Somebody("Éric", "Lambiotte", "72083099759", email="eric.lambiotte@lambiotte.example")
INES = Somebody("Inès", "Carlier", "97020799867", email="ines.carlier@lambiotte.example")
ANNE = Somebody("Anne", "Collard", "69090899880", email="anne.collard@valmoulin.example")
BENOIT = Somebody("Benoît", "Henrard", "71041799712", email="benoit.henrard@valmoulin.example")
PHILIPPE = Somebody("Philippe", "Warnier", "76120599748", email="philippe.warnier@valmoulin.example")
SOPHIE = Somebody("Sophie", "Maréchal", "90052699850", email="sophie.marechal@valmoulin.example")
PAUL = Somebody("Paul", "Ndiaye", "94081199724", email="travaux@valmoulin.example")
FATIMA = Somebody("Fatima", "El Amrani", "74021999897", email="fatima.elamrani@cpas-valmoulin.example")
MICHEL = Somebody("Michel", "Quoilin", "63040499740", email="michel.quoilin@cpas-valmoulin.example")
LUCIEN = Somebody("Lucien", "Thiry", "51070399733", email="lucien.thiry@sentiers.example")
YVONNE = Somebody("Yvonne", "Delvaux", "48122099876", email="yvonne.delvaux@sentiers.example")
KARL = Somebody("Karl", "Schmitz", "66102499730", "de", "karl.schmitz@post.example")
ISABELLE = Somebody("Isabelle", "Mathot", "80030999845", email="isabelle.mathot@administration.example")
OLIVIER = Somebody("Olivier", "Servais", "77011299773", email="olivier.servais@administration.example")
HUGO = Somebody("Hugo", "Martin", "01061599703", email="hugo.martin@courrier.example")

BAKERY = Firm("0123456749", "Boulangerie Dubois", "self_employed", "", ((CLAIRE, "FONDA", False),))
WORKSHOP = Firm("0123410229", "Atelier Lambiotte", "company", "610", ((NADIA, "ADMIN", False),))
COMMUNE = Firm("0123430421", "Commune de Valmoulin", "commune", "411", ((ANNE, "BOURG", True), (BENOIT, "DIRGE", True)))
CPAS = Firm("0123440517", "CPAS de Valmoulin", "cpas", "412", ((MICHEL, "PCPAS", True), (FATIMA, "DIRGE", True)))
TRAILS = Firm("0123450613", "Les Sentiers de Valmoulin", "asbl", "017", ((YVONNE, "PRESI", False),))
UNKNOWN_NUMBER = "0123499905"  # nobody holds it
