"""Addresses of dossiers, of the home of a space, and of the check of a receipt."""

from django.urls import path

from monespace.dossiers.views import (
    around,
    beginning,
    filling,
    following,
    handing,
    home,
    importing,
    sending,
    taking_part,
    verifying,
    versions,
)

app_name = "dossiers"
DOSSIER = "espaces/<space:key>/dossiers/<slug:ref>/"
urlpatterns = [
    path("demarches/<slug:slug>/introduire/", beginning.begin, name="begin"),
    path("espaces/<space:key>/", home.home, name="home"),
    path("espaces/<space:key>/dossiers/", home.dossiers, name="list"),
    path("espaces/<space:key>/commencer/<slug:slug>/", beginning.start, name="start"),
    path(DOSSIER, following.dossier, name="dossier"),
    path(DOSSIER + "demande/", following.answers, name="answers"),
    path(DOSSIER + "documents/", following.documents, name="documents"),
    path(DOSSIER + "documents/<uuid:document>/", following.document, name="document"),
    path(DOSSIER + "courriers/<slug:kind>/", following.paper, name="paper"),
    path(DOSSIER + "recepisse/", sending.receipt, name="receipt"),
    path(DOSSIER + "retirer/", following.withdraw, name="withdraw"),
    path(DOSSIER + "supprimer/", filling.delete, name="delete"),
    path(DOSSIER + "remplir/", filling.tasks, name="tasks"),
    path(DOSSIER + "remplir/nouvelle-version/", versions.version, name="version"),
    path(DOSSIER + "remplir/confier/", handing.hand_over, name="hand_over"),
    path(DOSSIER + "remplir/reprendre/", handing.take_over, name="take_over"),
    path(DOSSIER + "remplir/partager/", taking_part.share, name="share"),
    path(DOSSIER + "confirmer/", taking_part.confirm, name="confirm"),
    path(DOSSIER + "remplir/presents/", around.around, name="around"),
    path(DOSSIER + "remplir/verifier/", sending.check, name="check"),
    path(DOSSIER + "remplir/<path:address>/", filling.page, name="page"),
    path(DOSSIER + "importer/<path:address>/modele.csv", importing.template, name="import_template"),
    path(DOSSIER + "importer/<path:address>/", importing.rows, name="import"),
    path("verifier/", verifying.verify, name="verify"),
]
