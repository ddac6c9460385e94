from django.urls import path
from viewflow.urls import Site
from viewflow.workflow.flow import FlowViewset, WorkflowAppViewset

from .flows import PermitFlow

site = Site(
    title="Permits",
    viewsets=[WorkflowAppViewset(flow_viewsets=[FlowViewset(PermitFlow, icon="assignment")])],
)
urlpatterns = [path("", site.urls)]
