"""What a page says that no listener should hear: a line or a sentence in, the reason and its sureness out, or nothing.

Called by `layout` (lines) and `importer` (sentences). To teach it a new kind, add a row to `LINES` (a whole line) or to
`SENTENCES` (a sentence inside a paragraph, so be stricter).
"""

from __future__ import annotations

import re

LINES: tuple[tuple[str, str, float], ...] = (
    (r"^(?:https?://|www\.)\S+$", "an address", 0.98),
    (r"^\S+@\S+\.\w+$", "an address", 0.98),
    (
        r"^(?:source|from|url|link|website|web|retrieved from|adapted from|reprinted|reference)s?\s?:",
        "its source",
        0.85,
    ),
    (r"^(?:adapted|reprinted|excerpted|taken|transcribed) (?:by|from|with)\b", "its source", 0.9),
    (r"^(?:[-–—|*•\s]*)(?:page\s)?\d{1,4}(?:\s?(?:of|/)\s?\d{1,4})?[-–—|*•\s]*$", "a page number", 0.9),
    (r"^page \d{1,4}\b.{0,60}$", "a page number", 0.9),
    (
        r"©|\(c\)\s?\d{4}|\bcopyright\b|\ball rights reserved\b|\bcreative commons\b|\bissn\b|\bisbn\b",
        "copyright",
        0.95,
    ),
    (
        (
            r"^(?:script |text |words |read |narrated |recorded |voiced |"
            r"created )?(?:written )?by:? (?:dr\.? )?(?-i:[A-Z])[\w.'-]+(?: (?-i:[A-Z])[\w.'-]+){1,4}(?:,.{0,60})?$"
        ),
        "the author",
        0.85,
    ),
    (
        (
            r"^(?:author|narrator|reader|voice|music|recorded by|editor|therapist|instructor|"
            r"teacher)s?\s?:\s?\S.{0,80}$"
        ),
        "the author",
        0.85,
    ),
    (
        r"^(?:posted|published|updated|last updated|last reviewed|reviewed|date|created)\b.{0,80}\d",
        "the page's date",
        0.85,
    ),
    (
        r"^(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)\w*\.? \d{1,2},? \d{4}\b.{0,30}$",
        "the page's date",
        0.9,
    ),
    (
        r"^here(?:'s| is) (?:a|an|the) (?:\w+ )?(?:sample|example|script|text|transcript)\b.*$",
        "a note to the reader",
        0.8,
    ),
    (r"^(?:monday|tuesday|wednesday|thursday|friday|saturday|sunday), \w+ \d{1,2},? \d{4}$", "the page's date", 0.95),
    (
        (
            r"^(?:january|february|march|april|may|june|july|august|september|october|november|"
            r"december) (?:\d{1,2},? )?\d{4}$"
        ),
        "the page's date",
        0.9,
    ),
    (
        (
            r"^(?:practice time|time|duration|length|purpose|practice level|level|may help with|tags?|categor(?:y|"
            r"ies)|type|activity|suitable for|plays|rated|rating|audience|age group|ages?|materials?(?: needed)?|"
            r"props|word count|reading time|skills?|benefits|objectives?|goals?|topics?|keywords?|file|version|"
            r"format)\s?:?\s?(?:<|\S).{0,120}$"
        ),
        "the page's particulars",
        0.0,
    ),
    (
        (
            r"^(?:skip to (?:content|main).*|menu|home|search|share|share this.*|print(?: this)?(?: page)?|"
            r"download.{0,40}|log ?in|sign (?:in|up).{0,60}|contact(?: us)?|about(?: us| me)?|back to top|top|"
            r"next(?: page| post)?|previous(?: page| post)?|leave a (?:reply|comment)|comments?|\d+ comments?|"
            r"related (?:posts?|articles?).{0,40}|read more.{0,40}|show notes|advertisements?|sponsored.{0,40}|faqs?|"
            r"privacy policy.{0,60}|terms (?:of|and).{0,60}|cookies?.{0,80}|table of contents|contents|mark as played|"
            r"all episodes|transcribe your podcast|quick links|tweet|pin it|email|facebook|twitter|instagram|youtube|"
            r"linkedin)$"
        ),
        "the page's menu",
        0.9,
    ),
    (
        (
            r"^.{0,40}\b(?:transcripts? (?:are|is|was|were) (?:automatically|auto|machine)[- ]?generated|"
            r"complete accuracy is not guaranteed).{0,80}$"
        ),
        "about the transcript",
        0.95,
    ),
    (
        (
            r"\b(?:avenue|street|suite|ste|blvd|road)\b.{0,40}\b\d{5}\b|^(?:tel|phone|fax|call)\b.{0,5}\d|"
            r"^\+?[\d() .-]{9,20}$"
        ),
        "an address",
        0.85,
    ),
)
"""Pattern, reason, sureness. A sureness of 0 stands for one that depends on where the line is: see `why_line`."""

