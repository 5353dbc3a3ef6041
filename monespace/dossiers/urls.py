"""Addresses of the room."""


app_name = "dossiers"
urlpatterns: list = []
