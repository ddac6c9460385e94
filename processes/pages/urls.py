"""Addresses of the pages."""

from django.urls import path
from django.views.generic import RedirectView

from processes.pages import cases, inbox, papers, sign_in, start, tasks, trail

urlpatterns = [
    path("", RedirectView.as_view(pattern_name="inbox"), name="home"),
    path("sign-in/", sign_in.SignIn.as_view(), name="login"),
    path("sign-in/as/<int:user_id>/", sign_in.sign_in_as, name="sign_in_as"),
    path("inbox/", inbox.inbox, name="inbox"),
    path("tasks/<int:task_id>/take/", tasks.take_task, name="take"),
    path("tasks/<int:task_id>/give-back/", tasks.give_back_task, name="give_back"),
    path("cases/", cases.case_list, name="cases"),
    path("cases/<int:case_id>/", cases.case_page, name="case"),
    path("cases/<int:case_id>/trail/", cases.case_trail, name="case_trail"),
    path("cases/<int:case_id>/actions/<slug:name>/", cases.case_action, name="case_action"),
    path("cases/<int:case_id>/papers/<slug:item>/", papers.upload_paper, name="upload"),
    path("cases/<int:case_id>/tasks/<int:task_id>/", tasks.task_page, name="task"),
    path("cases/<int:case_id>/tasks/<int:task_id>/draft/", tasks.keep_draft, name="draft"),
    path("documents/<int:document_id>/", papers.download, name="download"),
    path("start/", start.positions, name="start"),
    path("start/<slug:procedure>/<int:position_id>/", start.begin, name="begin"),
    path("trail/", trail.trail, name="trail"),
    path("trail.csv", trail.trail_csv, name="trail_csv"),
    path("trail/verify/<int:chain>/", trail.verify_chain, name="verify"),
]
