"""Addresses of spaces and access management."""

app_name = "spaces"
urlpatterns: list = []
