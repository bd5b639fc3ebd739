"""Everything to take along, everything back, and everything gone: by what a person would find in the files."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
import zipfile
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.apps import apps
from django.contrib.sessions.models import Session as BrowserSession
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lowtide.errors import UserError
from lowtide.learn.comparison import design
from lowtide.model.profile import Pain, Profile
from lowtide.model.routine import Quiet, Style
from lowtide.web.accounts.models import Person, User
from lowtide.web.accounts.people import first_person
from lowtide.web.course import models as course
from lowtide.web.practice import models as rows
from lowtide.web.practice.begin.actions import tell, tell_answers
from lowtide.web.practice.records import keep_body_map, keep_comparison, profile_row
from lowtide.web.reminders import models as reminders
from lowtide.web.reminders.actions import Wished, keep_quiet_hours, keep_routine
from lowtide.web.reminders.work.tasks import enqueue
from lowtide.web.takeout import loading, reading, tables, writing
from lowtide.web.takeout.cells import guarded, unguarded
from lowtide.web.takeout.deletion import deleting
from remembering import HandClock, look
from web.conftest import PASSWORD, browser, person_with_account
from weeks_lived import practised, walked, wrote

FORMULAS = ["=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1", '  =HYPERLINK("x")', "'tis", "＝1"]  # fmt: skip


def lived(person: Person, words: str = "Zaphira") -> None:
    """Something in every table."""
    now = timezone.now()
    person.name, person.time_zone = words, "Europe/Lisbon"
    person.save()
    tell_answers(person, {"fever": False, "weight-loss": None}, now)
    tell(person, now, age_years=46, worse_with=["sitting"], conditions=[], positions=["lying"], likes=["body"])
    keep_body_map(person, [Pain(region="lower-back", intensity=6, quality=words)], now)
    rows.Preferences.objects.create(person=person, length_ms=720_000)
    session = practised(person, now, odds={"body-scan": 0.25, "pmr": 0.75}, chosen_by="learner", why=[words])
    after = session.ratings.get(moment="after")
    after.note = words
    after.save()
    rows.UnwellReport.objects.create(person=person, session=session, at=now, day=session.day, feelings=["very sad"])
    wrote(person, now, 4, words)
    walked(person, now, 30, words)
    drawn = design(str(uuid4()), ("body-scan", "pmr"), 2, 600_000, first_day=20_000, seed=1)
    keep_comparison(person, drawn, now)
    begun = course.Enrolment.objects.create(person=person, programme="mbsr-style", first_day=session.day)
    line = {"enrolment": begun, "at": now, "day": session.day}
    course.LogLine.objects.create(kind="began", pace="practice", **line)
    course.LogLine.objects.create(kind="practised", week="week-1", practice="body-scan", session=session, **line)
    course.LogLine.objects.create(kind="chose", chosen=[words], **line)
    course.EventEntry.objects.create(
        person=person, enrolment=begun, at=now, day=session.day, kind="pleasant", happened=words
    )
    group = course.Group.objects.create(name=words, programme="mbsr-style", minutes=150, secret=str(uuid4()))
    course.Membership.objects.create(group=group, person=person, name=words, is_leading=True)
    met = course.Meeting.objects.create(group=group, number=1, begins=now, minutes=150, summary=words, led_by=words)
    course.Meeting.objects.create(group=group, number=2, begins=now + timedelta(days=30), minutes=150, agenda=words)
    course.Attendance.objects.create(person=person, meeting=met, at=now, programme="mbsr-style")
    reminded_of(person, words, now)


def reminded_of(person: Person, words: str, now: datetime) -> None:
    """Everything that somebody wishes of reminders, and one on its way."""
    keep_routine(person, "ritual:midday-check-in", Wished(times=(750, 1020), weekdays=frozenset({0, 6}), by_mail=True))
    keep_routine(person, "diary", Wished(times=(1200,), style=Style.WORDS, is_on=False))
    row = keep_routine(person, "course", Wished(times=(1080,)))
    keep_quiet_hours(person, Quiet(from_minute=1320, to_minute=420))
    reminders.MailAddress.objects.create(person=person, address=f"{words.casefold()}@example.org")
    reminders.CalendarAddress.objects.create(person=person)
    reminders.PushSubscription.objects.create(
        person=person, endpoint=f"https://push.example.org/{uuid4()}", public_key="k", auth="a", browser="b"
    )
    due = reminders.Reminder.objects.create(routine=row, day=now.date(), minute=1080, due_at=now, standing="given")
    sent = reminders.Delivery.objects.create(reminder=due, channel="mail", destination="owner", not_before=now)
    enqueue([sent.pk])


def kept(person: Person) -> dict[str, Any]:
    """Everything of a person that is read back."""
    return {
        name: [{column: value for column, value in row.items() if column not in tables.NOT_READ} for row in found]
        for name, found in writing.everything(person).items()
    }


def take(person: Person, name: str, file: bytes) -> int:
    return loading.Loading(person).take(reading.read(name, file))


def somebody(address: str = "") -> Person:
    return person_with_account(address or f"{uuid4()}@example.org")


def files(person: Person) -> dict[str, bytes]:
    now = timezone.now()
    return {"a.zip": writing.as_zip(person, now), "a.json": writing.as_json(person, now)}


def changed(file: bytes, table: str, column: str, value: str) -> bytes:
    """The same ZIP with one cell changed, as somebody would in a spreadsheet."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(file)) as old, zipfile.ZipFile(out, "w") as new:
        for one in old.namelist():
            part = old.read(one)
            if one == f"{table}.csv":
                header, first, *rest = csv.reader(io.StringIO(part.decode("utf-8-sig"), newline=""))
                first[header.index(column)] = value
                text = io.StringIO(newline="")
                csv.writer(text).writerows([header, first, *rest])
                part = text.getvalue().encode("utf-8-sig")
            new.writestr(one, part)
    return out.getvalue()


