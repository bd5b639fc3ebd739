/** A place of the body and what was said of it in, its colour and its row out. Pure; used by body.js. */

/** How a place is coloured: by its number, or as "some" where none was given. */
export function shade(number) {
  if (number === null || number === undefined || Number.isNaN(number)) return "some";
  if (number === 0) return "none";
  return number <= 3 ? "low" : number <= 6 ? "mid" : "high";
}

/** What the row of a place says: its name, its number, its words. */
export function summary(label, number, words) {
  const parts = [number === null ? "" : `${number} of 10`, words.join(", ")];
  return { label, detail: parts.filter(Boolean).join(" · ") || "no number yet" };
}
