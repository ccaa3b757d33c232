// What a scanned text means to us.

const OURS = /^\/e\/([2-9A-Z]{6})\/?$/i

/** The path of an encounter ("/e/K7RX4P") in a scanned text from this origin's host, or null. */
export function encounterPath(text, origin) {
  let url
  try {
    url = new URL(text)
  } catch {
    return null
  }
  if (!/^https?:$/.test(url.protocol) || url.host !== new URL(origin).host) return null
  const found = OURS.exec(url.pathname)
  return found ? `/e/${found[1].toUpperCase()}` : null
}
