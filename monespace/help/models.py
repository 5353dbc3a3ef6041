"""What people tell about the portal itself."""

from django.db import models

from monespace.identity.models import Person


class Feedback(models.Model):
    """One opinion. It says nothing of who wrote it, but for an address given freely in order to be answered."""

    id = models.BigAutoField(primary_key=True)
    page = models.CharField(max_length=300, blank=True, help_text="path of the page it is about, without its query")
    doing = models.CharField(max_length=500, blank=True)
    problem = models.CharField(max_length=3000)
    email = models.EmailField(blank=True)
    language = models.CharField(max_length=2)
    created_at = models.DateTimeField(auto_now_add=True)
    handled_at = models.DateTimeField(null=True)
    handled_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
