"""A verdict in, the paragraphs a person reads out: what to do now, why, and what a session will be like.

Called by the command line and the app. Law: what to do comes first and stands alone; nothing frightens, nothing
promises, nothing diagnoses, and nothing is sold. Whoever has to leave now has read what matters.
"""

from __future__ import annotations

from collections.abc import Iterable

from lowtide.model.clearance import Disposition, Verdict

WHAT_TO_DO: dict[Disposition, str] = {
    Disposition.EMERGENCY:
        "Call your emergency number now (112, 999, 911), or have someone bring you to an emergency department. "
        "Please do not drive yourself, and do not wait to see whether it passes.",
    Disposition.CRISIS:
        "Please let someone be with you now. If you might act on these thoughts, call your emergency number "
        "(112, 999, 911). To talk with someone at any hour: 988 in the USA and Canada, 116 123 in the UK and Ireland; "
        "findahelpline.com lists the number where you are.",
    Disposition.SAME_DAY:
        "Please speak to a doctor today: your own, or an out-of-hours service (in the UK, call 111). "
        "If it gets worse before then, go to an emergency department.",
    Disposition.URGENT:
        "Please arrange to see a doctor in the next few days, and say that it is about these signs.",
    Disposition.CLINICIAN_FIRST:
        "Please have a doctor or physiotherapist look at your back before you begin.",
    Disposition.CLINICIAN_SOON:
        "You can begin. Please also make an appointment with your doctor in the coming weeks.",
    Disposition.GO:
        "You can begin: nothing that you answered asks for a clinician first.",
}  # fmt: skip
"""What to do now, for each disposition."""

WEAK_EVIDENCE = (
    "A single sign is weak evidence: most people who have one turn out to have nothing serious. It is asked so that "
    "the few who need help get it early."
)
"""Verhagen 2016. Said where there is time to read it: not in an emergency, and not in a crisis."""
SESSIONS_WAIT = "Sessions wait until then; they will be here afterwards."
NO_SESSION_NOW = "No session is offered now: it must not hold you up."
GROUNDING = (
    "While you wait for someone: feel both feet on the floor, look around, and name five things that you see. Ordinary "
    "sessions wait for calmer days."
)
STOP_RULE = (
    "In every session: uncomfortable is not harmful, but sharp, spreading or lasting pain means stop. If anything is "
    "new or different, answer the questions again."
)
NO_DIAGNOSIS = "Lowtide is not a medical device and gives no diagnosis. When in doubt, ask a clinician."


def advice(verdict: Verdict) -> str:
    r"""Write the verdict for the person, as paragraphs with an empty line between them.

    >>> from lowtide.model.profile import Profile
    >>> from lowtide.screen import screen
    >>> advice(screen(Profile(answers={"urine-leaks": True}))).partition(",")[0]
    'Call your emergency number now (112'
    """
    paragraphs = [WHAT_TO_DO[verdict.disposition], *_unlike(finding.words for finding in verdict.findings)]
    return "\n\n".join((*paragraphs, *_afterwards(verdict)))


def _afterwards(verdict: Verdict) -> tuple[str, ...]:
    match verdict.disposition:
        case Disposition.EMERGENCY:
            return (NO_SESSION_NOW, *((WHAT_TO_DO[Disposition.CRISIS], GROUNDING) if _has_crisis(verdict) else ()))
        case Disposition.CRISIS:
            return (GROUNDING,)
        case Disposition.SAME_DAY | Disposition.URGENT | Disposition.CLINICIAN_FIRST:
            return (WEAK_EVIDENCE, SESSIONS_WAIT, NO_DIAGNOSIS)
        case Disposition.CLINICIAN_SOON | Disposition.GO:
            return (*_session(verdict), STOP_RULE, NO_DIAGNOSIS)


def _has_crisis(verdict: Verdict) -> bool:
    return any(finding.disposition is Disposition.CRISIS for finding in verdict.findings)


def _session(verdict: Verdict) -> tuple[str, ...]:
    assert verdict.clearance is not None, verdict.disposition
    reasons = _unlike(reason.words for reason in verdict.clearance.reasons)
    return ("What this means for your sessions:\n" + "\n".join(f"- {words}" for words in reasons),) if reasons else ()


def _unlike(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(words))