def test_every_field_of_every_table_is_taken_along() -> None:
    hidden = {"id", "person", "secret"}  # an invitation's secret opens a door here and nowhere else
    of_the_routine = {
        "uuid",  # names its event in the calendars that subscribe here
        "once_at",  # only meetings happen once, and their reminders are set by their group
        "next_at",  # is reckoned anew
    }
    rooms = [apps.get_app_config(name) for name in ("practice", "course", "reminders")]
    of_the_machine = {
        course.MeetingLetter, course.Withdrawal,  # that a letter left, not what it said
        course.Mention,  # that courses were mentioned here once
        reminders.Reminder, reminders.Delivery,  # that one was sent or left out, in the last days
        reminders.PushSubscription,  # a browser has subscribed here, and with this machine's keys
        reminders.CalendarAddress,  # a secret that opens a door here and nowhere else
        reminders.Pause,  # signed out here; the course's own break is in its log
        reminders.PushKeys, reminders.Heartbeat,  # nobody's
    }  # fmt: skip
    for model in {model for room in rooms for model in room.get_models()} - of_the_machine:
        (table,) = [one for one in tables.TABLES if one.model is model]
        not_here = hidden | of_the_routine if model is reminders.Routine else hidden
        names = {one.name for one in model._meta.concrete_fields} - not_here
        assert names == set(table.columns), model
        assert all(table.columns.values()), model
    assert {one.name for one in Person._meta.concrete_fields} - {"id", "owner", "made_at"} == set(tables.YOU)


def test_each_table_opens_in_a_spreadsheet_with_its_columns_explained(db: str) -> None:
    person = somebody()
    lived(person)
    with zipfile.ZipFile(io.BytesIO(files(person)["a.zip"])) as file:
        assert set(file.namelist()) == {f"{one}.csv" for one in ("you", *tables.BY_NAME)} | {
            "README.txt",
            "everything.json",
        }
        explained = file.read("README.txt").decode()
        for name in tables.BY_NAME:
            part = file.read(f"{name}.csv")
            assert part.startswith(b"\xef\xbb\xbf"), "without it Excel takes ä for Ã¤"
            header, *lines = csv.reader(io.StringIO(part.decode("utf-8-sig"), newline=""))
            assert lines, name
            assert all(len(line) == len(header) for line in lines)
            assert all(f"  {column}: " in explained for column in header)


