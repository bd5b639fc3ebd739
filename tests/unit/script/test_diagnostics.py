"""A report that a person can work through: in order, of bearable length, and honest about what it leaves out."""

from __future__ import annotations

from lowtide.script import read
from lowtide.script.limits import MOST_SHOWN

HEAD = "---\ntitle: T\n---\n"


def test_a_diagnostic_reads_as_place_code_message_and_hint() -> None:
    [diagnostic] = read(HEAD + "Let go. [bel]").diagnostics
    assert str(diagnostic) == "4:9 S203 There is no mark [bel]. (Perhaps [bell]?)"
    assert (diagnostic.line, diagnostic.column, diagnostic.code, diagnostic.is_error) == (4, 9, "S203", True)


def test_what_is_found_while_checking_stands_between_what_is_found_while_reading() -> None:
    text = HEAD + "Let go. [bel]\n\nArch your back.\n\nLet go. [bel]"
    assert [(one.line, one.code) for one in read(text).diagnostics] == [(4, "S203"), (6, "S406"), (8, "S203")]


def test_a_sentence_in_the_middle_of_a_paragraph_is_pointed_at() -> None:
    text = HEAD + "Let go.   And rest.\n  Stay a while. Arch\nyour back."
    [diagnostic] = read(text).diagnostics
    assert (diagnostic.line, diagnostic.column) == (5, 17)


def test_a_long_report_is_cut_and_says_how_much_is_left() -> None:
    reading = read(HEAD + "Rest.\n\n" + "].\n" * 5_000)
    assert len(reading.diagnostics) == MOST_SHOWN + 1
    assert reading.diagnostics[-1].message == f"There is more to mend: {5_000 - MOST_SHOWN} more."
    assert reading.has_errors


def test_an_error_behind_a_thousand_warnings_still_counts() -> None:
    assert read(HEAD + "> quoted\n\n" * 1_500 + "]").has_errors


def test_warnings_alone_do_not_keep_a_session_from_being_made() -> None:
    reading = read("# Rest\n\nYou must rest.")
    assert reading.diagnostics
    assert not reading.has_errors


def test_a_message_stays_on_one_line_whatever_the_script_holds() -> None:
    for name in ("a\nb", "x" * 250, "\x1b[2J", "{0}", "%s"):
        for diagnostic in read(HEAD + f"[when {name}] Rest. [{name}]\n").diagnostics:
            assert "\n" not in str(diagnostic)
            assert "\x1b" not in str(diagnostic)
            assert len(str(diagnostic)) < 400
