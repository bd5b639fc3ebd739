/** A kept file and a request for a part of it in, that part out: so a kept session can be sought in. RFC 9110, 14. */

/** Which bytes are asked for: {start, stop}, the whole where there is nothing that can be understood, null where it is
 *  beyond the end. Pure. */
export function asked(header, size) {
  const found = /^bytes=(\d*)-(\d*)$/.exec(header?.trim() ?? "");
  const [first, last] = found ? found.slice(1) : ["", ""];
  if (!first && !last) return { start: 0, stop: size };
  if (!first) return Number(last) ? { start: Math.max(0, size - Number(last)), stop: size } : null;
  const part = { start: Number(first), stop: last ? Math.min(Number(last) + 1, size) : size };
  if (last && Number(last) < part.start) return { start: 0, stop: size };
  return part.start < size ? part : null;
}

/** Answer a request with a kept response, or with the part of it that is asked for. */
export async function part(request, kept) {
  const header = request.headers.get("Range");
  if (!header) return kept;
  const whole = await kept.blob();
  const bytes = asked(header, whole.size);
  const headers = new Headers(kept.headers);
  headers.set("Accept-Ranges", "bytes");
  headers.set("Content-Range", bytes ? `bytes ${bytes.start}-${bytes.stop - 1}/${whole.size}` : `bytes */${whole.size}`);
  headers.set("Content-Length", bytes ? bytes.stop - bytes.start : 0);
  if (!bytes) return new Response(null, { status: 416, headers });
  return new Response(whole.slice(bytes.start, bytes.stop), { status: 206, headers });
}
