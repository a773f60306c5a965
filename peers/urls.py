"""The addresses of groups: a person's, and below each group those of who runs it."""

from django.urls import path

from peers import paper_views, running_views, session_views, views

app_name = "peers"
urlpatterns = [
    path("", views.group_list, name="group_list"),
    path("find/", views.group_find, name="group_find"),
    path("start/", running_views.group_start, name="group_start"),
    path("<uuid:pk>/", views.group_detail, name="group_detail"),
    path("<uuid:pk>/join/", views.group_join, name="group_join"),
    path("<uuid:pk>/name/", views.group_name, name="group_name"),
    path("<uuid:pk>/leave/", views.group_leave, name="group_leave"),
    path("<uuid:pk>/help/yes/", views.helping_accept, name="helping_accept"),
    path("<uuid:pk>/help/no/", views.helping_decline, name="helping_decline"),
    path("<uuid:pk>/run/", running_views.group_run, name="group_run"),
    path("<uuid:pk>/change/", running_views.group_change, name="group_change"),
    path("<uuid:pk>/people/add/", running_views.member_add, name="member_add"),
    path("<uuid:pk>/people/<uuid:member>/accept/", running_views.member_accept, name="member_accept"),
    path("<uuid:pk>/people/<uuid:member>/decline/", running_views.member_decline, name="member_decline"),
    path("<uuid:pk>/people/<uuid:member>/name/", running_views.member_name, name="member_name"),
    path("<uuid:pk>/people/<uuid:member>/take-off/", running_views.member_take_off, name="member_take_off"),
    path("<uuid:pk>/helpers/ask/", running_views.helper_ask, name="helper_ask"),
    path("<uuid:pk>/helpers/<uuid:helper>/end/", running_views.helper_end, name="helper_end"),
    path("<uuid:pk>/sessions/", session_views.session_list, name="session_list"),
    path("<uuid:pk>/sessions/open/", session_views.session_open, name="session_open"),
    path("<uuid:pk>/sessions/<uuid:session>/", session_views.session_sheet, name="session_sheet"),
    path("<uuid:pk>/sessions/<uuid:session>/walk-in/", session_views.walk_in_add, name="walk_in_add"),
    path("<uuid:pk>/roster/print/", paper_views.roster_ask, name="roster_ask"),
    path("<uuid:pk>/sessions/<uuid:session>/print/", paper_views.sign_in_ask, name="sign_in_ask"),
    path("<uuid:pk>/printed/<uuid:job>/", paper_views.paper_download, name="paper_download"),
]
