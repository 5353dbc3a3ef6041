"""Addresses of the room."""


app_name = "procedures"
urlpatterns: list = []
