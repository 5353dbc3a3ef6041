"""The inbox's address."""

from django.urls import path

from monespace.notices import views

app_name = "notices"
urlpatterns = [path("notifications/", views.inbox, name="inbox")]
