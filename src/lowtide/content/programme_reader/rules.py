"""What can be wrong with a programme: the table of its codes, as `script.diagnostics` has one for scripts.

Law: this table is the only place where a code, its weight and its words stand. To add a rule, add a row here, a
mistake to `tests/unit/content/test_programme_reader.py` and a row to `docs/how-to/write-a-programme.md`.
"""

from __future__ import annotations

from lowtide.script.diagnostics import Rule

LONGEST_FILE = 200_000
"""Characters; eight weeks of the library's own take about 30,000."""
LONGEST_PRACTICE_MINUTES = 180
"""A practice of a day; the longest of a course is 45 minutes (EVIDENCE), a part of a day of practice an hour or two."""
LONGEST_MEETING_MINUTES = 480
MOST_WEEKS = 52
MOST_WEEK_WORDS = 250
"""A week's why is read on a phone, before the practice."""
MOST_WORDS = 150
"""Of what to do in a practice."""
MOST_ABOUT_WORDS = 500
MOST_LINE_WORDS = 40
"""Of one sentence: a theme, a summary, a line of the agenda."""
EQUAL_WITHIN = 0.05
"""An active control's minutes differ by no more than this share. A house rule: about ten minutes in a week of four
hours, less than what people differ by themselves (Parsons 2017: 64 % of what is assigned is done)."""

GROUPS = {
    "P1": "The file and its keys",
    "P2": "Weeks and practices",
    "P3": "The library",
    "P4": "What a body is asked for",
    "P5": "Words",
    "P6": "Active controls",
}
"""What the codes' first digit means."""


def _error(code: str, message: str, hint: str) -> Rule:
    return Rule(code, True, message, hint)


def _warning(code: str, message: str, hint: str) -> Rule:
    return Rule(code, False, message, hint)


_ROWS = (
    _error("P101", "This is not TOML: {why}.", "Strings stand in quotes, lists in brackets; see toml.io."),
    _error("P102", "There is no key '{key}' here.", "{near}"),
    _error("P103", "{where} has no '{key}'.", "Write {form}."),
    _error("P104", "'{key}' must be {what}.", "Write {form}."),
    _error("P105", "'{value}' is not a stable name.", "Write small letters, digits and hyphens, such as week-1."),
    _error("P106", "There is no {what} '{value}'.", "{near}"),
    _error("P107", "'{key}' is {value}.", "It can be from {least} to {most}."),
    _error("P108", "The file is longer than {most} characters.", "Write several programmes."),
    _error("P109", "There are {count} weeks, and {most} is the most.", "Write several programmes."),
    _warning("P110", "There is more to mend: {count} more.", "Mend these first."),
    _error("P201", "The programme has no week.", "Begin one with a line [[week]]."),
    _error("P202", "This week has no practice.", "Begin one with a line [[week.practice]]."),
    _error("P203", "The name '{name}' is there twice.", "Give each its own name: people's progress is kept by it."),
    _error("P204", "This practice is {what}.", "Give it either technique = … or activity = …"),
    _error("P205", "The least, {least} minutes, is more than {minutes}.", "Make least_minutes the smaller one."),
    _warning("P206", "No other practice of this week has turns = '{letter}'.", "Give it to another, or leave it out."),
    _error("P207", "This day has no parts.", "Begin one with a line [[week.day.parts]]."),
    _error(
        "P208", "This week's practices do not fill the {wanted} days that the next week waits for.",
        "Give one of them days = {wanted}, or let several take turns.",
    ),
    _error("P209", "A part of a day can not have '{key}'.", "Leave it out: each part is done once, in order."),
    _error("P301", "There is no technique '{name}'.", "{near}"),
    _error("P302", "There is no script '{name}'.", "{near}"),
    _error("P303", "'{script}' is not a script of {technique}.", "{near}"),
    _error("P304", "There is no article '{name}'.", "{near}"),
    _error("P305", "{minutes} minutes ('{key}') is out of reach for {what}.", "It can have {ranges}."),
    _error("P306", "An activity has no '{key}'.", "Leave it out, or name the technique that the recording is of."),
    _error("P307", "There is no programme '{name}' to be equal to.", "{near}"),
    _error("P401", "There is no movement '{name}'.", "{near}"),
    _error("P402", "Nothing is said for whom this is not cleared.", "Add instead: what they can do in its place."),
    _error("P403", "An activity needs a text.", "Say in plain words what to do: nobody guides it."),
    _warning("P404", "This seems to ask for {movements}.", "{how}"),
    _warning("P405", "What is done instead seems to ask for {movements}.", "Write what nobody has to move for."),
    _warning("P406", "'{key}' is not used here.", "{how}"),
    _warning("P501", "'{words}' gives an order.", "Invite instead: if you like, you may, when you are ready."),
    _warning("P502", "'{words}' claims more than anyone knows.", "Say plainly what is done, and what may be noticed."),
    _warning("P503", "'{words}' lays blame.", "Say what comes next instead: nobody owes a programme anything."),
    _warning("P504", "'{key}' has {count} words, and {most} is the most.", "Say it in fewer."),
    _error("P601", "It has {count} weeks, and {other} has {wanted}.", "Make them equal, or leave out equal_to."),
    _error(
        "P602", "This week asks for {count} minutes, and the one of {other} for {wanted}.",
        "Make them equal within {percent} %, or leave out equal_to.",
    ),
    _error("P603", "'{key}' is {count}, and in {other} it is {wanted}.", "Make them equal, or leave out equal_to."),
    _error(
        "P604", "The day of practice has {count} minutes here, and {wanted} in {other}.",
        "Make them equal within {percent} %, or leave out equal_to.",
    ),
)  # fmt: skip

RULES: dict[str, Rule] = {rule.code: rule for rule in _ROWS}
"""Every rule by its code."""
EQUAL_PERCENT = round(100 * EQUAL_WITHIN)