@pytest.mark.parametrize("words", FORMULAS)
def test_no_cell_is_a_formula_and_each_is_read_back_as_it_was(db: str, words: str) -> None:
    person = somebody()
    wrote(person, timezone.now(), 4, words)
    file = files(person)["a.zip"]
    with zipfile.ZipFile(io.BytesIO(file)) as opened:
        (line,) = csv.DictReader(io.StringIO(opened.read("diary.csv").decode("utf-8-sig"), newline=""))
    assert line["note"].startswith("'")
    other = somebody()
    take(other, "a.zip", file)
    assert other.diary.get().note == words


@given(st.text())
def test_a_guarded_text_is_no_formula_and_comes_back(text: str) -> None:
    assert unguarded(guarded(text)) == text
    assert not guarded(text).lstrip(" ").startswith(("=", "+", "-", "@"))


@pytest.mark.parametrize("kind", ["a.zip", "a.json"])
def test_what_was_taken_along_comes_back_whole(db: str, kind: str) -> None:
    person = somebody()
    lived(person)
    before, file = kept(person), files(person)[kind]
    person.delete()
    other = somebody()
    assert take(other, kind, file) == sum(len(one) for name, one in before.items() if name != "you")
    assert kept(other) == before


@pytest.mark.parametrize("kind", ["a.zip", "a.json"])
def test_the_same_file_twice_changes_nothing(db: str, kind: str) -> None:
    person, other = somebody(), somebody()
    lived(person)
    before, file = kept(person), files(person)[kind]
    assert take(person, kind, file) == 0
    assert kept(person) == before
    take(other, kind, file)
    once = kept(other)
    assert take(other, kind, file) == 0
    assert kept(other) == once
    assert kept(person) == before


NOTES = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=60)
RATING = st.none() | st.integers(0, 10)
MOMENTS = st.datetimes(min_value=datetime(1971, 1, 1), max_value=datetime(2026, 1, 1), timezones=st.just(UTC))
ENTRIES = st.fixed_dictionaries({"at": MOMENTS, "tension": RATING, "stress": RATING, "mood": RATING, "note": NOTES})
PLACES = st.dictionaries(st.sampled_from(["lower-back", "neck", "left-hip"]), st.tuples(RATING, NOTES), max_size=3)
LIVED = st.lists(st.tuples(ENTRIES, PLACES), max_size=4)
WALKS = st.lists(st.tuples(MOMENTS, st.integers(1, 1440), NOTES.filter(bool)), max_size=3)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(entries=LIVED, walks=WALKS, ratings=LIVED, kind=st.sampled_from(["a.zip", "a.json"]))
def test_any_diary_comes_back_as_it_was(
    db: str, entries: list[Any], walks: list[Any], ratings: list[Any], kind: str
) -> None:
    person = somebody()
    for told, places in entries:
        entry = rows.DiaryEntry.objects.create(person=person, day=told["at"].date(), **told)
        for region, (intensity, words) in places.items():
            rows.DiaryPain.objects.create(entry=entry, region=region, intensity=intensity, quality=words)
    for told, places in ratings:
        session = practised(person, told["at"], None, None, why=[told["note"]])
        row = rows.Ratings.objects.create(person=person, session=session, moment="after", day=session.day, **told)
        for region, (intensity, _) in places.items():
            rows.RatedPain.objects.create(ratings=row, region=region, intensity=intensity)
    for at, minutes, what in walks:
        walked(person, at, minutes, what)
    before, file = kept(person), files(person)[kind]
    person.delete()
    other = somebody()
    take(other, kind, file)
    assert kept(other) == before
    other.delete()


