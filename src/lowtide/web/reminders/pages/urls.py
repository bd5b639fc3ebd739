"""The addresses of reminders."""

from __future__ import annotations

from django.urls import path

from lowtide.web.reminders.pages import calendar, devices, letters, once, overview, routine

urlpatterns = [
    path("reminders/", overview.overview, name="reminders"),
    path("reminders/about/<str:about>/", routine.routine, name="reminders-about"),
    path("reminders/hours/", overview.hours, name="reminders-hours"),
    path("reminders/break/", overview.take_a_break, name="reminders-break"),
    path("reminders/test/", once.test, name="reminders-test"),
    path("reminders/push/", devices.push, name="reminders-push"),
    path("reminders/push/end/", devices.end, name="reminders-push-end"),
    path("reminders/mail/", letters.mail, name="reminders-mail"),
    path("reminders/stop/<str:token>/", letters.stop, name="reminders-stop"),
    path("reminders/calendar/", calendar.address, name="reminders-calendar"),
    path("reminders/<uuid:pk>/", once.reminder, name="reminder"),
    path("reminders/<uuid:pk>/snooze/", once.put_off, name="reminder-snooze"),
    path("calendar/<str:secret>.ics", calendar.feed, name="calendar-feed"),
]
