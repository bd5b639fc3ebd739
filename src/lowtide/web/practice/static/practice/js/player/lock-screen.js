/** What the lock screen shows and asks for (Media Session). Each request becomes a call of `ask(name, detail)`. */

export function showOnLockScreen(title, cover, ask) {
  const session = navigator.mediaSession;
  if (!session) return;
  const artwork = [{ src: new URL(cover, location.href).href, sizes: "400x400", type: "image/png" }];
  session.metadata = new MediaMetadata({ title, artist: "Lowtide", album: "Guided meditation", artwork });
  const asked = {
    play: () => ask("play"),
    pause: () => ask("pause"),
    stop: () => ask("pause"),
    seekbackward: (told) => ask("back", told.seekOffset),
    seekforward: (told) => ask("forward", told.seekOffset),
    seekto: (told) => ask("seek", told.seekTime * 1000),
    previoustrack: () => ask("previous"),
    nexttrack: () => ask("next"),
  };
  for (const [action, answer] of Object.entries(asked)) {
    try {
      session.setActionHandler(action, answer);
    } catch {
      continue; // an action that this browser does not know
    }
  }
}

/** Tell the lock screen where it is. */
export function placeOnLockScreen(audio) {
  const session = navigator.mediaSession;
  if (!session) return;
  session.playbackState = audio.paused ? "paused" : "playing";
  if (Number.isFinite(audio.duration) && audio.duration > 0) {
    session.setPositionState?.({ duration: audio.duration, position: Math.min(audio.currentTime, audio.duration), playbackRate: 1 });
  }
}
