"""Addresses of what is kept and made for somebody, whatever room it belongs to."""

from django.urls import path

from records import job_views

app_name = "records"
urlpatterns = [
    path("jobs/<uuid:pk>/", job_views.job_detail, name="job_detail"),
    path("jobs/<uuid:pk>/again/", job_views.job_again, name="job_again"),
]
