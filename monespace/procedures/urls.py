"""Addresses of the Portal. `/demarches/<slug>/introduire/` belongs to the dossiers."""

from django.urls import path

from monespace.procedures import views

app_name = "procedures"
urlpatterns = [
    path("", views.home, name="home"),
    path("demarches/", views.search, name="search"),
    path("demarches/<str:slug>/", views.page, name="page"),
    path("sitemap.xml", views.sitemap, name="sitemap"),
    path("robots.txt", views.robots, name="robots"),
]
