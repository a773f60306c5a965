"""The addresses of a person's own directive, and of documents made of it."""

from django.urls import path, register_converter

from directives import document_views, entry_views, views
from directives.topics import BY_SLUG
from records.addresses import section_converter

register_converter(section_converter(BY_SLUG), "topic")

app_name = "directives"
urlpatterns = [
    path("", views.directive_overview, name="directive_overview"),
    path("state/", views.state_choose, name="state_choose"),
    path("signing/", views.signing_rules, name="signing_rules"),
    path("whole/", views.directive_read, name="directive_read"),
    path("removed/", views.directive_removed, name="directive_removed"),
    path("<topic:section>/", views.section_detail, name="section_detail"),
    path("<topic:section>/before/", views.topic_warning, name="topic_warning"),
    path("<topic:section>/skip/", views.topic_skip, name="topic_skip"),
    path("<topic:section>/take-up/", views.topic_take_up, name="topic_take_up"),
    path("<topic:section>/add/", entry_views.entry_add, name="entry_add"),
    path("entry/<uuid:pk>/", entry_views.entry_edit, name="entry_edit"),
    path("entry/<uuid:pk>/up/", entry_views.entry_up, name="entry_up"),
    path("entry/<uuid:pk>/down/", entry_views.entry_down, name="entry_down"),
    path("entry/<uuid:pk>/remove/", entry_views.entry_remove, name="entry_remove"),
    path("entry/<uuid:pk>/bring-back/", entry_views.entry_bring_back, name="entry_bring_back"),
    path("card/", document_views.card_ask, name="card_ask"),
    path("<uuid:pk>/print/", document_views.document_ask, name="document_ask"),
    path("<uuid:pk>/printed/<uuid:job>/", document_views.document_download, name="document_download"),
]
