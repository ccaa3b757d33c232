// A story that is being written, on this phone: by neighbourhood and question, a day at most, gone once it came in.

const HEAD = 'story '
const LIVES = 24 * 3600 * 1000 // milliseconds

/** What a text of the store says, {fields, at, isSent}; null for nothing, for what is older than a day, or no draft. */
export function read(text, now = Date.now()) {
  try {
    const kept = JSON.parse(text)
    return kept?.fields && kept.at <= now && now - kept.at < LIVES ? kept : null
  } catch {
    return null
  }
}

/** The fields of a draft that lies here, or null. */
export function recall(name, store = localStore()) {
  return read(store?.getItem(HEAD + name))?.fields ?? null
}

/** Keep the fields {name: value} as they are now. `isSent`: they are on their way, and go when that arrived. */
export function keep(name, fields, isSent = false, store = localStore()) {
  try {
    store?.setItem(HEAD + name, JSON.stringify({ fields, at: Date.now(), isSent }))
  } catch {
    // a full store keeps no draft; the page goes on
  }
}

/** Nothing of it stays. */
export function forget(name, store = localStore()) {
  store?.removeItem(HEAD + name)
}

/** What grew too old goes, and with `isArrived` also what was sent: a page says that it came in. */
export function tidy(isArrived = false, store = localStore()) {
  for (const name of Object.keys(store ?? {}).filter((one) => one.startsWith(HEAD))) {
    const kept = read(store.getItem(name))
    if (!kept || (isArrived && kept.isSent)) store.removeItem(name)
  }
}

function localStore() {
  try {
    return globalThis.localStorage ?? null
  } catch {
    return null // a browser that keeps nothing
  }
}
