// What a scanned text means to us.

const ENCOUNTER = /^\/e\/([2-9A-Z]{6}(?:[2-7A-Z]{10})?)\/?$/i // with the proof that it was scanned
const CARD = /^\/w\/[a-z0-9-]+\/with\/[2-9A-Z]{6}(?:[2-7A-Z]{10})?$/i
const WAY_BACK = /^\/w\/[a-z0-9-]+\/back$/
const SECRET = /^#[0-9A-Z]{26}$/
const PLATE = /^\/q\/[A-Z2-7]{26}$/ // capitals only: a plate's code has one spelling

/** The path of an encounter ("/e/K7RX4P"), a plate ("/q/…") or a player card in a scanned text from this origin's host, or null. */
export function ourPath(text, origin) {
  return encounterPath(text, origin) ?? platePath(text, origin) ?? cardPath(text, origin)
}

/** The path of either side of a player card, or null; the secret of the inner side stays behind the #. */
export function cardPath(text, origin) {
  const found = path(text, origin)
  const secret = WAY_BACK.test(found) ? new URL(text).hash : ''
  return SECRET.test(secret) ? found + secret : facePath(text, origin)
}

/** The path of the public side of a player card, or null: what a host may read of it. */
export function facePath(text, origin) {
  return CARD.exec(path(text, origin))?.[0] ?? null
}

/** The path of an encounter in a scanned text, or null. */
export function encounterPath(text, origin) {
  const found = ENCOUNTER.exec(path(text, origin))
  return found ? `/e/${found[1].toUpperCase()}` : null
}

/** The path of a plate in a scanned text, or null. */
export function platePath(text, origin) {
  return PLATE.exec(path(text, origin))?.[0] ?? null
}

// The path of an address of this origin's host; empty for any other text.
function path(text, origin) {
  try {
    const url = new URL(text)
    return /^https?:$/.test(url.protocol) && url.host === new URL(origin).host ? url.pathname : ''
  } catch {
    return ''
  }
}
