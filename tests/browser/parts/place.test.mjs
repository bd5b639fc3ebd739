import assert from "node:assert/strict";
import { test } from "node:test";
import { Heard, joined } from "../../../src/lowtide/web/practice/static/practice/js/player/place.js";
import { beginAt, shares } from "../../../src/lowtide/web/practice/static/practice/js/player/hand-over.js";
import { volume } from "../../../src/lowtide/web/practice/static/practice/js/player/volumes.js";

test("what this phone heard and could not tell is not lost", () => {
  const told = { at_ms: 10_000, heard_ms: 10_000 };
  assert.deepEqual(joined(told, { at_ms: 90_000, heard_ms: 80_000 }), { at_ms: 90_000, heard_ms: 80_000, is_unsent: true });
});

test("what another phone heard since is not undone", () => {
  const told = { at_ms: 90_000, heard_ms: 80_000 };
  assert.deepEqual(joined(told, { at_ms: 10_000, heard_ms: 10_000 }), { at_ms: 90_000, heard_ms: 80_000, is_unsent: false });
  assert.equal(joined(told, null), told);
});

test("only what plays is heard: what is skipped is not", () => {
  const heard = new Heard(1_000);
  for (const at_ms of [0, 200, 400, 60_000, 60_200]) heard.at(at_ms);
  assert.equal(heard.heard_ms, 1_600);
  heard.rest();
  heard.at(60_400);
  assert.equal(heard.heard_ms, 1_600);
});

test("a fade ends at the turn and loses nothing on the way", () => {
  assert.equal(beginAt(10_000, 2_000, 600), 9_400);
  assert.equal(beginAt(10_000, 9_900, 600), 9_900);
  assert.equal(beginAt(null, 5_000, 600), 5_000);
  for (const way of [-1, 0, 0.3, 1, 2]) {
    const [old, other] = shares(way);
    assert.ok(Math.abs(old + other - 1) < 1e-9 && old >= 0 && other >= 0);
  }
});

test("all the way to the left is off", () => {
  assert.deepEqual([volume("-24", "-24"), volume("-23", "-24"), volume("12", "-24")], [-60, -23, 12]);
});
