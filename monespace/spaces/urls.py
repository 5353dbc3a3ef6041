"""Addresses of spaces and access management."""

from django.urls import path

from monespace.spaces.views import choosing, invitations, inviting, people, setup, titles

app_name = "spaces"
ACCESS = "espaces/<space:key>/acces/"
SETUP = "espaces/configuration/"
urlpatterns = [
    path("espaces/", choosing.choose, name="choose"),
    path(SETUP, setup.ask_number, name="setup"),
    path(SETUP + "<str:number>/", setup.setup_for, name="setup_for"),
    path(SETUP + "<str:number>/designer/", setup.designate, name="designate"),
    path(SETUP + "<str:number>/contresigner/<uuid:invitation>/", setup.countersign, name="countersign"),
    path(ACCESS, people.people, name="people"),
    path(ACCESS + "personnes/<uuid:person>/", people.person, name="person"),
    path(ACCESS + "titres/<uuid:title>/retirer/", titles.withdraw, name="withdraw"),
    path(ACCESS + "titres/<uuid:title>/quitter/", titles.leave, name="leave"),
    path(ACCESS + "prendre-un-role/", titles.take_role, name="take_role"),
    path(ACCESS + "inviter/", inviting.invite, name="invite"),
    path(ACCESS + "invitations/<uuid:invitation>/confirmer/", inviting.confirm, name="confirm"),
    path(ACCESS + "invitations/<uuid:invitation>/annuler/", inviting.cancel, name="cancel"),
    path("invitations/<uuid:key>/", invitations.invitation, name="invitation"),
]
