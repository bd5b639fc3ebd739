/** How loud an element sounds. On iPhones a page has no say in it: `volume` can be set there, and stays as it was. */

/** True where the volume of `audio` can be set by a page. */
export function canFade(audio) {
  const full = audio.volume;
  audio.volume = full / 2;
  const isHonoured = audio.volume !== full;
  audio.volume = full;
  return isHonoured;
}
