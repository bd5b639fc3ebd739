"""The addresses of groups and their meetings."""

from __future__ import annotations

from django.urls import path

from lowtide.web.course.meetings import groups, leading, meeting, stopping

urlpatterns = [
    path("course/groups/", groups.groups, name="groups"),
    path("course/groups/new/", groups.found, name="group-found"),
    path("course/groups/elsewhere/", groups.found, {"is_elsewhere": True}, name="group-elsewhere"),
    path("course/groups/join/<str:secret>/", groups.join, name="group-join"),
    path("course/groups/stop/<str:token>/", stopping.stop, name="group-stop"),
    path("course/groups/<uuid:pk>/", groups.group, name="group"),
    path("course/groups/<uuid:pk>/join/", groups.join_here, name="group-join-here"),
    path("course/groups/<uuid:pk>/wishes/", groups.wishes, name="group-wishes"),
    path("course/groups/<uuid:pk>/leave/", groups.leave, name="group-leave"),
    path("course/groups/<uuid:pk>/dates.ics", groups.dates, name="group-dates"),
    path("course/groups/<uuid:pk>/invitation/", leading.invitation, name="group-invitation"),
    path("course/groups/<uuid:pk>/remove/", leading.remove, name="group-remove"),
    path("course/groups/<uuid:pk>/lead/", leading.take_up, name="group-lead"),
    path("course/meetings/<uuid:pk>/", meeting.meeting, name="meeting"),
    path("course/meetings/<uuid:pk>/meeting.ics", meeting.date, name="meeting-date"),
    path("course/meetings/<uuid:pk>/off/", meeting.call_off, name="meeting-off"),
    path("course/meetings/<uuid:pk>/came/", meeting.attendance, name="meeting-came"),
]
