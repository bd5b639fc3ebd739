/** A session's timeline and a moment in, what there is to see at that moment out. Pure: no element, no clock.
 *  Called by player.js; tried by tests/browser/test_player_parts.py in Node. Times are milliseconds. */

/** The last event of some kind that lasts over `at`, or null. */
export function during(events, kind, at) {
  let found = null;
  for (const event of events) {
    if (event.at_ms > at) break;
    if (event.kind === kind && at < event.at_ms + event.for_ms) found = event;
  }
  return found;
}

/** The words that are said at `at`; they stay until the next ones, but no longer than `stay` after their end. */
export function words(events, at, stay = 4000) {
  let last = null;
  for (const event of events) {
    if (event.at_ms > at) break;
    if (event.kind === "say") last = event;
  }
  return last && at < last.at_ms + last.for_ms + stay ? last.text : "";
}

/** The phase of a paced breath at `at`: its name, how long it lasts and how much of it is left; null outside. */
export function breath(events, at) {
  const event = during(events, "breathe", at);
  if (!event) return null;
  let start = event.at_ms;
  for (const [phase, length] of [["in", event.in_ms], ["hold", event.hold_ms], ["out", event.out_ms]]) {
    if (length > 0 && at < start + length) return { phase, for_ms: length, left_ms: start + length - at };
    start += length;
  }
  return null;
}

/** The chapters with their starts, in order. */
export function chapters(events) {
  return events.filter((event) => event.kind === "chapter").map((event) => ({ title: event.text, at_ms: event.at_ms }));
}

/** The number of the chapter that holds `at`; -1 before the first. */
export function chapterAt(list, at) {
  return list.findLastIndex((chapter) => chapter.at_ms <= at);
}

/** Where "previous chapter" goes: this one's start, or, within its first `near` ms, the one before. */
export function previous(list, at, near = 4000) {
  const here = chapterAt(list, at);
  if (here < 0) return 0;
  return at - list[here].at_ms < near && here > 0 ? list[here - 1].at_ms : list[here].at_ms;
}

/** Where "next chapter" goes; null in the last one. */
export function next(list, at) {
  const there = list[chapterAt(list, at) + 1];
  return there ? there.at_ms : null;
}

/** A time as people write it: 7:05, 1:30:00. */
export function clock(ms) {
  const whole = Math.max(0, Math.floor(ms / 1000));
  const [hours, minutes, seconds] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  const two = (number) => String(number).padStart(2, "0");
  return hours ? `${hours}:${two(minutes)}:${two(seconds)}` : `${minutes}:${two(seconds)}`;
}

/** The same for the ears: "7 minutes 5 seconds". */
export function spoken(ms) {
  const whole = Math.max(0, Math.floor(ms / 1000));
  const [minutes, seconds] = [Math.floor(whole / 60), whole % 60];
  const many = (number, word) => `${number} ${word}${number === 1 ? "" : "s"}`;
  return minutes ? `${many(minutes, "minute")} ${many(seconds, "second")}` : many(seconds, "second");
}
