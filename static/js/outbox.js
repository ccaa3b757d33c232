// Sends what waits on this phone: one tab at a time, one item after the other, each let go only when the server has it.
import { freshKey } from './hand-in.js'
import { all, isInUse, keep, kept, recall, remember, replace, takeTurn } from './keep.js'
import { copied, sha256 } from './picture.js'
import { after, fields, inTurn, isDue, verdict } from './queue.js'
import { send } from './send.js'

const TURN = 12000 // a page that goes away in its turn cannot say so: the others wait this long at most
const CONFLICT = 409
const A_MOMENT = 1000
const tab = String(Math.random())
const outcomes = new Map() // by key, what was last told

const tabs = globalThis.BroadcastChannel ? new BroadcastChannel('outbox') : null
if (tabs) tabs.onmessage = ({ data }) => hear(data)

/** Tells every part of this page, and of other tabs, that something changed: {key, outcome, next, sentence}. */
function tell(detail) {
  hear(detail)
  tabs?.postMessage(detail)
}

function hear(detail) {
  if (detail.outcome) outcomes.set(detail.key, detail)
  document.dispatchEvent(new CustomEvent('outbox', { detail }))
}

/** Whose phone this is: their public letters as the page says them; a page kept for later knows only who it was last. */
export async function whose() {
  const { me } = document.body.dataset
  if (me === undefined) return (await recall('me')) ?? ''
  if ((me || (await isInUse())) && (await recall('me')) !== (me || null)) await remember('me', me || null)
  return me
}

/** Keep an item that is to be sent; false when this browser keeps nothing. */
export async function put(item) {
  const isKept = (await keep({ ...item, state: 'waiting', tries: 0, notBefore: 0 })) !== null
  tell({ key: item.key })
  return isKept
}

/** Throw an item away. */
export async function discard(item) {
  await replace(item, null)
  tell({ key: item.key })
}

/** Let a refused item go once more; `changed` are fields that the person changed. */
export async function again(item, changed = {}) {
  const fresh = { ...item, state: 'waiting', tries: 0, notBefore: 0, fields: { ...item.fields, ...changed } }
  const isTaken = item.status === CONFLICT && item.sort === 'photo' // something else went under its key: "start again"
  if (isTaken) await keep({ ...fresh, key: freshKey() })
  await replace(item, isTaken ? null : fresh)
  tell({ key: item.key })
  return flush(true)
}

/** Send what is due. Resolves to whether there was no network, null when another tab is at it. */
export function flush(pressed = false) {
  return alone(async (stillMine) => {
    const me = await whose()
    for (const item of inTurn(await all())) {
      if (!isDue(item, me, Date.now(), pressed) || !(await stillMine())) continue
      const { status } = await deliver(item)
      if (status === 0) return true
    }
    return false
  })
}

/**
 * Send one item now, before what else waits, with `more` fields that are not kept. Resolves to what came of it, also
 * where it went meanwhile with all that waits, from this tab or another; null when nothing came of it yet.
 */
export async function sendNow(item, isKept, more, onProgress) {
  if (!item.who) return null // made before anybody joined here: it waits until somebody says that it is theirs
  if (!isKept) return deliver(item, more, onProgress)
  outcomes.delete(item.key)
  return alone(async () => {
    const found = await kept(item.key)
    return found?.state === 'waiting' ? deliver(found, more, onProgress) : outcomeOf(item.key)
  }, true)
}

/** What another turn said of an item; another tab's word may come a little after its turn is over. */
async function outcomeOf(key) {
  if (!outcomes.has(key)) await new Promise((done) => setTimeout(done, A_MOMENT))
  return outcomes.get(key) ?? null
}

async function deliver(item, more, onProgress) {
  const blob = item.blob && (await copied(item.blob))
  if (item.blob && !blob) return lose(item)
  const data = new FormData()
  for (const [name, value] of Object.entries({ ...more, ...fields(item, Date.now()) })) data.set(name, value)
  if (blob) data.set('photo', blob, item.name)
  const sent = await send(item.url, data, onProgress)
  const ours = item.sort === 'photo' ? (blob ? await sha256(blob) : '') : null
  const outcome = verdict(item, sent, ours)
  const next = outcome === 'done' ? new URL(sent.answer.next, location.origin).pathname : null
  await replace(item, outcome === 'done' ? arrived(item, sent.answer, next) : after(item, sent, outcome, Date.now()))
  const { error: sentence, way_on: wayOn } = sent.answer
  const told = { key: item.key, outcome, next, status: sent.status, sentence, wayOn }
  tell(told)
  return told
}

// Its bytes are gone: it stays for its maker to see, and is never tried again.
async function lose(item) {
  await replace(item, { ...item, state: 'lost' })
  const told = { key: item.key, outcome: 'lost' }
  tell(told)
  return told
}

// What still needs its maker — a photo whose companion is not named yet — leaves a line that leads there; nothing else.
function arrived({ key, sort, who, title, madeAt }, { open }, next) {
  return sort === 'photo' && open ? { key, sort, who, title, madeAt, state: 'arrived', arrivedAt: Date.now(), next } : null
}

// A browser that keeps nothing of a site has no lock for it either, and nothing waits in it.
function refused(fault) {
  if (fault.name !== 'SecurityError') throw fault
  return null
}

/** One tab at a time: a lock of the browser, else (plain http) a turn that is written down. */
async function alone(work, waits = false) {
  if (navigator.locks) {
    const mode = waits ? {} : { ifAvailable: true }
    return navigator.locks.request('outbox', mode, (lock) => (lock ? work(() => true) : null)).catch(refused)
  }
  while (!(await takeTurn(tab, TURN))) {
    if (!waits) return null
    await new Promise((done) => setTimeout(done, 1000))
  }
  const still = setInterval(() => takeTurn(tab, TURN), TURN / 4)
  return work(() => takeTurn(tab, TURN)).finally(() => {
    clearInterval(still)
    return takeTurn(tab, 0)
  })
}
