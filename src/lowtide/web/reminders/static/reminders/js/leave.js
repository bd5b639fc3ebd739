/** On the page of signing out: the browser lets its subscription go before the form is sent. The server does so in any
 *  case; this only spares the browser's maker a message that nobody would send. */

import { letGo } from "./browser.js";

const PATIENCE_MS = 1000;

for (const form of document.querySelectorAll("main form[method=post]")) {
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    await Promise.race([letGo().catch(() => null), new Promise((resolve) => setTimeout(resolve, PATIENCE_MS))]);
    form.submit();
  });
}
