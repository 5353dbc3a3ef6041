"""Addresses of the desk, under /guichet/."""

from django.urls import path, re_path

from monespace.desk.http import REF
from monespace.desk.views import acting, dossier, inbox

app_name = "desk"
DOCUMENT = r"documents/(?P<document>[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})/"
urlpatterns = [
    path("", inbox.inbox, name="inbox"),
    re_path(rf"^{REF}/$", dossier.dossier, name="dossier"),
    re_path(rf"^{REF}/accuse/$", acting.acknowledge, name="acknowledge"),
    re_path(rf"^{REF}/decider/$", acting.decide, name="decide"),
    re_path(rf"^{REF}/conflit/$", acting.conflict, name="conflict"),
    re_path(rf"^{REF}/numeros/$", dossier.numbers, name="numbers"),
    re_path(rf"^{REF}/{DOCUMENT}$", dossier.document, name="document"),
    re_path(rf"^{REF}/courriers/(?P<kind>[a-z]+)/$", dossier.paper, name="paper"),
]
