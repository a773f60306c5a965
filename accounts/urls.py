"""Addresses of this room. django-allauth's own, which need their plain names, are in the roof."""

from django.urls import path

from accounts import views

app_name = "accounts"
urlpatterns = [
    path("", views.settings, name="settings"),
    path("time-zone/", views.time_zone_edit, name="time_zone_edit"),
    path("e-mail/", views.email_edit, name="email_edit"),
    path("sessions/<int:pk>/end/", views.session_end, name="session_end"),
    path("sessions/end-others/", views.sessions_end_others, name="sessions_end_others"),
    path("kit/", views.recovery_kit, name="recovery_kit"),
    path("kit/make/", views.recovery_kit_make, name="recovery_kit_make"),
    path("kit/use/", views.recovery_kit_use, name="recovery_kit_use"),
]
