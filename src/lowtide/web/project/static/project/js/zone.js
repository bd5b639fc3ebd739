/** Where nobody has said a time zone: tells the one that this device has, once, and quietly. What was said is never
 *  changed; whoever has no JavaScript chooses under "You". */

const UNKNOWN = "zone-unknown";

async function tell(form) {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  if (!zone || sessionStorage.getItem(UNKNOWN) === zone) return;
  form.elements.time_zone.value = zone;
  const answer = await fetch(form.action, { method: "POST", body: new FormData(form) });
  if (answer.status === 422) sessionStorage.setItem(UNKNOWN, zone); // not known there: not asked again in this window
}

const form = globalThis.document?.querySelector("form[data-zone]");
if (form) tell(form).catch(() => {}); // offline, or a window that keeps nothing: the next page tries again
