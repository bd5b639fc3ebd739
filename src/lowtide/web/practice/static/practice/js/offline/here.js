/** On every page: once it is shown, have the worker ready, and let it send what waits. Without a worker nothing is lost
 *  but offline. */

async function begin() {
  const { serviceWorker } = navigator;
  if (!serviceWorker) return;
  try {
    await serviceWorker.register("/service-worker.js", { updateViaCache: "none" });
  } catch {
    return; // a private window, or a browser that was told not to keep anything
  }
  const send = async () => (await serviceWorker.ready).active.postMessage("send");
  addEventListener("online", send);
  await send();
}

if (document.readyState === "complete") begin();
else addEventListener("load", begin);
