/** What this browser keeps, apart from sound and pages: messages that wait to be sent, and who is here. IndexedDB.
 *  Law: what waits is in the order of telling, and each of it names its person. */

const MESSAGES = "messages";
const KNOWN = "known";
export const CHANGED = "lowtide-outbox"; // the channel that says that what waits has changed

/** Answer to a request as a promise. */
function done(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

async function inside(name, mode, work) {
  const opening = indexedDB.open("lowtide", 1);
  opening.onupgradeneeded = () => {
    opening.result.createObjectStore(MESSAGES, { keyPath: "id", autoIncrement: true });
    opening.result.createObjectStore(KNOWN);
  };
  const base = await done(opening);
  try {
    return await done(work(base.transaction(name, mode, { durability: "strict" }).objectStore(name)));
  } finally {
    base.close();
  }
}

function say() {
  const channel = new BroadcastChannel(CHANGED);
  channel.postMessage("changed");
  channel.close();
}

/** Give what waits, in the order of telling; of one person, where one is named. */
export async function waiting(whose = null) {
  const all = await inside(MESSAGES, "readonly", (rows) => rows.getAll());
  return all.filter((one) => whose === null || one.whose === whose);
}

/** Keep a message: {whose, address, at, fields: [[name, value], …]}, and `id` where it was kept before. */
export async function put(message) {
  await inside(MESSAGES, "readwrite", (rows) => rows.put(message));
  say();
}

/** Let go of a message that has arrived. */
export async function drop(id) {
  await inside(MESSAGES, "readwrite", (rows) => rows.delete(id));
  say();
}

/** Something that this browser takes note of; nothing where it did not. */
export const known = (name) => inside(KNOWN, "readonly", (rows) => rows.get(name));

/** Take note of something. */
export const note = (name, value) => inside(KNOWN, "readwrite", (rows) => rows.put(value, name));

/** Who was here when the server last answered: a key, or nothing. */
export const lastHere = () => known("whose");

/** Take note of who is here. */
export const isHere = (whose) => note("whose", whose);
