"""The words that ask a body to move: patterns of words, each with the controlled movements it asks for.

Read by `movements.asked_for` only. Law: doubt counts as asking. A movement that is missed may hurt someone; one too
many costs an author a glance.

A pattern is words that follow one another. `a|b` is either word; `~lift` is "lift" or "lifting"; `…` is a gap of a
few words; a leading `^` wants the start of a clause; then `!a|b` wants that no such word follows, `?a|b` that one was
said in this sentence or the last, and `??a|b` that one was said later than any limb ("it" means the last thing named).
To teach a new movement, add a row to `ASKS`, the more particular before the general. A row without movements lets the
words it matches pass.
"""

from __future__ import annotations

from lowtide.model.movement import TENSE

ANYWHERE = TENSE + "*"
"""Stands for the tension of whichever regions the sentence goes on to name."""

_ARMS = "arm|arms|hand|hands|elbow|elbows|fingertips"
_BACK = "back|spine|backbone"
_TRUNK = "torso|trunk|waist|spine|back|upper-body|body|ribs|ribcage"
_LEGS = "leg|legs|foot|feet|thigh|thighs|heel|heels|knee|knees"
_SIDES = "side|sides|sideways|left|right"
_AWAY = "forward|forwards|over|down"
_LEFT_RIGHT = "to|toward|towards … left|right"
_WRISTS = "wrist|wrists|hand|hands|palm|palms|fingers|fist|fists"
_BREATHS = "breath|breathe|breathing|inhale|inhaling|exhale|in-breath|out-breath|lungs|air"
_NO_BREATH = "!your|the|both|on|onto|them"
_WORKED = (
    "muscle|muscles|back|core|belly|stomach|abdomen|abdominals|abs|glutes|buttocks|thighs|legs|arms|shoulders|chest|"
    "quadriceps|quads|lats|pecs|obliques|biceps|triceps|pelvic|forearms|thigh|leg|arm|hand|foot|shoulder|hamstrings|calves|neck|trunk|torso|jaw|face|hands|feet|hips|pelvis|body"
)

