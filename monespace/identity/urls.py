"""Addresses of sign-in and profile."""

from django.urls import path

from monespace.identity.views import card, own_code, phone, profile, sessions, sign_in, told

app_name = "identity"
urlpatterns = [
    path("connexion/", sign_in.sign_in, name="sign_in"),
    path("connexion/carte/", card.card, name="card"),
    path("connexion/carte/defi/", card.challenge, name="card_challenge"),
    path("connexion/retour/", sign_in.callback, {"provider": "fas"}, name="callback"),
    path("connexion/retour/itsme/", sign_in.callback, {"provider": "itsme"}, name="callback_itsme"),
    path("connexion/code/", own_code.number, name="sms"),
    path("connexion/code/saisir/", own_code.code, name="sms_code"),
    path("connexion/code/mot-de-passe/", own_code.password, name="sms_password"),
    path("connexion/fin/<slug:provider>/", told.signed_out, name="told_signed_out"),
    path("connexion/cles.json", told.keys, name="keys"),
    path("deconnexion/", sign_in.sign_out, name="sign_out"),
    path("profil/", profile.profile, name="profile"),
    path("profil/bienvenue/", profile.welcome, name="welcome"),
    path("profil/code/", profile.email_code, name="email_code"),
    path("profil/sessions/", sessions.sessions, name="sessions"),
    path("profil/telephone/", phone.phone, name="phone"),
    path("profil/telephone/code/", phone.phone_code, name="phone_code"),
    path("profil/telephone/mot-de-passe/", phone.phone_password, name="phone_password"),
    path("session/prolonger/", sessions.prolong, name="prolong"),
]
