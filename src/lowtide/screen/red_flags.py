"""The red flags, as data: signs in, the flags that are raised out. One `Flag` for each rule, each with its source.

Called by `verdict`. Law: an unanswered question raises nothing; one more sign never lowers a flag.

To add a red flag: ask for its signs in `questions`, and add one `Flag` here. `needs` lists clauses that must all hold;
a clause names signs of which at least so many must be there. Then say whether a clinician's clearance lifts it. It may
only where the sign is a lasting fact about the person (an age, an illness of long ago), because a symptom can have
begun after the clinician looked.
"""

from __future__ import annotations

from dataclasses import dataclass

from lowtide.model.clearance import Disposition, Finding
from lowtide.screen.questions import (
    AGE,
    CANCER,
    CAUDA_EQUINA,
    CRISIS,
    FRACTURE,
    INFECTION,
    INFLAMMATORY,
    NERVE,
    ORGANS,
    QUESTIONS,
)  # fmt: skip
from lowtide.screen.signs import Clause


@dataclass(frozen=True, slots=True, kw_only=True)
class Flag:
    """One rule of the screening table."""

    code: str
    group: str
    """The row of the table it belongs to."""
    needs: tuple[Clause, ...]
    """All of these must hold."""
    disposition: Disposition
    words: str
    """What the answers can mean, calmly and in plain words. What to do is said by the disposition."""
    source: str
    is_lifted_by_clinician: bool = False
    """True where "a clinician has ruled out red flags" settles it."""

    def is_raised(self, present: frozenset[str], *, is_cleared: bool) -> bool:
        """Say whether the flag applies to these signs."""
        return not (is_cleared and self.is_lifted_by_clinician) and all(clause.holds(present) for clause in self.needs)

    def finding(self) -> Finding:
        """Give what is told to the person."""
        return Finding(rule=self.code, disposition=self.disposition, words=self.words, source=self.source)


def _any(*signs: str) -> tuple[Clause, ...]:
    return (Clause(signs=signs),)


def _group(group: str) -> tuple[Clause, ...]:
    return _any(*(question.code for question in QUESTIONS if question.group == group))


NG59 = "NICE NG59 (2016), 1.1.1"
NG41 = "NICE NG41 (2016; spinal injury), 1.1"
IFOMPT = "IFOMPT red-flag framework: Finucane 2020, JOSPT 50:350"
DOWNIE = "Downie 2013, BMJ 347:f7095"
VERHAGEN = "Verhagen 2016, Eur Spine J 25:2788"
INFLAMMATORY_FEATURES = 3
"""Of four: a pain that began before 45 and has lasted three months, with which NICE NG65 begins, and three of the four
Berlin features (the fourth, pain in one buttock and then the other, is not asked). So it is an early beginning with two
Berlin features, or three of them: in chronic back pain, two of Berlin's four had a specificity of 81 %, three of four
97 % (Rudwaleit 2006)."""

