"""The addresses of a person's own plan. None of them carries an id but those of single entries."""

from django.urls import path, register_converter

from plans import entry_views, views
from plans.sections import BY_SLUG
from records.addresses import section_converter

register_converter(section_converter(BY_SLUG), "section")

app_name = "plans"
urlpatterns = [
    path("", views.plan_overview, name="plan_overview"),
    path("whole/", views.plan_read, name="plan_read"),
    path("removed/", views.plan_removed, name="plan_removed"),
    path("name/", views.plan_name, name="plan_name"),
    path("<section:section>/", views.section_detail, name="section_detail"),
    path("<section:section>/read/", views.section_read, name="section_read"),
    path("<section:section>/add/", entry_views.entry_add, name="entry_add"),
    path("entry/<uuid:pk>/", entry_views.entry_edit, name="entry_edit"),
    path("entry/<uuid:pk>/up/", entry_views.entry_up, name="entry_up"),
    path("entry/<uuid:pk>/down/", entry_views.entry_down, name="entry_down"),
    path("entry/<uuid:pk>/remove/", entry_views.entry_remove, name="entry_remove"),
    path("entry/<uuid:pk>/bring-back/", entry_views.entry_bring_back, name="entry_bring_back"),
]
