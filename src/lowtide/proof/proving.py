"""A script's name in, what was proved of it out: everybody of the cast, in every position, over a spread of lengths.

Called by `lowtide library --proof`, once for each script, in as many processes as there are cores. Laws: the same
arguments give the same outcome; what was not heard by the cast is searched for with more seeds before it is called
missed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import lru_cache

from lowtide import compose, content, pipeline, speak
from lowtide.errors import LengthError, UserError
from lowtide.model.clearance import Clearance
from lowtide.model.movement import Kind, Position
from lowtide.model.profile import Wish
from lowtide.model.session import Session
from lowtide.model.time import MS_PER_MINUTE, clock
from lowtide.model.timeline import Happening, Timeline
from lowtide.plan.suggest import SOMATIC_TRACKING
from lowtide.proof.cast import Person, everyone, for_gates, regional
from lowtide.proof.judge import Judge
from lowtide.proof.outcome import Fault, Missed, Outcome
from lowtide.proof.tagging import Line, Tagged, plain, tagged, tags_in
from lowtide.screen.movements import RULES
from lowtide.script import nodes

OPENING = "opening"
REGIONAL = 16
"""So many people with other places that hurt hear each script; over the library, every region comes up."""
CAPTIONS_ONE_IN = 3
"""Captions follow from the timeline alone, and take a third of the time: every third session's are made."""
MOMENTS = ("", "", "morning", "", "midday", "", "evening", "", "night")
"""The hours come round, and most sessions have none."""
GOLDEN = 0.6180339887
"""Multiples of it spread over a range as evenly as any number of them can (the golden ratio's fraction)."""
MORE_SEEDS = 40
"""What was not heard yet is searched for in so many more sessions: of three wordings one is then missed once in ten
million times."""
MOST_FAULTS = 40
"""Faults of one script that are kept; the first few are what anybody mends."""
NEVER_FORBIDDEN = frozenset(Kind).difference(*(rule.forbids for rule in RULES))
"""Movements that every clearance allows, such as a breath that is paced: it is slowed down, never taken away."""
_OPENING_FIRST = 0xA000
"""The opening's tags begin here, behind those of any script."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One session to be proved."""

    person: Person
    position: Position
    length_ms: int
    seed: int

    def __str__(self) -> str:
        hour = "".join(f", {word}" for word in sorted(self.person.moment))
        return f"{self.person.label}{hour}, {self.position}, {clock(self.length_ms)}, seed {self.seed}"


@dataclass(slots=True)
class _Proof:
    """One script's proof while it is under way."""

    name: str
    found: Tagged
    opening: Tagged
    refrains: frozenset[str]
    sessions: int = 0
    length_ms: int = 0
    heard: set[str] = field(default_factory=set)
    kinds: Counter[str] = field(default_factory=Counter)
    faults: list[Fault] = field(default_factory=list)

    def session(self, case: Case, clearance: Clearance) -> None:
        """Compose, time and judge one session."""
        try:
            timeline = self._made(case, clearance)
        except UserError as error:
            self.fault(case, "made", str(error))
            return
        if timeline is None:
            return
        self.sessions += 1
        self.length_ms += timeline.duration_ms
        judge = Judge(
            clearance=clearance, length_ms=case.length_ms, moves=self.found.moves, refrains=self.refrains,
            reads_captions=case.seed % CAPTIONS_ONE_IN == 0,
        )  # fmt: skip
        for rule, words in judge.faults(timeline):
            self.fault(case, rule, words)
        self.count(timeline)

    def fault(self, case: Case, rule: str, words: str) -> None:
        if len(self.faults) < MOST_FAULTS:
            self.faults.append(Fault(script=self.name, session=str(case), rule=rule, words=words))

    def _made(self, case: Case, clearance: Clearance) -> Timeline | None:
        """Time a session; None where silences are limited and the length is beyond what that leaves."""
        wish = Wish(
            length_ms=case.length_ms, script=self.name, position=case.position, seed=case.seed,
            moment=case.person.moment,
        )  # fmt: skip
        the_plan, _ = pipeline.decide(case.person.profile, clearance, wish)
        session = compose.resolve(the_plan, self.found.script, self.opening.script)
        try:
            return compose.fit(session, _lengths(session), case.length_ms)[0]
        except LengthError as error:
            if clearance.longest_silence_ms is not None and error.longest_ms < case.length_ms:
                return None
            raise

    def count(self, timeline: Timeline) -> None:
        """Note what was heard."""
        tags = {tag for event in timeline.of(Happening.SAY) for tag in tags_in(event.text)}
        new = tags - self.heard
        self.heard |= tags
        if new:
            for line in (*self.found.lines, *self.opening.lines):
                if line.tags & new and not line.tags & (self.heard - new):
                    self.kinds.update(_kinds(line))
        self.kinds.update({f"event: {kind}" for kind in {event.kind for event in timeline.events}})

    def unheard(self) -> list[Missed]:
        """List the texts that nobody has heard, and that somebody should have."""
        spare = frozenset[str]().union(*(line.tags for line in self.found.lines if _is_spare(line)))
        return [
            Missed(script=self.name, line=target.line, what=target.what, words=target.words)
            for target in self.found.targets
            if target.tag not in self.heard | spare
        ]


