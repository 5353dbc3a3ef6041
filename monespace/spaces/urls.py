"""Addresses of spaces and access management."""

from django.urls import path

app_name = "spaces"
urlpatterns: list = []
