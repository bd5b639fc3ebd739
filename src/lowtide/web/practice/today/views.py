"""Today: how it is now, and which session suits; one tap makes it."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from lowtide.errors import LengthError, UserError
from lowtide.model.clearance import Clearance
from lowtide.model.movement import Position
from lowtide.model.profile import Profile, Wish
from lowtide.model.time import MS_PER_MINUTE
from lowtide.plan import moment_at
from lowtide.screen import ANYTHING_AT_FIRST, ANYTHING_NEW, Again, Question, unanswered
from lowtide.web.accounts.days import clock_of, day_of
from lowtide.web.accounts.models import Person
from lowtide.web.accounts.people import PersonRequest, for_person, sent
from lowtide.web.practice import records
from lowtide.web.practice.begin.actions import ask_again
from lowtide.web.practice.begin.wording import FAMILIES, POSITIONS
from lowtide.web.practice.models import Moment, Preferences
from lowtide.web.practice.today import actions, drawing
from lowtide.web.practice.today.cards import aside_of, cards_of
from lowtide.web.practice.today.forms import LAST, LENGTHS, MEASURES, QuickForm, TodayForm, WishQuery
from lowtide.web.practice.today.offers import Offer, offer, offers, shelves

asks = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@for_person
def door(request: PersonRequest) -> HttpResponse:
    """Send to where this person goes on."""
    is_new = not request.person.screenings.exists() and not request.person.sessions.exists()
    return redirect("begin" if is_new else "today")


@asks
@for_person
def today(request: PersonRequest) -> HttpResponse:
    """Ask what is new, how it is, how long and in which position, on one screen."""
    now, person = timezone.now(), request.person
    if records.verdict_of(person, now).clearance is None and request.method != "POST":
        return redirect("first")
    usual = records.preferences_of(person)
    pains = records.body_pains(person, records.timing_of(person, now).day)
    form = TodayForm(pains, sent(request), initial=_last_said(person, usual, now))
    if form.is_valid():
        told = actions.Told(arrival=form.cleaned_data["arrival"], pains=form.pains(), measures=form.measures())
        before = actions.tell_before(person, told, now)
        length_ms, position = form.length_ms(usual.length_ms), form.cleaned_data["position"]
        actions.remember(person, length_ms=length_ms, position=position)
        query = {"length_ms": length_ms, "position": position, "before": before.arrival if before else ""}
        stop = stopped(request, form.cleaned_data["anything_new"], now)
        return stop or redirect(f"{reverse('choose')}?{_query(query)}")
    harm = records.harm_of(person, now)
    shown = _choices(usual, harm.most_ms) | {
        "form": form, "harm": harm, "why": records.why_again_of(person, now), "cards": cards_of(person, now),
        "aside": aside_of(person, now),
    }  # fmt: skip
    shown |= {"anything_new": what_is_new(person, now)}
    return render(request, "practice/today/today.html", shown, status=422 if form.errors else 200)


@asks
@for_person
def quick(request: PersonRequest) -> HttpResponse:
    """Ask the least, and play: for who wants to begin at once."""
    now, person = timezone.now(), request.person
    usual = records.preferences_of(person)
    form = QuickForm(sent(request))
    error = ""
    if form.is_valid():
        wish = wish_at(person, now, form.length_ms(usual.length_ms), form.cleaned_data["position"])
        try:
            return stopped(request, form.cleaned_data["anything_new"], now) or _play(person, wish, now)
        except UserError as failure:
            error = str(failure)
    shown = _choices(usual, None) | {"form": form, "error": error, "anything_new": what_is_new(person, now)}
    return render(request, "practice/today/quick.html", shown, status=422 if error or form.errors else 200)


@require_safe
@for_person
def choose(request: PersonRequest) -> HttpResponse:
    """Offer one session with why, two others, and everything else."""
    now, person = timezone.now(), request.person
    query = WishQuery(request.GET)
    if not query.is_valid():
        return redirect("today")
    clearance = records.verdict_of(person, now).clearance
    if clearance is None:
        return redirect("first")
    return _offers_page(request, clearance, query.cleaned_data, now)


@asks
@for_person
def sessions(request: PersonRequest) -> HttpResponse:
    """Make the chosen session and go to its player; one that can not be had is said in one line, with what can."""
    if request.method != "POST":
        return redirect("today")
    now, person = timezone.now(), request.person
    query = WishQuery(request.POST)
    if not query.is_valid():
        return redirect("today")
    told = query.cleaned_data
    wish = wish_at(person, now, told["length_ms"], told["position"], told["technique"], told["script"])
    try:
        drawn = drawing.unsealed(person, told["session"], wish, told["seal"])
        return _play(person, drawn.wish, now, told["before"], told["session"], drawn)
    except UserError as failure:
        clearance = records.verdict_of(person, now).clearance
        assert clearance is not None, "without a clearance nobody gets as far as a session that can not be had"
        return _offers_page(request, clearance, told, now, failure)


def _play(
    person: Person, wish: Wish, now: datetime, before: Any = None, name: Any = None, drawn: drawing.Drawn | None = None
) -> HttpResponse:
    profile = records.profile_of(person, now)
    clearance = records.verdict_of(person, now).clearance
    if clearance is None:
        return redirect("first")
    if wish.technique or wish.script:
        chosen = replace(offer(profile, clearance, wish, _positions(person)), drawn=drawn)
    else:
        chosen = _left_open(person, profile, clearance, wish, now)
    made = actions.make_session(person, profile, replace(chosen, name=name or chosen.name), now, before=before)
    return redirect(f"/sessions/{made.uuid}/")


def _left_open(person: Person, profile: Profile, clearance: Clearance, wish: Wish, now: datetime) -> Offer:
    """Decide a session where nothing is named: what is drawn, or the plan's own where that can not be had."""
    drawn = drawing.draw(person, profile, clearance, wish, now)
    if drawn.wish.technique:
        with suppress(UserError):  # not of this length, or not in this position
            return replace(offer(profile, clearance, drawn.wish, _positions(person)), drawn=drawn)
    return offer(profile, clearance, wish, _positions(person))


