from django.db import models
from viewflow import jsonstore
from viewflow.workflow.models import Process


class Office(models.Model):
    """Where rights are held: guardian's permissions are on its rows."""

    name = models.CharField(max_length=200)

    class Meta:
        permissions = [("check_permit", "Check permits"), ("approve_permit", "Approve permits")]

    def __str__(self) -> str:
        return self.name


class PermitProcess(Process):
    """The stock process; its office is the artifact, its data are in the JSON column."""

    note = jsonstore.CharField(max_length=250, blank=True)
    checked = jsonstore.BooleanField(default=False)
    approved = jsonstore.BooleanField(default=False)

    class Meta:
        proxy = True