ASKS: tuple[tuple[str, str], ...] = (
    # Poses that go by a name.
    ("child's|childs|child pose", "kneeling lumbar-flexion"),
    ("cat|cow pose|stretch|posture", "kneeling lumbar-flexion lumbar-extension"),
    ("cat and|to|into cow", "kneeling lumbar-flexion lumbar-extension"),
    ("cat-cow", "kneeling lumbar-flexion lumbar-extension"),
    ("downward|down dog|facing", "lumbar-flexion arm-raise"),
    ("downward-facing dog", "lumbar-flexion arm-raise"),
    ("cobra|sphinx|locust|bow pose|posture", "prone lumbar-extension"),
    ("bridge|camel pose|posture", "lumbar-extension pelvic-tilt"),
    ("plank pose|position", "prone tense:trunk"),
    ("butterfly|pigeon|lotus pose|position|posture", "hip-rotation"),
    ("corpse pose", "supine"),
    # The lower back.
    (f"~arch … {_BACK}", "lumbar-extension"),
    (f"{_BACK} … ~arch", "lumbar-extension"),
    ("~bend|~lean|~arch … backward|backwards", "lumbar-extension"),
    ("~bend|~lean back !in|into|against|on|onto|to", "lumbar-extension"),
    ("~lift|~raise … hips|bottom|buttocks|pelvis|tailbone", "lumbar-extension pelvic-tilt"),
    ("~lift|~raise … chest|breastbone|sternum|heart !rate", "lumbar-extension"),
    (f"~bend|~lean|~fold|~reach … forward|forwards|down … {_SIDES}", "lumbar-flexion side-bend rotation"),
    (f"~bend|~lean|~tilt|~reach over to … {_SIDES}", "side-bend"),
    (f"~reach|~stretch|~extend|~raise|~lift … {_ARMS} … over|up|above|overhead … {_LEFT_RIGHT}", "arm-raise side-bend"),
    (f"~hang {_AWAY}", "lumbar-flexion"),
    (f"~bend|~flex your|the|both|each {_WRISTS}", ""),
    (f"~bend|~flex your|the left|right {_WRISTS}", ""),
    (f"~bend|~flex them|it … back ??{_WRISTS}", ""),
    ("~bend over|forward|forwards|down", "lumbar-flexion"),
    ("~bend … knee|knees !to", "hip-flexion"),
    (f"~bend|~lean|~fold|~hinge|~reach|~curl|~stretch … {_AWAY} !on|onto", "lumbar-flexion"),
    ("~touch … toes|floor|feet", "lumbar-flexion"),
    ("~reach to|toward|towards|for … toes|floor|feet|shins|ankles", "lumbar-flexion"),
    ("~curl up|into|yourself", "lumbar-flexion"),
    ("~bend at … waist|hips", "lumbar-flexion"),
    (f"~round|~curl|~flex … {_BACK}", "lumbar-flexion"),
    (f"{_BACK} … ~round|~curl", "lumbar-flexion"),
    ("~sit up !straight|tall|right|upright|comfortably", "lumbar-flexion"),
    ("~bend|~arch|~flex … back|spine|torso|trunk|body", "lumbar-flexion"),
    ("~extend your|the … spine|back|torso", "lumbar-extension"),
    ("~walk your|the … feet|foot", ""),
    ("~walk your|the … hands|fingers", "lumbar-flexion"),
    ("~bring|~draw|~pull|~hug|~lift … knee|knees … chest|belly|body|you", "hip-flexion lumbar-flexion"),
    ("knee|knees … ~come|~move|~float … chest|belly", "hip-flexion lumbar-flexion"),
    ("~hug … knee|knees|shin|shins|legs", "hip-flexion lumbar-flexion"),
    ("~wrap … arms … knee|knees|shin|shins|legs", "shoulder-protraction hip-flexion lumbar-flexion"),
    ("~tilt|~tuck|~rock|~curl|~circle|~roll … pelvis|hips|tailbone|pelvic", "pelvic-tilt"),
    ("~move|~sway your|the … hips|pelvis", "pelvic-tilt"),
    ("pelvis|tailbone … ~tilt|~tuck|~rock|~curl", "pelvic-tilt"),
    ("~flatten|~press|~push … lower|small|low … back", "pelvic-tilt"),
    # Turning and bending to the side.
    ("~turn your|the head|neck|chin", "neck-rotation"),
    ("~turn your|the torso|trunk|waist|shoulders|chest|ribs|ribcage", "rotation"),
    ("~turn your|the upper body", "rotation"),
    ("~turn to|and|around face|facing !down|downward|downwards", "rotation"),
    ("^ ~turn left|right", "rotation"),
    ("^ ~turn to|toward|towards your|the left|right !side|foot|hand|arm|leg", "rotation"),
    ("~look|~glance … over … shoulder|shoulders", "rotation neck-rotation"),
    ("~let|~drop|~lower|~bring … both|legs … knees|legs … side|left|right", "rotation"),
    (f"~twist … {_TRUNK}|{_SIDES}|yourself|gently|slowly|softly", "rotation"),
    ("^ ~twist", "rotation"),
    ("~let … twist", "rotation"),
    ("turn around", "rotation"),
    ("~turn|~roll … onto|on|over|to … side|sides", "side-lying"),
    ("~roll over !in|your|the|to|you|us", "side-lying"),
    ("~lie|~lay … on … side", "side-lying"),
    ("~turn|~roll … onto|on|over … belly|stomach|front|tummy|face", "prone"),
    ("~turn|~roll … to your belly|stomach|front|tummy", "prone"),
    ("~turn|~roll … to the belly|stomach|tummy", "prone"),
    ("~roll … to the front", "prone"),
    ("~turn|~roll … face down|downward|downwards", "prone"),
    ("~lie|~lay … face down", "prone"),
    ("~lie|~lay … on … belly|stomach|front|tummy", "prone"),
    ("~rotate|~turn|~swivel|~swing … torso|trunk|waist|spine|upper-body|body|ribs|ribcage|pelvis|hips", "rotation"),
    ("~reach|~stretch left|right|sideways", "side-bend arm-raise"),
    (f"~reach|~stretch to|toward|towards … {_SIDES}", "side-bend arm-raise"),
    ("~stretch|~extend … arms and|or … legs", "arm-raise hip-flexion"),
    ("~stretch|~extend … legs and|or … arms", "arm-raise hip-flexion"),
    (f"~reach|~stretch|~extend … {_ARMS} {_LEFT_RIGHT}", "arm-raise side-bend"),
    (f"~reach|~stretch|~extend … {_ARMS}", "arm-raise"),
    ("~stretch|~extend|~straighten … leg|legs|knee|knees|heel|heels", "hip-flexion"),
    (f"~bend|~lean|~tilt|~stretch|~reach … {_SIDES}", "side-bend"),
    (f"^ ~sway|~rock … {_SIDES}", "side-bend"),
    ("body|torso|trunk … ~sway|~rock", "side-bend"),
    # The neck and head.
    (f"~raise|~lift … head|neck and … {_ARMS}", "neck-flexion arm-raise"),
    (
        f"~raise|~lift|~reach|~stretch|~bring|~sweep|~swing|~float|~take|~hold|~extend … {_ARMS} … above|over|overhead",
        "arm-raise",
    ),
    ("~look|~gaze … with|only|just … eyes|gaze", ""),
    ("~look|~gaze … without … head|neck", ""),
    ("^ ~look|~gaze up|upward|upwards|down|downward|downwards", "neck-flexion"),
    ("^ ~look|~gaze to|toward|towards|at … ceiling|sky|floor", "neck-flexion"),
    ("~draw|~make|~trace … circle|circles|eight … nose|head|chin", "neck-rotation neck-flexion"),
    ("~lift|~raise|~point|~tip|~tilt … chin", "neck-flexion"),
    ("^ ~nod !off", "neck-flexion"),
    ("~move your|the … head|neck", "neck-rotation neck-flexion"),
    ("head|neck … ~fall|~drop|~tip|~tilt|~lean … side|left|right", "neck-side-bend"),
    ("~tuck|~drop|~lower|~bring|~draw|~nod … chin", "neck-flexion"),
    ("chin … ~drop|~sink|~fall|~come", "neck-flexion"),
    ("~turn|~rotate|~roll|~circle|~shake|~swing … head|neck|chin", "neck-rotation"),
    ("head|neck … ~turn|~rotate|~roll|~circle", "neck-rotation"),
    ("~look … left|right", "neck-rotation"),
    ("ear … shoulder|shoulders", "neck-side-bend"),
    ("~tilt|~tip|~drop|~bend|~lean … head|neck … side|left|right", "neck-side-bend"),
    ("~lift|~raise|~nod|~drop|~lower|~bend|~bow|~tilt|~tip|~stretch|~hang … head|neck", "neck-flexion"),
    ("head|neck … ~drop|~hang|~bow|~tilt|~tip … forward|forwards|down|back", "neck-flexion"),
    # The shoulders and arms.
    ("~squeeze|~draw|~pull|~bring|~press … shoulder blades|blade", "shoulder-retraction"),
    ("~draw|~pull|~bring|~press|~take … shoulders … back|backward|backwards|together|down", "shoulder-retraction"),
    ("~open|~broaden|~expand … chest !to", "shoulder-retraction"),
    ("~round|~hunch … shoulder|shoulders|upper", "shoulder-protraction"),
    ("~draw|~pull|~bring|~roll … shoulders … forward|forwards", "shoulder-protraction"),
    ("~wrap|~cross … arms", "shoulder-protraction"),
    ("~clasp|~interlace|~bring … behind … back", "shoulder-retraction"),
    ("~hug yourself", "shoulder-protraction"),
    ("~give yourself … hug", "shoulder-protraction"),
    ("~move your|both|each … shoulder|shoulders", "shoulder-protraction shoulder-retraction"),
    ("~roll over|across|through|down|past your|the shoulder|shoulders", ""),
    ("~roll|~circle|~rotate … shoulder|shoulders", "shoulder-protraction shoulder-retraction"),
    ("shoulders … ~roll|~circle", "shoulder-protraction shoulder-retraction"),
    ("~shrug|~hunch|~raise|~lift … shoulder|shoulders", "tense:shoulders"),
    ("shoulders up !down", "tense:shoulders"),
    ("shoulders to|toward|towards … ear|ears", "tense:shoulders"),
    ("~open … arm|arms", "arm-raise"),
    ("~hold|~bring|~take|~sweep … arm|arms|hands … out|outward|outwards|wide", "arm-raise"),
    (f"~lift|~raise|~reach|~stretch|~extend|~swing|~float … {_ARMS}", "arm-raise"),
    (f"~spread|~move your|both|each … {_ARMS}", "arm-raise"),
    ("arm|arms … ~lift|~rise|~float|~stretch|~reach … up|overhead|above|high|wide", "arm-raise"),
    ("arms|hands … overhead", "arm-raise"),
    ("~reach|~stretch … up|upward|upwards|overhead|ceiling|sky|above", "arm-raise"),
    ("^ ~reach", "arm-raise"),
    ("~stretch … body|yourself|limbs", "arm-raise lumbar-extension"),
    ("^ ~stretch", "arm-raise lumbar-extension"),
    ("to stretch !from", "arm-raise lumbar-extension"),
    # The hips and legs.
    ("~let|~drop|~lower … knee|knees … open|apart|out|outward|outwards|side|sides|left|right", "hip-rotation"),
    ("knee|knees … ~fall|~drop|~sink … open|apart|out|side|sides|left|right", "hip-rotation"),
    ("~rotate|~turn|~roll|~circle … leg|legs|hip|thigh|thighs|knee|knees", "hip-rotation"),
    ("leg|legs|hips|thighs … ~roll|~fall|~turn … out|outward|outwards|open|in|inward|inwards", "hip-rotation"),
    ("~sit cross-legged|crosslegged", "hip-rotation"),
    ("~cross … leg|legs|ankle|ankles|knee|knees|thigh|thighs|foot|feet", "hip-rotation"),
    ("~bring|~place|~put|~press … soles … together", "hip-rotation"),
    ("~slide|~draw|~bring|~pull … heel|heels|foot|feet … bottom|buttocks|seat|hips", "hip-flexion"),
    ("~pull|~draw|~flex|~bend … foot|feet|toes … toward|towards|up|back", "tense:shins"),
    ("~point … toes|foot|feet", "tense:calves"),
    (f"~lift|~raise|~swing … {_LEGS}", "hip-flexion"),
    ("~bend|~flex|~bring|~draw|~pull|~slide … knee|knees|leg|legs", "hip-flexion"),
    ("~squat", "hip-flexion lumbar-flexion"),
    ("~lunge", "hip-flexion"),
    # Muscles.
    ("~force|~fake|~pull … grin|smile|grimace|face", "tense:face"),
    ("~make … grimace|grin", "tense:face"),
    ("~make a face", "tense:face"),
    ("~smile as|wide|widely|broadly|hard|big", "tense:face"),
    ("^ ~grin|~grimace", "tense:face"),
    ("wide|widest|broad|broadest|big|biggest smile|grin", "tense:face"),
    ("~open … mouth|jaw … wide|widely", "tense:jaw"),
    ("~stick … tongue", "tense:jaw"),
    ("~press|~push|~squeeze … knees|thighs|legs together", "tense:thighs"),
    ("~press|~push your|both|the|each … shoulders", "tense:shoulders"),
    ("eyebrow|eyebrows|brows ~raise|~lift", "tense:forehead"),
    ("~raise|~lift … eyebrow|eyebrows|brows", "tense:forehead"),
    ("~wrinkle|~furrow|~scrunch|~crease … forehead|brow|eyebrows", "tense:forehead"),
    ("~frown", "tense:forehead"),
    ("~scrunch|~screw|~wrinkle … face|nose", "tense:face"),
    ("eye|eyes … tight|tightly !and", "tense:eyes"),
    ("~squint|~squeeze … eyes", "tense:eyes"),
    ("~bite down|together", "tense:jaw"),
    ("~clench|~grit … teeth", "tense:jaw"),
    ("~press|~purse|~pucker … lips", "tense:jaw"),
    ("~press|~push … tongue", "tense:throat"),
    ("~press|~push … head", "tense:neck"),
    ("~make|~close|~fold|~ball|~curl|~form|~roll … fist|fists", ANYWHERE),
    ("~close … hand|hands … tight|tightly", ANYWHERE),
    ("~make … stiff|rigid|hard|tight|tense", ANYWHERE),
    ("~lock … knees", "tense:thighs"),
    (f"~activate|~engage … {_WORKED}", ANYWHERE),
    ("~curl|~spread|~scrunch … toes", "tense:toes"),
    ("~curl|~spread|~stretch … fingers", "tense:hands"),
    ("~flex … bicep|biceps", "tense:upper-arms"),
    ("~suck|~pull|~draw in … belly|stomach|abdomen|tummy|navel", "tense:belly"),
    ("~suck|~pull|~draw … belly|stomach|abdomen|tummy|navel|abdominals", "tense:belly"),
    ("~push out … belly|stomach|abdomen|tummy", "tense:belly"),
    ("~push … belly|stomach|abdomen|tummy out", "tense:belly"),
    ("~press|~push|~dig … heels|feet", "tense:legs"),
    ("~press|~push … hands|palms", "tense:arms"),
    ("~tense your|the|every|all|each|both|that|this|these|those|up|it|them|just|only", ANYWHERE),
    ("~tighten|~clench|~squeeze|~contract|~flex|~brace|~stiffen|~harden … muscle|muscles", ANYWHERE),
    ("~tighten|~clench|~squeeze|~contract|~flex|~brace|~stiffen|~harden your|the|every|all|both|up|it|them", ANYWHERE),
    ("^ ~tense|~tighten|~clench|~squeeze", ANYWHERE),
    # Breath.
    ("~hold|~retain|~keep … breath|inhale|inhalation|exhale|exhalation", "breath-hold"),
    ("~keep … air … lungs|in|inside", "breath-hold"),
    ("~pause at … top|bottom", "breath-hold"),
    (f"breathe|breathing|inhale|inhaling|in-breath … ~hold it|this|that there|here ??{_BREATHS}", "breath-hold"),
    ("breathe|breathing|inhale|inhaling|in-breath … ~hold it|this|that !there|here", "breath-hold"),
    (f"breathe|breathing|inhale|inhaling|in-breath … ~hold {_NO_BREATH}|it|this|that", "breath-hold"),
    (f"breath in|and|then … ~hold it|this|that there|here ??{_BREATHS}", "breath-hold"),
    ("breath in|and|then … ~hold it|this|that !there|here", "breath-hold"),
    (f"breath in|and|then … ~hold {_NO_BREATH}|it|this|that", "breath-hold"),
    (f"^ ~hold it|this|that there|here ??{_BREATHS}", "breath-hold"),
    (f"^ ~hold it|this|that !there|here ?{_BREATHS}", "breath-hold"),
    (f"^ ~hold {_NO_BREATH}|it|this|that ?{_BREATHS}", "breath-hold"),
    ("~breathe|~inhale|~exhale … for|to … count|counts|seconds|beats", "paced-breath"),
    ("~inhale|~exhale for two|three|four|five|six|seven|eight|nine|ten|2|3|4|5|6|7|8|9|10", "paced-breath"),
    ("~breathe in|out for two|three|four|five|six|seven|eight|nine|ten|2|3|4|5|6|7|8|9|10", "paced-breath"),
    # Postures and getting about.
    ("~kneel", "kneeling"),
    ("~sit back|on|onto … heels", "kneeling"),
    ("hands and knees", "kneeling"),
    ("all fours", "kneeling"),
    ("tabletop position", "kneeling"),
    ("~stand up", "floor-transfer standing-long"),
    ("~come|~rise|~move … to|into standing", "floor-transfer standing-long"),
    ("~rise|~come|~get|~jump to|onto your feet", "floor-transfer standing-long"),
    ("^ rise !and|with|of", "floor-transfer standing-long"),
    ("^ ~stand !by|for|out|in", "standing-long"),
    ("~balance on", "standing-long"),
    ("~lie|~lay … on … floor|mat|ground|carpet|rug", "supine floor-transfer"),
    ("~lie|~lay … on … back", "supine"),
    ("~lie|~lay back !in|into|against", "supine"),
    ("~lie|~lay down", "supine"),
    ("~get|~come|~go|~lower … down … floor|mat|ground", "floor-transfer"),
    ("~sit on|down … floor|mat|ground", "floor-transfer"),
    ("~get up", "floor-transfer"),
    ("~push|~press yourself|your up", "floor-transfer"),
    ("~push|~press|~help yourself|you … up|sitting", "floor-transfer"),
    ("~come|~rise|~move … to|into|onto sitting|sit|seated|kneeling", "floor-transfer"),
    ("~take … step|steps|walk|stroll", "walking"),
    ("~step forward|forwards|back|backward|sideways|slowly|with|onto|to|out", "walking"),
    ("^ ~walk !you|through|us", "walking"),
    ("~step your|one|the|each … foot|leg", "walking"),
    ("~begin|~start|~continue|~keep … walk|walking !you|through", "walking"),
    ("~walk slowly|around|forward|across|along|back|to|toward|towards|barefoot|for", "walking"),
)
"""Pattern → the controlled movements it asks for, by part of the body."""