def _offers_page(
    request: PersonRequest, clearance: Clearance, told: dict[str, Any], now: datetime, failure: UserError | None = None
) -> HttpResponse:
    person = request.person
    wish = wish_at(person, now, told["length_ms"], told["position"])
    found = found_for(person, clearance, wish, now)
    is_searching = bool(told["q"] or told["family"])
    shown = {
        "suggested": found[0] if found else None, "others": found[1:], "told": told, "families": FAMILIES,
        "shelves": shelves(told["q"], told["family"]), "is_searching": is_searching, "failure": failure,
        "nearest_ms": _nearest(failure, told["length_ms"]),
        "positions": {one.value: one.text for one in POSITIONS}, "harm": records.harm_of(person, now),
    }  # fmt: skip
    return render(request, "practice/today/choose.html", shown, status=422 if failure else 200)


def found_for(person: Person, clearance: Clearance, wish: Wish, now: datetime) -> tuple[Offer, ...]:
    """Give what is offered, the drawn one first and sealed; where that can not be had today, the plan's own."""
    profile, liked = records.profile_of(person, now), frozenset(records.latest_version(person).likes)
    drawn = drawing.draw(person, profile, clearance, wish, now)
    found = offers(profile, clearance, drawn.wish, liked, _positions(person))
    if drawn.wish.technique and found and found[0].technique.name == drawn.wish.technique:
        first = replace(found[0], drawn=drawn, seal=drawing.sealed(person, found[0].name, drawn))
        return (first, *found[1:])
    return found if drawn.wish is wish else offers(profile, clearance, wish, liked, _positions(person))


def _positions(person: Person) -> tuple[Position, ...]:
    """Give the positions that work for a person."""
    told = records.latest_version(person).positions
    return tuple(position for position in Position if position in told)


def _nearest(failure: UserError | None, asked_ms: int) -> int | None:
    """Give the length nearest to the one asked for, in whole minutes where there is one."""
    if not isinstance(failure, LengthError):
        return None
    if asked_ms < failure.shortest_ms:
        return -(-failure.shortest_ms // MS_PER_MINUTE) * MS_PER_MINUTE
    return failure.longest_ms // MS_PER_MINUTE * MS_PER_MINUTE or None


def what_is_new(person: Person, now: datetime) -> Question | None:
    """Say how to ask what is new; None before a first session where every safety question was answered today."""
    if person.sessions.exists():
        return ANYTHING_NEW
    screening = person.screenings.last()
    is_today = screening is not None and day_of(person, screening.begun_at) == day_of(person, now)
    return None if is_today and not unanswered(records.profile_of(person, now)) else ANYTHING_AT_FIRST


def stopped(request: PersonRequest, anything_new: str, now: datetime) -> HttpResponse | None:
    """Go to the safety questions where something is new, and to help where it is needed; None to go on."""
    if anything_new == "yes":
        ask_again(request.person, Again.SOMETHING_NEW, now)
        return redirect("safety", group=1)
    if anything_new != "no" and records.why_again_of(request.person, now) is Again.SOMETHING_NEW:
        return redirect("safety", group=1)  # they said so, and the questions are still open
    if records.verdict_of(request.person, now).clearance is None:
        return redirect("first")
    return None


def wish_at(
    person: Person, now: datetime, length_ms: int, position: str, technique: str = "", script: str = ""
) -> Wish:
    """Say what is asked for, with the hour that it is asked at and a number that changes with each session."""
    clock = clock_of(person, now)
    return Wish(
        length_ms=length_ms,
        technique=technique,
        script=script,
        position=Position(position) if position else None,
        moment=frozenset({moment_at(clock.hour * 60 + clock.minute)}),
        seed=person.sessions.count(),
    )


def _last_said(person: Person, usual: Preferences, now: datetime) -> dict[str, Any]:
    day = records.timing_of(person, now).day
    last = person.ratings.filter(day=day, session__isnull=True, moment=Moment.BEFORE).last()
    return {name: getattr(last, name, None) for name in MEASURES} | {"position": usual.position}


def _choices(usual: Preferences, most_ms: int | None) -> dict[str, Any]:
    """Give the lengths and positions to tap, with the last ones marked."""
    length_ms = min(usual.length_ms, most_ms or usual.length_ms)
    minutes, rest = divmod(length_ms, MS_PER_MINUTE)
    is_usual = not rest and minutes in LENGTHS
    return {
        "lengths": LENGTHS, "chosen": minutes if is_usual else LAST, "own_length_ms": None if is_usual else length_ms,
        "positions": POSITIONS, "chosen_position": usual.position,
    }  # fmt: skip


def _query(told: dict[str, Any]) -> str:
    query = QueryDict(mutable=True)
    query.update({key: str(value) for key, value in told.items() if value != ""})
    return query.urlencode()
