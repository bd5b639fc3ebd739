/** What a player works with, made from what its page says. */

import { showOnLockScreen } from "./lock-screen.js";
import { OneTab } from "./one-tab.js";
import { Outage } from "./outage.js";
import { Place } from "./place.js";
import { Server } from "./server.js";
import { Takes } from "./takes.js";
import { offerGround } from "./unwell.js";
import { Wake } from "./wake.js";

export function equip(player) {
  const { session, resumeMs, heardMs, title } = player.dataset;
  const token = player.querySelector("[name=csrfmiddlewaretoken]").value;
  player.server = new Server(session, token);
  player.place = new Place(session, token, { at_ms: Number(resumeMs), heard_ms: Number(heardMs) });
  player.takes = new Takes(player);
  player.outage = new Outage(player);
  player.tab = new OneTab(() => player.pause());
  player.wake = new Wake();
  showOnLockScreen(title, `${player.server.base}cover.png`, (name, value) => player.ask(name, value));
  offerGround(player);
}