def prove(name: str, *, one_in: int = 1, script: nodes.Script | None = None) -> Outcome:
    """Prove one script; `one_in` takes every so-many-th session of the grid, `script` a changed text of it.

    With `one_in` above 1 nothing is called missed: what a thin grid does not hear, the whole one may.
    """
    proof = _Proof(
        name=name,
        found=tagged(script or content.script(name)),
        opening=tagged(content.opening(), _OPENING_FIRST),
        refrains=frozenset(_refrains(script or content.script(name))),
    )
    head = (script or content.script(name)).head
    for number, (case, clearance) in enumerate(_grid(head, proof.found.lines)):
        if number % one_in == 0:
            proof.session(case, clearance)
    if one_in == 1:
        _search(proof, head)
    return Outcome(
        scripts=(name,),
        sessions=proof.sessions,
        minutes=proof.length_ms / MS_PER_MINUTE,
        targets=len(proof.found.targets),
        texts=frozenset((OPENING if ord(tag) >= _opening_tag() else name, tag) for tag in proof.heard),
        kinds=proof.kinds,
        faults=tuple(proof.faults),
        missed=tuple(proof.unheard()) if one_in == 1 else (),
    )


def missed_of_the_opening(texts: frozenset[tuple[str, str]]) -> tuple[Missed, ...]:
    """List what nobody heard of the opening, which all scripts share."""
    return tuple(
        Missed(script=OPENING, line=target.line, what=target.what, words=target.words)
        for target in tagged(content.opening(), _OPENING_FIRST).targets
        if (OPENING, target.tag) not in texts
    )


def _opening_tag() -> int:
    from lowtide.proof.tagging import FIRST

    return FIRST + _OPENING_FIRST


def _grid(head: nodes.Head, lines: list[Line]) -> Iterator[tuple[Case, Clearance]]:
    """Yield everybody in every position that they are cleared for, at the ends of the range and somewhere between."""
    number = pair = 0
    for person, clearance in _cleared(head, [*everyone(), *map(regional, range(REGIONAL)), *_passers(lines)]):
        for position in head.positions:
            if clearance.allows_position(position):
                pair += 1
                for length_ms in _spread(head, pair):
                    moment = person.moment or frozenset({MOMENTS[number % len(MOMENTS)]} - {""})
                    someone = replace(person, moment=moment)
                    yield Case(person=someone, position=position, length_ms=length_ms, seed=number), clearance
                    number += 1


def _spread(head: nodes.Head, number: int) -> tuple[int, ...]:
    least, most = round(head.least_minutes * MS_PER_MINUTE), round(head.most_minutes * MS_PER_MINUTE)
    between = least + int((most - least) * (number * GOLDEN % 1))
    return (least, between) if number % 2 == 0 else (between, most)


def _passers(lines: list[Line]) -> Iterator[Person]:
    """Yield somebody for each gate of the script, and each of them once."""
    seen = set[tuple[frozenset[str], frozenset[str]]]()
    for line in lines:
        when = frozenset(word for gate in line.gates for word in gate.when)
        unless = frozenset(word for gate in line.gates for word in gate.unless)
        if (when, unless) not in seen:
            seen.add((when, unless))
            yield from for_gates(line.gates)


def _cleared(head: nodes.Head, people: Iterable[Person]) -> Iterator[tuple[Person, Clearance]]:
    """Leave out whoever is offered no session; what needs a clinician's word is proved for people who have it."""
    for someone in people:
        person = someone.vouched_for() if head.technique == SOMATIC_TRACKING else someone
        clearance = pipeline.clear(person.profile).clearance
        if clearance is not None and (head.technique != SOMATIC_TRACKING or clearance.somatic_tracking):
            yield person, clearance


def _search(proof: _Proof, head: nodes.Head) -> None:
    """Look for what was not heard: people who pass its gates, at the longest and at other lengths, with more seeds."""
    for line in proof.found.lines:
        if not line.tags - proof.heard or _is_spare(line):
            continue
        places = list(_positions(line, head))
        people = list(_cleared(head, for_gates(line.gates)))
        for seed in range(MORE_SEEDS):
            for person, clearance in people:
                for position in places:
                    if clearance.allows_position(position) and line.tags - proof.heard:
                        length_ms = _spread(head, seed)[1 if seed % 2 else 0]
                        case = Case(person=person, position=position, length_ms=length_ms, seed=10_000 + seed)
                        proof.session(case, clearance)


def _is_spare(line: Line) -> bool:
    """Say whether an imagine waits for a rule that does not exist: nothing forbids what it stands for to anyone."""
    return bool(line.instead_of) and NEVER_FORBIDDEN.issuperset(line.instead_of)


def _positions(line: Line, head: nodes.Head) -> Iterator[Position]:
    for position in head.positions:
        if all(not gate.positions or position in gate.positions for gate in line.gates):
            yield position


def _kinds(line: Line) -> set[str]:
    """Name what a line shows to work: its nodes, and the marks that let it be heard."""
    found = set(line.kinds)
    for gate in line.gates:
        found |= {"position"} if gate.positions else set()
        found |= {"when"} if gate.when else set()
        found |= {"unless"} if gate.unless else set()
        found |= {"optional"} if gate.optional else set()
        found |= {"repeat"} if gate.most_rounds > 1 else set()
    return found


def _refrains(script: nodes.Script) -> Iterator[str]:
    for chapter in script.chapters:
        for block in chapter.blocks:
            for one in block.blocks if isinstance(block, nodes.Section) else (block,):
                if isinstance(one, nodes.Comment) and one.text.strip().startswith("refrain:"):
                    yield one.text.strip().removeprefix("refrain:").strip()


def _lengths(session: Session) -> dict[tuple[str, bool], int]:
    return {phrase.key: _estimate(plain(phrase.spoken), phrase.slow) for phrase in session.phrases()}


@lru_cache(maxsize=50_000)
def _estimate(spoken: str, slow: bool) -> int:
    return speak.estimate_ms(_voice(), (spoken, slow))


@lru_cache(maxsize=1)
def _voice() -> speak.Voice:
    return speak.find("silent")