FLAGS: tuple[Flag, ...] = (
    Flag(
        code="cauda-equina", group=CAUDA_EQUINA, needs=_group(CAUDA_EQUINA), disposition=Disposition.EMERGENCY,
        words="What you describe can mean that the nerves at the base of the spine are being pressed on. Often it "
        "turns out to be something else, but these nerves can not wait, so it has to be looked at now.",
        source=f"NHS cauda equina warning card; {NG59}; {IFOMPT}",
    ),
    Flag(
        code="chest-pain", group=ORGANS, needs=_any("chest-pain"), disposition=Disposition.EMERGENCY,
        words="Pain or pressure in the chest can come from the back, and it can come from the heart or the lungs. "
        "Only an examination can tell which, so call rather than travel.",
        source="NICE CG95 (recent-onset chest pain)",
    ),
    Flag(
        code="pulsating-belly", group=ORGANS, needs=_any("pulsating-belly"), disposition=Disposition.EMERGENCY,
        words="A lump in the belly that beats like a pulse can come from a large blood vessel, which has to be "
        "looked at now.",
        source="NICE NG156 (abdominal aortic aneurysm), 1.1; Lowtide's safety table",
    ),
    Flag(
        code="pregnancy-complications", group=ORGANS, needs=_any("pregnancy-complications"),
        disposition=Disposition.EMERGENCY,
        words="In pregnancy, these signs together with back pain need your maternity unit or the emergency service "
        "now, for you and for the baby. Most often they can help.",
        source="Lowtide's safety table; NICE NG201 (antenatal care)",
    ),
    Flag(
        code="fresh-injury", group=FRACTURE, needs=_any("fresh-injury"), disposition=Disposition.EMERGENCY,
        words="After an accident as serious as that, the spine has to be examined before you move much. Keep as still "
        "as is comfortable until then. Most often nothing is broken.",
        source=f"{NG41}; NHS, back pain: immediate action where it began after a serious accident. The week is a house "
        "rule",
    ),
    Flag(
        code="crisis", group=CRISIS, needs=_group(CRISIS), disposition=Disposition.CRISIS,
        words="Thank you for saying so. Pain can wear anyone down, and such thoughts can pass with help. You "
        "deserve someone with you in this, today.",
        source="Lowtide's safety table; NICE NG225 (self-harm)",
    ),
    Flag(
        code="nerve-loss", group=NERVE, needs=_group(NERVE), disposition=Disposition.SAME_DAY,
        words="Weakness that is new or growing can mean that a nerve is under pressure. It does best when it is "
        "looked at early.",
        source=f"{NG59}; {IFOMPT}",
    ),
    Flag(
        code="infection", group=INFECTION, needs=_group(INFECTION), disposition=Disposition.SAME_DAY,
        words="Back pain together with these signs is now and then an infection, which is rare, and which can be "
        "treated well when it is found early.",
        source=f"{NG59}; {IFOMPT}",
    ),
    Flag(
        code="major-injury", group=FRACTURE, needs=_any("major-injury"), disposition=Disposition.URGENT,
        words="After a serious accident a bone of the spine can be broken without much to see from outside. It should "
        "be examined before you practise; if the accident was within the last week, today, in an emergency department.",
        source=f"{DOWNIE}; {IFOMPT}",
    ),
    Flag(
        code="fragile-bone", group=FRACTURE,
        needs=(Clause(signs=("small-injury",)), Clause(signs=("osteoporosis", "steroids"))),
        disposition=Disposition.URGENT,
        words="Where bones are thin, or after a long time on steroids, even a small knock can crack one. It heals; it "
        "only has to be known.",
        source=f"{DOWNIE} (older age, steroids, trauma); {IFOMPT}",
    ),
    Flag(
        code="sudden-central-pain", group=FRACTURE, needs=_any("sudden-central-pain"), disposition=Disposition.URGENT,
        words="A sudden pain in the middle of the spine that eases lying down is sometimes a small crack in a bone.",
        source=f"NICE CKS, back pain (low) without radiculopathy; {IFOMPT}",
    ),
    Flag(
        code="new-deformity", group=FRACTURE, needs=_any("new-deformity"), disposition=Disposition.URGENT,
        words="A change in the shape of the spine should be examined, to see that the bones are sound.",
        source=IFOMPT,
    ),
    Flag(
        code="cancer-history", group=CANCER, needs=_any("cancer-history"), disposition=Disposition.URGENT,
        is_lifted_by_clinician=True, # a lasting fact: otherwise nobody could ever practise again after a cancer
        words="Most people who have had cancer and have back pain have ordinary back pain. A clinician who knows your "
        "history should look at it before you practise.",
        source=f"{DOWNIE}: the one sign that, alone, clearly raises the odds; {NG59}",
    ),
    Flag(
        code="cancer-signs", group=CANCER, needs=_any("weight-loss", "night-pain"), disposition=Disposition.URGENT,
        words="This has many harmless causes. Together with back pain it is a reason to have the cause "
        "looked for soon.",
        source=f"{NG59}; {IFOMPT}; a single sign is weak evidence: {VERHAGEN}",
    ),
    Flag(
        code="cancer-lasting", group=CANCER,
        needs=(Clause(signs=("new-pain",)), Clause(signs=("over-50",)), Clause(signs=("no-better-month",))),
        disposition=Disposition.URGENT, is_lifted_by_clinician=True,
        words="A new pain after 50 that a month has not eased is most often harmless, and is one that a clinician "
        "wants to see.",
        source=f"{DOWNIE}: many flags alone change the odds little, so both are asked for; {IFOMPT}",
    ),
    Flag(
        code="no-better", group=CANCER, needs=_any("no-better-month"), disposition=Disposition.CLINICIAN_FIRST,
        is_lifted_by_clinician=True,
        words="When pain has not eased at all in a month, it is good to know what it is. Then you can practise with an "
        "easy mind.",
        source=f"{DOWNIE}: many flags alone change the odds little; Lowtide's safety table",
    ),
    Flag(
        code="age", group=AGE, needs=(Clause(signs=("new-pain",)), Clause(signs=("under-20", "over-50"))),
        disposition=Disposition.CLINICIAN_FIRST, is_lifted_by_clinician=True,
        words="A pain that is new before 20 or after 50 is usually as harmless as at any age. Several "
        "guidelines still advise that a clinician looks at it before you begin.",
        source=VERHAGEN,
    ),
    Flag(
        code="inflammatory", group=INFLAMMATORY,
        needs=(Clause(signs=("began-before-45", "morning-stiffness", "better-moving", "second-half-of-night"),
                      at_least=INFLAMMATORY_FEATURES),),
        disposition=Disposition.CLINICIAN_SOON,
        words="Your answers fit a back pain that comes from inflammation. There are good treatments for it, so it is "
        "worth asking about.",
        source="Rudwaleit 2006, Arthritis Rheum 54:569; NICE NG65 (spondyloarthritis), 1.1",
    ),
)  # fmt: skip
"""Every red flag. A single sign is weak evidence (Verhagen 2016), so the words stay calm; the disposition does not."""


def raised(present: frozenset[str], *, is_cleared: bool) -> tuple[Finding, ...]:
    """Give the findings of every flag that applies, the most urgent first.

    >>> [finding.rule for finding in raised(frozenset({"fever", "both-legs"}), is_cleared=False)]
    ['cauda-equina', 'infection']
    """
    found = [flag.finding() for flag in FLAGS if flag.is_raised(present, is_cleared=is_cleared)]
    return tuple(sorted(found, key=lambda finding: -finding.disposition))
