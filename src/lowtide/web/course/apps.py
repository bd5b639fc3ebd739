"""Tells Django about the course: its rows and pages; and lets it hear what is practised and told elsewhere."""

from __future__ import annotations

from django.apps import AppConfig
from django.db.models.signals import post_delete, post_save, pre_delete


class Course(AppConfig):
    """The course."""

    name = "lowtide.web.course"
    label = "course"

    def ready(self) -> None:
        """Listen to the practice, and say something on today's page and to whoever reminds."""
        from lowtide.web.course import actions, cards, noticing
        from lowtide.web.course.meetings import arranging, calendars, leaving
        from lowtide.web.course.models import Membership
        from lowtide.web.course.withdrawals import sending, writing
        from lowtide.web.practice import signals
        from lowtide.web.practice.models import OutsidePractice, Session
        from lowtide.web.practice.today.cards import mentions, shows_cards
        from lowtide.web.reminders import dates, practised, subjects
        from lowtide.web.reminders.work import sweeping

        name = "lowtide.course"
        post_save.connect(noticing.session_kept, sender=Session, dispatch_uid=f"{name}.session")
        post_save.connect(noticing.outside_kept, sender=OutsidePractice, dispatch_uid=f"{name}.outside")
        pre_delete.connect(writing.leaves, sender=Membership, dispatch_uid=f"{name}.leaves")
        post_delete.connect(leaving.left, sender=Membership, dispatch_uid=f"{name}.left")
        signals.told.connect(noticing.told, dispatch_uid=f"{name}.told")
        shows_cards(cards.cards)
        mentions(cards.asides)
        practised.register(noticing.practised)
        subjects.register(actions.ABOUT, noticing.subject, noticing.offered)
        subjects.register(leaving.MEETING.rstrip(":"), arranging.subject)
        dates.register(calendars.dates_of)
        sweeping.register(arranging.look)
        sweeping.register(sending.sweep)
