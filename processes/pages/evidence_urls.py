"""Addresses of the log, of verification and of evidence."""

from django.urls import path

from processes.pages import evidence, log

urlpatterns = [
    path("", log.checkpoints, name="checkpoints"),
    path("sign/", log.sign_now, name="checkpoint_now"),
    path("checkpoints/<int:number>/", log.checkpoint_page, name="checkpoint"),
    path("checkpoints/<int:number>/code.svg", log.checkpoint_code, name="checkpoint_code"),
    path("checkpoints/<int:number>/note.txt", log.checkpoint_note, name="checkpoint_note"),
    path("cases/<int:case_id>/", evidence.case_evidence, name="case_evidence"),
    path("verification/", evidence.verification, name="verification"),
    path("inquiries/<int:inquiry_id>/", evidence.inquiry, name="inquiry"),
    path("inquiries/<int:inquiry_id>/work/", evidence.inquiry_work, name="inquiry_work"),
    path(
        "inquiries/<int:inquiry_id>/progress/", evidence.inquiry_progress, name="inquiry_progress"
    ),
    path("inquiries/<int:inquiry_id>/file.zip", evidence.inquiry_file, name="inquiry_file"),
]
