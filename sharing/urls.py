"""The addresses of sharing: the owner's below /sharing/, the reader's below /people/."""

from django.urls import path

from sharing import reader_views, views

app_name = "sharing"
urlpatterns = [
    path("sharing/", views.share_list, name="share_list"),
    path("sharing/add/", views.share_add, name="share_add"),
    path("sharing/give/", views.share_give, name="share_give"),
    path("sharing/looked/", views.access_log, name="access_log"),
    path("sharing/<uuid:pk>/change/", views.share_change, name="share_change"),
    path("sharing/<uuid:pk>/as-they-see/", views.share_preview, name="share_preview"),
    path("sharing/<uuid:pk>/stop/", views.share_stop, name="share_stop"),
    path("sharing/<uuid:pk>/new-words/", views.share_invite, name="share_invite"),
    path("people/", reader_views.people, name="people"),
    path("people/<uuid:pk>/", reader_views.share_read, name="share_read"),
    path("people/<uuid:pk>/accept/", reader_views.share_accept, name="share_accept"),
    path("people/<uuid:pk>/decline/", reader_views.share_decline, name="share_decline"),
    path("people/<uuid:pk>/leave/", reader_views.share_leave, name="share_leave"),
    path("invitation/", reader_views.invitation_enter, name="invitation_enter"),
    path("invitation/accept/", reader_views.invitation_accept, name="invitation_accept"),
    path("invitation/<slug:words>/", reader_views.invitation_open, name="invitation_open"),
]
