import assert from "node:assert/strict";
import { test } from "node:test";
import * as moments from "../../../src/lowtide/web/practice/static/practice/js/player/moments.js";

const events = [
  { kind: "chapter", at_ms: 0, for_ms: 60_000, text: "Arriving" },
  { kind: "say", at_ms: 5_000, for_ms: 3_000, text: "Lie down." },
  { kind: "attend", at_ms: 20_000, for_ms: 10_000, region: "feet" },
  { kind: "breathe", at_ms: 40_000, for_ms: 12_000, in_ms: 4_000, hold_ms: 2_000, out_ms: 6_000 },
  { kind: "chapter", at_ms: 60_000, for_ms: 30_000, text: "Resting" },
];

test("the words are there while they are said, and a little longer", () => {
  assert.equal(moments.words(events, 4_999), "");
  assert.equal(moments.words(events, 5_000), "Lie down.");
  assert.equal(moments.words(events, 11_999), "Lie down.");
  assert.equal(moments.words(events, 12_000), "");
});

test("attention lights up from its first to its last moment", () => {
  assert.equal(moments.during(events, "attend", 19_999), null);
  assert.equal(moments.during(events, "attend", 20_000).region, "feet");
  assert.equal(moments.during(events, "attend", 30_000), null);
});

test("a breath goes in, is held, and goes out", () => {
  assert.equal(moments.breath(events, 39_999), null);
  assert.deepEqual(moments.breath(events, 41_000), { phase: "in", for_ms: 4_000, left_ms: 3_000 });
  assert.equal(moments.breath(events, 44_000).phase, "hold");
  assert.deepEqual(moments.breath(events, 46_000), { phase: "out", for_ms: 6_000, left_ms: 6_000 });
  assert.equal(moments.breath(events, 52_000), null);
});

test("back goes to this chapter's start, and soon after it to the one before", () => {
  const list = moments.chapters(events);
  assert.equal(moments.previous(list, 80_000), 60_000);
  assert.equal(moments.previous(list, 61_000), 0);
  assert.equal(moments.previous(list, 1_000), 0);
  assert.equal(moments.previous([], 9_000), 0);
});

test("on goes to the next chapter, and nowhere from the last", () => {
  const list = moments.chapters(events);
  assert.equal(moments.next(list, 10), 60_000);
  assert.equal(moments.next(list, 60_000), null);
});

test("times are written as people write them", () => {
  assert.deepEqual([0, 65_000, 3_605_000].map(moments.clock), ["0:00", "1:05", "1:00:05"]);
  assert.equal(moments.spoken(61_000), "1 minute 1 second");
  assert.equal(moments.spoken(59_999), "59 seconds");
});
