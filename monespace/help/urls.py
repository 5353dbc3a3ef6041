"""Addresses of the help centre and of opinions."""

from django.urls import path

from monespace.help import views

app_name = "help"
urlpatterns = [
    path("aide/", views.home, name="home"),
    path("aide/recherche/", views.search, name="search"),
    path("aide/contact/", views.contact, name="contact"),
    path("aide/<slug:topic>.pdf", views.pdf, name="pdf"),
    path("aide/<slug:topic>/", views.page, name="page"),
    path("avis/", views.feedback, name="feedback"),
    path("guichet/avis/", views.opinions, name="opinions"),
    path("avis/merci/", views.thanks, name="thanks"),
]
