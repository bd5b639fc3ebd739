"""Rows that were read in, a person's data out: all of them, or none with one line for each that can not be.

Called by the page of taking along. Laws: what is there already stays as it is, so that the same file twice changes
nothing; a row is only ever another row of the person who reads it, whatever the file says.
"""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Iterator
from typing import Any

from django.db import Error, IntegrityError, models, transaction

from lowtide.errors import UserError
from lowtide.web.accounts.days import zones
from lowtide.web.accounts.models import DAY_STARTS_MINUTE, Person
from lowtide.web.course.models import Group
from lowtide.web.practice.models import Preferences
from lowtide.web.reminders.actions import reckon
from lowtide.web.takeout.reading import Row, Rows
from lowtide.web.takeout.soundness import check
from lowtide.web.takeout.tables import BY_NAME, NOT_READ, TABLES, YOU, Table
from lowtide.web.takeout.values import value_of
from lowtide.web.takeout.writing import YOU_NAME

MOST_LINES = 20
"""Complaints that are told; whoever mends these sees the rest the next time."""
Known = dict[str, dict[Any, Any]]
"""Rows that are there or will be, by table and key."""


class NotReadError(UserError):
    """A file of which nothing was taken: `lines` say why, one for each row."""

    def __init__(self, lines: list[str]) -> None:
        """Keep the first of them as the message."""
        super().__init__(lines[0], hint="Nothing was read in. Mend it, and try once more.")
        self.lines = lines


class Loading:
    """One reading, from its first row to its last."""

    def __init__(self, person: Person) -> None:
        """Begin with what the person has."""
        self.person = person
        self.known: Known = {}
        self.wrong: list[str] = []

    def take(self, rows: Rows) -> int:
        """Keep what is new; give how many rows that is. Raises `NotReadError`."""
        with transaction.atomic():
            Person.objects.select_for_update().get(pk=self.person.pk)
            fresh = {table.name: list(self._new(table, rows.get(table.name, []))) for table in TABLES}
            self._you(rows.get(YOU_NAME, []))
            self._stop()
            for table in TABLES:
                self._write(table, fresh[table.name])
            self._stop()
            Group.objects.filter(memberships__isnull=True).delete()  # a file that held a group and nobody in it
            reckon(self.person)
        return sum(len(one) for one in fresh.values())

    def _stop(self) -> None:
        if self.wrong:
            more = len(self.wrong) - MOST_LINES
            raise NotReadError(self.wrong[:MOST_LINES] + ([f"And {more} more."] if more > 0 else []))

    def _new(self, table: Table, rows: list[Row]) -> Iterator[tuple[Row, models.Model]]:
        known = self.known[table.name] = {_key(table, one): one for one in table.of(self.person)}
        told: set[Any] = set()
        for row in rows:
            made = self._made(table, row)
            if made is None:
                continue
            key = _key(table, made)
            if key in told:
                self.wrong.append(f"{row.place}: the same is there twice.")
            elif key not in known:
                known[key] = made
                yield row, made
            told.add(key)

    def _made(self, table: Table, row: Row) -> models.Model | None:
        made = table.model(**({} if "__" in table.owner else {table.owner: self.person}))
        for column in table.columns:
            if column in NOT_READ:
                continue
            try:
                self._set(table, made, column, row)
            except ValueError as error:
                self.wrong.append(f"{row.place}, column '{column}': it {error}.")
                return None
        if table.key == ("uuid",):
            made.pk = self._own(table, made.pk)
        wrong = check(made)
        if wrong:
            self.wrong.append(f"{row.place}, column '{wrong[0]}': it {wrong[1]}.")
        return None if wrong else made

    def _set(self, table: Table, made: models.Model, column: str, row: Row) -> None:
        field, parent = table.field(column), (table.parents or {}).get(column)
        if column not in row.values:
            if column in table.key or not (field.null or field.has_default() or field.blank):
                raise ValueError("is missing")
        elif parent is None:
            may_come = column in table.to_come
            setattr(made, column, value_of(field, row.values[column], is_text=row.is_text, may_come=may_come))
        else:
            setattr(made, column, self._parent(parent, field, row, column))

    def _parent(self, name: str, field: models.Field[Any, Any], row: Row, column: str) -> models.Model | None:
        table, raw = BY_NAME[name], row.values[column]
        if raw in ("", None) and field.null:
            return None
        key = value_of(table.field(table.key[0]), raw, is_text=row.is_text)
        if table.key == ("uuid",):
            key = self._own(table, key)
        found: models.Model | None = self.known[name].get((key,))
        if found is None:
            raise ValueError(f"points to '{str(raw)[:60]}', which is not in {name}")
        return found

    def _own(self, table: Table, name: uuid.UUID) -> uuid.UUID:
        """Give a name that is another person's already a name of its own, always the same one."""
        there = table.model._default_manager.filter(pk=name)
        is_others = there.exclude(**{table.owner: self.person}).exists()
        return uuid.uuid5(name, str(self.person.pk)) if is_others else name

    def _you(self, rows: list[Row]) -> None:
        """Take the name, the time zone and the day's beginning where the person has not said them here."""
        usual = {"name": "", "time_zone": "", "day_starts_minute": DAY_STARTS_MINUTE}
        for row in rows[:1]:
            for column in YOU:
                field = Person._meta.get_field(column)
                assert isinstance(field, models.Field)
                try:
                    value = value_of(
                        field, row.values.get(column, usual[column]), is_text=row.is_text and column in row.values
                    )
                    if column == "time_zone" and value and value not in zones():
                        raise ValueError(f"holds '{value[:40]}', which is no time zone")  # noqa: TRY301 (one way out)
                except ValueError as error:
                    self.wrong.append(f"{row.place}, column '{column}': it {error}.")
                    continue
                if getattr(self.person, column) == usual[column]:
                    setattr(self.person, column, value)

    def _write(self, table: Table, fresh: list[tuple[Row, models.Model]]) -> None:
        if table.name == TABLES[0].name:
            self._save_you()
        rows = [made for _, made in fresh]
        for made in rows:  # the rows that they point to have their numbers only now
            for column in table.parents or {}:
                setattr(made, column, getattr(made, column))
        try:
            with transaction.atomic():
                table.model._default_manager.bulk_create(rows)
        except (IntegrityError, Error):
            self.wrong.append(_which(table, fresh))
            self._stop()

    def _save_you(self) -> None:
        try:
            with transaction.atomic():
                self.person.save(update_fields=list(YOU))
        except Error:
            self.wrong.append("you, row 2, column 'day_starts_minute': a day begins within a day.")
            self._stop()