BAD = [
    ("diary", "mood", "eleven", "mood"), ("diary", "mood", "11", "mood"), ("diary", "at", "yesterday", "at"),
    ("diary", "at", "2199-01-01T00:00:00+00:00", "at"), ("diary", "arrival", "", "arrival"),
    ("diary_pains", "intensity", "-1", "intensity"),
    ("diary_pains", "entry", "3f1c0f5e-0000-4000-8000-000000000000", "entry"),
    ("diary_pains", "region", "", "region"), ("sessions", "profile", "{", "profile"),
    ("sessions", "profile", "[]", "profile"), ("sessions", "heard_ms", "99999999", "heard_ms"),
    ("sessions", "chosen_by", "fate", "chosen_by"), ("sessions", "odds", '{"pmr": 2}', "odds"),
    ("sessions", "voice_db", "nan", "voice_db"), ("sessions", "utc_offset_minutes", "9999", "utc_offset_minutes"),
    ("answers", "answer", "perhaps", "answer"), ("screenings", "why", "BORED", "why"),
    ("comparisons", "schedule", '["pmr"]', "schedule"), ("outside", "minutes", "0", "minutes"),
    ("profile", "age_years", "400", "age_years"), ("you", "time_zone", "Mars/Olympus", "time_zone"),
    ("unwell", "feelings", '"sad"', "feelings"), ("preferences", "position", "upside-down", "position"),
    ("ratings", "moment", "during", "moment"), ("diary", "note", "a\0b", "note"),
    ("reminders", "times", "[1440]", "times"), ("reminders", "times", "[720, 60]", "times"),
    ("reminders", "times", '["7:30"]', "times"), ("reminders", "times", "750", "times"),
    ("reminders", "times", "[true]", "times"), ("reminders", "times", str([*range(13)]), "times"),
    ("reminders", "weekdays", "128", "weekdays"), ("reminders", "weekdays", "-1", "weekdays"),
    ("reminders", "about", "meeting:3f1c0f5e-0000-4000-8000-000000000000", "about"),
    ("reminders", "about", "=1+1", "about"), ("reminders", "about", "ritual:", "about"),
    ("reminders", "style", "loud", "style"), ("quiet_hours", "from_minute", "1440", "from_minute"),
    ("quiet_hours", "to_minute", "1320", "to_minute"), ("quiet_hours", "to_minute", "", "to_minute"),
    ("mail_address", "address", "nowhere", "address"), ("mail_address", "address", "", "address"),
]  # fmt: skip


@pytest.mark.parametrize(("table", "column", "value", "said"), BAD)
def test_a_row_that_can_not_be_gets_one_line_and_nothing_is_read_in(
    db: str, table: str, column: str, value: str, said: str
) -> None:
    person, other = somebody(), somebody()
    lived(person)
    file = changed(files(person)["a.zip"], table, column, value)
    person.delete()
    with pytest.raises(loading.NotReadError) as failure:
        take(other, "a.zip", file)
    line = next(one for one in failure.value.lines if one.startswith(f"{table}"))
    assert line.startswith((f"{table}.csv, row 2, column '{said}': it ", "you, row 2"))
    assert not any(found for name, found in kept(Person.objects.get(pk=other.pk)).items() if name != "you")
    assert Person.objects.get(pk=other.pk).name == ""


STRANGE = [
    ("x.zip", b"PK\x03\x04 not really"), ("x.json", b"[]"), ("x.json", b"{"),
    ("x.json", b'{"lowtide": 2, "tables": {}}'),
    ("x.json", b'{"lowtide": 1, "tables": {"diary": [{"mod": 1}]}}'),
    ("x.json", b'{"lowtide": 1, "tables": {"x": []}}'),
    ("x.json", b'{"lowtide": 1, "tables": {"diary": [3]}}'), ("x.json", b"[" * 100_000), ("diary.csv", b""),
    ("diary.csv", b"moood,at\n1,2\n"), ("diary.csv", b"\xff\xfe"), ("letters.csv", b"a\n1\n"), ("x.txt", b"\x89PNG"),
    ("diary.csv", b"mood,mood\n1,2\n"), ("diary.csv", b"arrival,at\n1,2,3\n"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "file"), STRANGE)
def test_a_file_that_is_not_ours_is_refused_in_one_line(for_me: Client, name: str, file: bytes) -> None:
    page = for_me.post("/takeout/read/", {"file": SimpleUploadedFile(name, file)})
    text = page.content.decode()
    assert page.status_code == 422
    assert "Nothing was read in" in text
    assert text.count("<li>", text.index("Nothing was read in"), text.index("</div>", text.index("Nothing was"))) == 1