SENTENCES: tuple[tuple[str, str, float], ...] = (
    (
        r"https?://\S|\bwww\.\w|\w@\w+\.(?:com|org|net|edu|ca|uk|ie)\b|\b\w{3,30}\.(?:com|org|co\.uk|net)\b",
        "an address",
        0.9,
    ),
    (
        (
            r"©|\bcopyright (?:\d{4}|by|of|protected)\b|\ball rights reserved\b|\bused (?:by|with) permission\b|"
            r"\bcreative commons\b"
        ),
        "copyright",
        0.95,
    ),
    (
        (
            r"\b(?:please )?subscribe(?: to| for| now|\b[^.]{0,40}\b(?:channel|podcast|newsletter))|\b(?:leave|"
            r"give) (?:us|me) a (?:review|rating|comment)\b|\bhit the (?:bell|like)\b|\blike and (?:share|"
            r"subscribe)\b|\bfollow (?:me|us) on\b|\bsign up (?:for|to|here|now)\b|\bjoin (?:my|our) (?:newsletter|"
            r"mailing list|community|course|facebook)\b|\bsupport (?:us|me|the (?:show|podcast)) (?:on|by)\b|"
            r"\bpatreon\b"
        ),
        "an advertisement",
        0.92,
    ),
    (
        (
            r"\b(?:listen to|download|buy|order|purchase|get) (?:the|this|our|my|your|a|an)?(?: \w+){0,4} ?(?:podcast|"
            r"cd|mp3|audio|app|ebook|e-book|book|recording|download|album|course)\b|\bavailable (?:on|at|from|"
            r"as) (?:\w+ ){0,3}(?:cd|mp3|amazon|itunes|spotify|app store|download)\b"
        ),
        "an advertisement",
        0.85,
    ),
    (
        (
            r"\bclick (?:here|on|the|below)\b|\btap (?:here|the button)\b|\b(?:sponsored by|our sponsors?|promo code|"
            r"discount code|free trial|special offer|limited[- ]time)\b|\bvisit (?:us|our|my) (?:at|web ?site|site|"
            r"page|shop|store)\b"
        ),
        "an advertisement",
        0.9,
    ),
    (
        (
            r"\bskip to (?:content|main)\b|\bprivacy policy\b|\bterms of (?:use|service)\b|\bthis (?:site|page|"
            r"website) uses\b"
        ),
        "the page's menu",
        0.9,
    ),
    (
        (
            r"\b(?:you can|you may|feel free to|use) (?:also )?(?:use |read |record |adapt |print )?th(?:is|e|"
            r"ese) (?:\w+ ){0,4}scripts?\b|\brecord (?:your (?:own|script)|yourself|the script|this script|it|"
            r"these)\b|\bread (?:slowly|aloud|out loud|this (?:script|text)|the (?:script|text|instructions|"
            r"following))\b|\bsomeone (?:else )?(?:to )?read (?:it|this|the|them)\b|\bwhen reading\b|\bthe (?:reader|"
            r"facilitator|therapist|instructor|group leader|leader|narrator) (?:should|may|can|reads?|says?|will|"
            r"guides?|pauses?|needs?)\b|\b(?:your )?(?:patients?|clients?|participants|students|the group) (?:may|"
            r"should|will|can|to|are|is|who|with)\b|\bsee below for\b|\bwritten script\b|\baudio recording\b|"
            r"\bscript (?:below|above|is|was|will|can|offers?|takes|helps)\b|"
            r"\bthis (?:\d+[- ]minute )?(?:\w+ ){0,5}script\b|^read .{0,40}\b(?:slowly|voice|music)\b"
        ),
        "a note to the reader",
        0.8,
    ),
    (
        (
            r"\bnot (?:be )?(?:intended|a substitute|meant|liable|responsible)\b[^.]{0,80}\b(?:medical|advice|"
            r"treatment|diagnos|care|therapy|injur|damage|professional)|\b(?:assumes?|accepts?|"
            r"takes?) no (?:responsibility|liability)\b|\bat your own risk\b|\b(?:liability|liable) for\b"
        ),
        "a disclaimer",
        0.88,
    ),
    (
        (
            r"^(?:note|notes?|nb|n\.b\.|tip|reminder)(?: to| for)? (?:the |your )?(?:facilitator|therapist|instructor|"
            r"teacher|reader|leader|guide|clinician|coach|parent|speaker|voice)s?\b"
        ),
        "a note to the reader",
        0.95,
    ),
    (
        (
            r"\b(?:available )?transcripts? (?:are|is) (?:automatically|auto)[- ]?generated\b|"
            r"\bcomplete accuracy is not guaranteed\b"
        ),
        "about the transcript",
        0.95,
    ),
    (
        r"\bduring th(?:is|e) (?:episode|show)\b|\bin (?:this|today's) episode\b|\bbibliography\b|\bshow notes\b",
        "about the recording",
        0.7,
    ),
)
"""Pattern, reason, sureness, for a sentence inside running text."""

