"""Addresses of the room."""


app_name = "help"
urlpatterns: list = []