EXCUSES: tuple[str, ...] = (
    "do not", "don't", "dont", "not", "never", "no need to", "nothing to", "needn't", "cannot", "can't", "nor",
    "imagine", "imagining", "picture", "picturing", "visualise", "visualising", "visualize", "visualizing", "pretend",
    "as if", "as though", "mentally", "remember", "dream",
)  # fmt: skip
"""After these the rest of the clause asks for nothing."""
EXCUSES_ING: tuple[str, ...] = (
    "without", "instead of", "rather than", "avoid", "stop", "no need for", "if you are", "if you're",
    "whether you are", "the idea of", "the thought of", "the image of", "yourself", "even before", "feels like",
    "dreams of",
)  # fmt: skip
"""After these only "lifting" asks for nothing; "without arching lift your arms" still asks for the arms."""
AFTERWARDS: tuple[str, ...] = ("in your mind", "in your imagination", "in thought", "in your mind's eye")
"""A clause that ends so was only imagined."""
OTHERS = frozenset({"my", "his", "her", "their", "its", "our", "i", "he", "she", "they"})
"""Someone else's limbs: "she lifts her arms" asks for nothing."""
MINDS = frozenset({"attention", "awareness", "focus", "mind", "gaze", "thoughts", "breath", "curiosity", "kindness"})
"""What moves through the body without moving it: "draw your attention down to your belly"."""
ENDS = frozenset(
    {
        "while", "as", "until", "let", "letting", "then", "keep", "keeping", "by", "toward", "towards", "to",
        "into", "against", "near", "before", "after", "relax", "leave", "leaving", "except", "without",
    }
)  # fmt: skip
"""Words after which a tension's muscles are no longer meant."""
ANEW = frozenset(
    {
        "bend", "bending", "raise", "raising", "lift", "lifting", "push", "pushing", "pull", "pulling", "bring",
        "bringing", "turn", "turning", "reach", "reaching", "stretch", "stretching", "move", "moving", "come", "coming",
        "breathe", "notice", "feel",
    }
)  # fmt: skip
"""Verbs that begin something new after the muscles were named: "clench your fists and bend them back"."""
LIMBS = frozenset(
    {
        "arm", "arms", "hand", "hands", "elbow", "elbows", "palm", "palms", "fist", "fists", "leg", "legs", "foot",
        "feet", "knee", "knees", "heel", "heels", "toe", "toes", "thigh", "thighs", "hip", "hips", "pelvis", "head",
        "chin", "ear", "spine", "neck", "torso", "shoulder", "shoulders", "stretch", "pose", "position",
    }
)  # fmt: skip
"""What "hold it there" may mean besides a breath."""
LEADS = frozenset(
    {
        "and", "then", "now", "next", "gently", "slowly", "softly", "please", "just", "to", "you", "again", "also",
        "may", "can", "might", "could", "begin", "start", "carefully", "finally", "or", "simply", "very",
    }
)  # fmt: skip
"""Words that may stand before the verb at a clause's start."""
MUSCLES = {
    "fist": "hands", "fists": "hands", "bicep": "upper-arms", "biceps": "upper-arms", "triceps": "upper-arms",
    "abdominals": "belly", "abs": "belly", "core": "belly", "tummy": "belly", "quadriceps": "thighs",
    "bottom": "buttocks", "teeth": "jaw", "lips": "jaw", "mouth": "jaw", "brow": "forehead",
    "eyebrows": "forehead", "hamstrings": "thighs",
}  # fmt: skip
"""Words for muscles that are no region's name."""