def _key(table: Table, row: models.Model) -> tuple[Any, ...]:
    if table.model is Preferences:
        return ()
    found = []
    for column in table.key:
        value = getattr(row, column)
        parent = (table.parents or {}).get(column)
        found.append(value if parent is None else _key(BY_NAME[parent], value))
    return tuple(found)


def _which(table: Table, fresh: list[tuple[Row, models.Model]]) -> str:
    """Find the row that the database has refused, and the rule that it breaks."""
    for row, made in fresh:
        made.pk = made.pk if table.key in (("uuid",), ()) else None
        made._state.adding = True
        try:
            with transaction.atomic():
                table.model._default_manager.bulk_create([made])
        except Error as error:
            rule = next((one for one in table.model._meta.constraints if one.name in str(error)), None)
            words = rule.name.replace("_", " ") if rule else "it goes against another row"
            column = _column(rule) if rule else (*table.key, "")[0]
            return f"{row.place}, column '{column}': it can not be so ({words})."
    return f"{table.name}: its rows contradict each other."


def _column(rule: models.BaseConstraint) -> str:
    """Name the column that a rule is about: the one that it speaks of most."""
    if isinstance(rule, models.UniqueConstraint):
        return rule.fields[-1]
    return Counter(_spoken_of(getattr(rule, "condition", None))).most_common(1)[0][0]


def _spoken_of(inner: Any) -> list[str]:
    if isinstance(inner, models.Q):
        return [name for child in inner.children for name in _spoken_of(child)]
    return [str(inner[0]).partition("__")[0]]
