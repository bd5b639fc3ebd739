/** Says in one line why a passkey did not let anybody in, where allauth's own script would tell the console alone. */

const WORDS = {
  NotAllowedError: "That was not finished. Please try once more.",
  InvalidStateError: "This key is known here already.",
  NotSupportedError: "This device can not make such a key.",
};
const OTHERWISE = "That did not work. Please try once more, or use your password.";

/** What to say of a failure. Pure. */
export const said = (failure) => WORDS[failure?.name] ?? OTHERWISE;

globalThis.document?.addEventListener("allauth.error", (event) => {
  const place = document.querySelector("[data-passkey-error]");
  if (!place) return;
  event.preventDefault();
  place.hidden = false;
  place.textContent = said(event.detail.exception);
});