ABOUT: tuple[str, ...] = (
    r"\b(?:stud(?:y|ies)|research|evidence|scientif\w+|published|literature)\b",
    r"\b(?:originally|developed by|first described|described as|introduced by|invented)\b",
    r"\b(?:when you first|gradually|remember that)\b",
    (
        r"\b(?:relaxation|imagery|meditation|technique|exercise|training|practice|scan|breathing|therapy|pmr|mbsr|"
        r"script)s? (?:\w+ )?(?:is|are|was|can|has|have|may|helps?|works?|involves?|teaches|allows?|provides?|"
        r"takes?|offers?|asks?)\b"
    ),
    r"\b(?:anxiety|blood pressure|heart rate|insomnia|headaches?|neuro\w+|brain|symptoms?|patients?|clients?)\b",
    r"\b(?:each|every) (?:muscle )?(?:group|exercise|procedure) (?:is|should)\b",
    (
        r"\b(?:allow (?:yourself )?(?:at least |about )*\d+|times? (?:a|per) day|daily (?:basis|practice|log)|"
        r"once or twice|over the next week|quiet (?:room|place|spot)|wear (?:loose|comfortable)|turn off|"
        r"your phones?|not be disturbed)\b"
    ),
    (
        r"\b(?:article|website|blog|page|chapter|handout|audio ?(?:tape|book|recording)?|recording|podcast|series|"
        r"track)\b"
    ),
)
"""What text *about* a practice talks of, before the practice itself begins."""

SAFETY = re.compile(
    r"\b(?:should|must|does|do|will|need) ?(?:not|n't|never) (?:cause|be (?:painful|any pain)|hurt|strain|"
    r"produce|continue any)"
    r"|\bshouldn't (?:cause|be|hurt|produce)|\bnone of (?:the|these) [^.]{0,60}\bpain"
    r"|\b(?:if|when|should) (?:you|it|anything|this|at any)[^.]{0,60}\b(?:pain|discomfort|uncomfortable|dizzy|"
    r"light-?headed|hurts?|faint)\b[^.]{0,80}\b(?:stop|ease|skip|return|slow|rest|open|let)"
    r"|\b(?:stop|ease off|ease up|skip)\b[^.]{0,60}\bif\b[^.]{0,60}\b(?:pain|hurts?|discomfort|uncomfortable|"
    r"cramps?|dizzy)"
    r"|\b(?:do not|don't|never)\b[^.]{0,60}\b(?:driving|operating|machinery|vehicle)|\bwhile driving\b"
    r"|\b(?:consult|check with|speak (?:to|with)|talk (?:to|with)|ask(?:ing)?) (?:your|a|"
    r"with your) (?:own )?(?:doctor|physician|gp|health|clinician|physical|physio|medical)"
    r"|\bnot (?:a )?(?:competition|push|force|strain)\b[^.]{0,40}\bpain\b"
    r"|\bnot sure (?:if|whether) it(?:'s| is) safe\b|\bbest not to try\b"
    r"|\bbe (?:cautious|careful) (?:about|with|not)\b|\bwithout (?:any )?(?:pain|strain)\b|"
    r"\bhonou?r your (?:body|limits?)\b",
    re.IGNORECASE,
)
"""The advice that belongs into the safety preamble."""

