// Which walk goes on, on this phone: its key, the number of the stop and when. Nothing else, and gone after 12 hours.

const LONG = 12 * 3600 * 1000 // milliseconds
const name = (base) => `walk ${base}` // of a neighbourhood, by the address of its walks

/** Keep how far one is in a walk. A phone that keeps nothing walks as well. */
export function remember(store, base, tour, number, now = Date.now()) {
  try {
    store.setItem(name(base), JSON.stringify({ tour, number, at: now }))
  } catch {
    /* private mode, or full */
  }
}

/** {tour, number, at} of the walk that goes on in this neighbourhood, or null. What is too old is gone. */
export function recall(store, base, now = Date.now()) {
  try {
    const kept = JSON.parse(store.getItem(name(base)))
    if (kept && now - kept.at >= 0 && now - kept.at < LONG && Number.isInteger(kept.number)) return kept
  } catch {
    /* not ours, or not allowed */
  }
  forget(store, base)
  return null
}

/** The walk is over. */
export function forget(store, base) {
  try {
    store.removeItem(name(base))
  } catch {
    /* nothing to forget */
  }
}