def test_a_zip_that_would_fill_the_machine_is_not_unpacked() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("diary.csv", b"0" * (reading.MOST_BYTES + 1))
    with pytest.raises(UserError, match="more than one of ours can"):
        reading.read("a.zip", out.getvalue())


def test_a_table_that_a_spreadsheet_has_saved_with_semicolons_is_read(db: str) -> None:
    person = somebody()
    text = f"arrival;at;day;mood\r\n{uuid4()};2026-03-01 09:00;2026-03-01;7\r\n"
    assert take(person, "Diary.csv", text.encode("utf-8-sig")) == 1
    assert person.diary.get().mood == 7


def test_anothers_file_never_touches_the_others_rows(db: str) -> None:
    person, other = somebody(), somebody()
    lived(person)
    before = kept(person)
    take(other, "a.zip", changed(files(person)["a.zip"], "sessions", "title", "Mine now"))
    assert kept(person) == before
    assert other.sessions.get().title == "Mine now"
    assert other.sessions.get().pk != person.sessions.get().pk


def test_no_file_changes_a_group_that_others_are_in_or_lets_anybody_into_one(db: str) -> None:
    leader, member, stranger = somebody(), somebody(), somebody()
    lived(leader)
    group = leader.memberships.get().group
    course.Membership.objects.create(group=group, person=member)
    before = list(group.meetings.values())
    tables_of = json.loads(writing.as_json(member, timezone.now()))["tables"]
    tables_of["meetings"][0] |= {"uuid": str(uuid4()), "number": 9, "link": "https://elsewhere.example/"}
    file = json.dumps({"lowtide": 1, "tables": {name: tables_of[name] for name in ("groups", "meetings")}}).encode()
    with pytest.raises(loading.NotReadError, match="group"):
        take(member, "a.json", file)
    take(stranger, "a.json", writing.as_json(member, timezone.now()))
    assert stranger.memberships.get().group != group
    tables_of["memberships"][0]["is_leading"] = True
    take(member, "a.json", json.dumps({"lowtide": 1, "tables": {
        name: tables_of[name] for name in ("groups", "memberships")}}).encode())  # fmt: skip
    assert not member.memberships.get().is_leading
    assert list(group.meetings.values()) == before
    assert group.memberships.count() == 2
    alone = json.dumps({"lowtide": 1, "tables": {"groups": [tables_of["groups"][0] | {"uuid": str(uuid4())}]}})
    groups = course.Group.objects.count()
    take(member, "a.json", alone.encode())
    assert course.Group.objects.count() == groups, "a group that nobody is in is none"


def test_reminders_that_were_read_back_come_next_when_they_would_have_and_nothing_of_the_machine_comes_along(
    db: str,
) -> None:
    person, other = somebody(), somebody()
    lived(person)
    meeting = keep_routine(person, f"meeting:{uuid4()}", Wished(once_at=timezone.now() + timedelta(days=1)))
    keep_routine(person, "test", Wished())
    file = files(person)["a.zip"]
    for secret in (meeting.about, str(person.calendar_address.secret), person.push_subscriptions.get().endpoint):
        with zipfile.ZipFile(io.BytesIO(file)) as opened:
            assert not any(secret.encode() in opened.read(name) for name in opened.namelist())
    take(other, "a.zip", file)
    assert dict(other.routines.values_list("about", "next_at")) == {
        about: person.routines.get(about=about).next_at for about in ("ritual:midday-check-in", "diary", "course")
    }
    assert other.routines.get(about="course").next_at is not None
    assert not other.push_subscriptions.exists()
    assert not reminders.Pause.objects.exists()
    keep_routine(other, "course", Wished(times=(60,)))
    assert take(other, "a.zip", file) == 0
    assert other.routines.get(about="course").times == [60], "what is there stays as it is"


