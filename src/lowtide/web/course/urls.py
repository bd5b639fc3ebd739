"""The addresses of the course."""

from __future__ import annotations

from django.urls import include, path

from lowtide.web.course.pages import calendar, doing, home, moving, week

urlpatterns = [
    path("course/", home.course, name="course"),
    path("course/programmes/<slug:name>/", home.programme, name="course-programme"),
    path("course/programmes/<slug:name>/begin/", home.begin, name="course-begin"),
    path("course/week/<int:number>/", week.week, name="course-week"),
    path("course/week/<int:number>/day/", week.day, name="course-day"),
    path("course/own/", week.own, name="course-own"),
    path("course/done/", doing.done, name="course-done"),
    path("course/calendar/", calendar.calendar, name="course-calendar"),
    path("course/calendar/<uuid:pk>/", calendar.entry, name="course-entry"),
    path("course/calendar/<uuid:pk>/forget/", calendar.forget, name="forget-course-entry"),
    path("course/known/", moving.known, name="course-known"),
    path("course/pause/", moving.pause, name="course-pause"),
    path("course/resume/", moving.resume, name="course-resume"),
    path("course/stay/", moving.stay, name="course-stay"),
    path("course/leave/", moving.leave, name="course-leave"),
    path("course/again/", moving.again, name="course-again"),
    path("course/pace/", moving.pace, name="course-pace"),
    path("course/remind/", moving.remind, name="course-remind"),
    *(path("", include(f"lowtide.web.course.{room}.urls")) for room in ("meetings", "certificate")),
]
