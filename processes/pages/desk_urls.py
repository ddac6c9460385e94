"""Addresses of the inspector's desk."""

from django.urls import path

from processes.pages import desk

urlpatterns = [
    path("", desk.desk, name="desk"),
    path("ask/", desk.desk_ask, name="desk_ask"),
    path("questions/<slug:name>/", desk.ready_question, name="ready_question"),
    path("asked/", desk.asked_questions, name="asked_questions"),
    path("asked/<int:question_id>/", desk.asked_question, name="asked_question"),
    path(
        "asked/<int:question_id>/answer.<kind:kind>",
        desk.asked_question_file,
        name="asked_question_file",
    ),
    path(
        "asked/<int:question_id>/export/", desk.asked_question_export, name="asked_question_export"
    ),
]