def test_what_the_queue_knew_of_a_persons_deliveries_goes_with_them_and_others_stay(committed: str) -> None:
    person, other = somebody(), somebody()
    lived(person)
    lived(other, "Benedikt")
    gone, stays = (reminders.Delivery.objects.get(reminder__routine__person=one).pk for one in (person, other))
    enqueue([gone, stays])
    assert raw(str(gone))
    deleting.delete_everything(person, person.owner)
    assert raw(str(gone)) == []
    assert [row.args_kwargs["args"] for row in DBTaskResult.objects.order_by("enqueued_at")] == [
        [[]], [[str(stays)]], [[str(stays)]]
    ]  # fmt: skip
    look(HandClock(timezone.now()))
    assert {row.status for row in DBTaskResult.objects.all()} == {"SUCCESSFUL"}


def test_a_browser_takes_along_and_brings_back(for_me: Client) -> None:
    for_me.get("/takeout/")
    person = Person.objects.get()
    lived(person)
    zipped, document = for_me.get("/takeout/lowtide.zip"), for_me.get("/takeout/lowtide.json")
    assert zipped.headers["Content-Type"] == "application/zip"
    assert ".zip" in zipped.headers["Content-Disposition"]
    assert json.loads(document.content)["tables"]["you"][0]["name"] == "Zaphira"
    rows.DiaryEntry.objects.all().delete()
    back = for_me.post("/takeout/read/", {"file": SimpleUploadedFile("a.zip", zipped.content)}, follow=True)
    assert "Read in: 2 rows." in back.content.decode()
    again = for_me.post("/takeout/read/", {"file": SimpleUploadedFile("a.zip", zipped.content)}, follow=True)
    assert "here already" in again.content.decode()


def test_nothing_is_deleted_by_a_slip(for_me: Client) -> None:
    for_me.get("/takeout/")
    wrote(Person.objects.get(), timezone.now())
    for words in ("", "delete", "yes", "delete everthing"):
        page = for_me.post("/takeout/delete/", {"words": words})
        assert page.status_code == 422
        assert "Nothing was deleted" in page.content.decode()
    assert for_me.get("/takeout/delete/").status_code == 405
    assert rows.DiaryEntry.objects.count() == 1