BEGINS = re.compile(
    r"^(?:(?:and|now|so|first|ok|okay|then|please|to begin|if you (?:like|wish)|when you(?:'re| are) ready|"
    r"gently|slowly|just|for this (?:practice|exercise|meditation)|throughout)[ ,]+)*"
    r"(?:let's|let us|we(?:'ll| will) (?:now )?(?:start|begin)|we begin|begin|start (?:by|out|off|with)|"
    r"to begin|find(?:ing)? (?:a|your) (?:comfort|quiet|relaxed|seat|place|posit)|get (?:into|comfortable|"
    r"ready)|"
    r"make yourself|mak(?:e|ing) sure|close|sit(?:ting)?\b|l(?:ie|ay)\b|lying|settle|settling|tak(?:e|"
    r"ing) (?:a|an|two|three|four|some|several|in)\b(?! quick| few minutes)|welcome|hello|"
    r"allow(?:ing)? (?:your|the|yourself to (?!at))|"
    r"bring|breathe|inhale|notice|rest\b|place|relax\b(?! in \d)|feel\b|imagine|in this practice|today,? we|"
    r"i invite you|i'd like you|i want you|sense|as you (?:breathe|sit|lie|rest|settle|exhale|inhale|continue|"
    r"become))\b",
    re.IGNORECASE,
)
"""How the first instruction of a practice begins."""

_LINES = tuple((re.compile(pattern, re.IGNORECASE), reason, sure) for pattern, reason, sure in LINES)
_SENTENCES = tuple((re.compile(pattern, re.IGNORECASE), reason, sure) for pattern, reason, sure in SENTENCES)
_ABOUT = tuple(re.compile(pattern, re.IGNORECASE) for pattern in ABOUT)
_PARTICULAR = re.compile(r"^[A-Z][\w ]{2,18}: ?\S")
_LONGEST = 400
"""Only so much of a line or sentence is looked at: furniture shows itself early, and time stays linear."""
_SHORT_LINE = 160


def why_line(text: str, *, is_early: bool) -> tuple[str, float] | None:
    """Say why a whole line is not spoken, with the sureness, or None. `is_early`: no instruction has come yet.

    >>> why_line("© 2020 Someone. All rights reserved.", is_early=False)
    ('copyright', 0.95)
    >>> why_line("Feel your hands.", is_early=True)
    """
    if len(text) > _SHORT_LINE:
        return None
    for pattern, reason, sure in _LINES:
        if pattern.search(text):
            if sure:
                return reason, sure
            if is_early and _PARTICULAR.match(text):
                return reason, 0.8
    return None


def why_sentence(text: str) -> tuple[str, float] | None:
    """Say why a sentence is not spoken, with the sureness, or None.

    >>> why_sentence("Subscribe to our podcast for more."), why_sentence("Let your breath be.")
    (('an advertisement', 0.92), None)
    """
    for pattern, reason, sure in _SENTENCES:
        if pattern.search(text[:_LONGEST]):
            return reason, sure
    return None


def is_about(text: str) -> bool:
    """Say whether a paragraph before the practice talks about it rather than to a listener."""
    return sum(1 for pattern in _ABOUT if pattern.search(text[: 4 * _LONGEST])) > 0


def is_safety(text: str) -> bool:
    """Say whether a sentence belongs into the safety preamble.

    >>> is_safety("If you feel any pain, stop and rest."), is_safety("Rest your hands.")
    (True, False)
    """
    return bool(SAFETY.search(text[:_LONGEST]))