def raw(name: str) -> list[str]:
    """Every table and column of the raw database in which a text stands, read without a line of the app's own."""
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608 (the database's own names)
            columns = [one[0] for one in cursor.description]
            for line in cursor.fetchall():
                found += [
                    f"{table}.{column}" for column, value in zip(columns, line, strict=True) if name in str(value)
                ]
    return found


def waiting() -> str:
    """What browsers' sessions hold, messages that wait to be shown among it."""
    return str([one.get_decoded() for one in BrowserSession.objects.all()])


def test_after_deleting_nothing_of_the_person_is_in_any_table(for_me: Client) -> None:
    for_me.get("/takeout/")
    person = Person.objects.get()
    other = Person.objects.create(owner=person.owner)
    lived(person, "Zaphira")
    lived(other, "Benedikt")
    before = kept(other)
    for_me.post("/outside/", {"arrival": str(uuid4()), "own": "Zaphira's dance", "minutes": "5"})  # its answer waits
    assert "Zaphira" in waiting()
    assert {one.partition(".")[0] for one in raw("Zaphira")} > {"accounts_person", "practice_session"}
    answer = for_me.post("/takeout/delete/", {"words": " Delete  everything. "})
    assert answer.status_code == 302
    assert raw("Zaphira") == []
    page = for_me.get(answer.headers["Location"]).content.decode()
    assert "Everything is gone" in page
    assert "Zaphira" not in page
    assert "account" not in page.split("<main")[1]
    assert "Zaphira" not in waiting()
    for table in tables.TABLES:
        assert not table.model._default_manager.filter(**{table.owner: person.pk}).exists()
        assert table.model._default_manager.count() == table.of(other).count(), table.name
    assert kept(other) == before


def test_with_accounts_the_account_goes_too_and_nobody_elses(accounts: None) -> None:
    from allauth.account.models import EmailAddress
    from django.contrib.admin.models import LogEntry
    from django.contrib.contenttypes.models import ContentType

    person, other = somebody("zaphira@example.org"), somebody("benedikt@example.org")
    lived(person)
    lived(other, "Benedikt")
    admin = User.objects.create_superuser("admin@example.org")
    EmailAddress.objects.create(user=person.owner, email="zaphira@example.org", verified=True, primary=True)
    kind = ContentType.objects.get_for_model(User)
    LogEntry.objects.create(
        user=admin, content_type=kind, object_id=str(person.owner.pk), object_repr="zaphira@example.org", action_flag=2
    )
    here, elsewhere = browser(person.owner), browser(person.owner)
    page = here.post("/takeout/delete/", {"words": "delete everything"}, follow=True).content.decode()
    assert "Everything is gone" in page
    assert "your account with it" in page
    assert raw("zaphira@example.org") == []
    assert raw("Zaphira") == []
    for one in (here, elsewhere):
        assert one.get("/today/").headers["Location"].startswith("/accounts/login/")
    assert not browser().login(username="zaphira@example.org", password=PASSWORD)
    assert other.sessions.count() == 1
    assert browser(other.owner).get("/history/").status_code == 200


@pytest.mark.parametrize("of", ["", "?of=", "?of=ab:cd:ef"])
def test_a_link_alone_never_says_that_all_is_gone(for_me: Client, of: str) -> None:
    answer = for_me.get(f"/takeout/gone/{of}")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/")


def on_disk(file: Path) -> bytes:
    """The database's file, with what is written ahead of it."""
    return b"".join(one.read_bytes() for one in file.parent.glob(f"{file.name}*"))


def test_not_even_the_databases_file_remembers(committed: str, tmp_path: Path) -> None:
    person = somebody()
    lived(person, "Zaphirabel" * 6)
    if connection.vendor != "sqlite":
        deleting.delete_everything(person, person.owner)
        assert raw("Zaphirabel") == []
        return
    file = Path(connection.settings_dict["NAME"])
    assert b"Zaphirabel" in on_disk(file)
    deleting.delete_everything(person, person.owner)
    assert b"Zaphirabel" not in on_disk(file)
    with sqlite3.connect(file) as plain:
        assert plain.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_speech_with_the_name_goes_and_all_other_speech_stays(
    db: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from lowtide import speak
    from lowtide.web.takeout.deletion import speech

    person = somebody()
    practised(person, timezone.now(), profile=profile_row(Profile(name="Zaphira")))
    voice = next(one for one in speak.voices() if one.is_ready and one.quality is not speak.Quality.REFERENCE)
    cache = speak.Cache(tmp_path / "clips")
    named, other = ("Hello, Zaphira.", False), ("Hello.", False)
    speak.say([named, other], voice, cache)
    monkeypatch.setattr(speech, "studio", lambda: type("Quiet", (), {"clips": cache, "shelf": None})())
    monkeypatch.setattr(speech, "_named", lambda order: iter([named] if order.profile.name == "Zaphira" else []))
    assert len(list(tmp_path.rglob("*.clip"))) == 2
    assert speech.forget_speech(person) == 1
    assert len(list(tmp_path.rglob("*.clip"))) == 1
    assert speak.forget([other], voice, cache) == 1


@pytest.mark.parametrize("who", ["clinician", "stranger", "administrator"])
def test_each_takes_along_and_deletes_their_own_alone(accounts: None, who: str) -> None:
    patient = somebody("patient@example.org")
    lived(patient)
    before = kept(patient)
    is_admin = who == "administrator"
    user = User.objects.create_superuser("a@example.org") if is_admin else somebody(f"{who}@example.org").owner
    first_person(user)
    other = browser(user)
    for address in ("/takeout/", "/takeout/lowtide.json"):
        assert b"Zaphira" not in other.get(address).content
    with zipfile.ZipFile(io.BytesIO(other.get("/takeout/lowtide.zip").content)) as file:
        assert not any(b"Zaphira" in file.read(name) for name in file.namelist())
    assert other.post("/takeout/delete/", {"words": "delete everything"}).status_code == 302
    assert kept(patient) == before
    assert b"Zaphira" in browser(patient.owner).get("/takeout/lowtide.json").content
