// When the queue is tried: when a page opens, when the network is back, when the page is looked at, and between those.
import { all, isInUse } from './keep.js'
import { flush, whose } from './outbox.js'
import { count, pause } from './queue.js'

const AT_REST = 3 // as long as after so many failures, when something waits for another reason
const SOON = 2000 // when another tab is at it, or a page that is just going away
let failures = 0
let timer
let isListening = false

/** Try to send what waits; `pressed` when a person asks for it. */
export async function tryNow(pressed = false) {
  clearTimeout(timer)
  const me = await whose()
  if (!(await isInUse())) return
  const isAway = await flush(pressed)
  failures = isAway ? failures + 1 : 0
  const { waiting } = count(await all(), me, Date.now())
  clearTimeout(timer)
  if (waiting && !document.hidden) timer = setTimeout(tryNow, isAway === null ? SOON : pause(failures || AT_REST))
}

/** Try now, and from now on whenever it may work. Once a page. */
export function keepTrying() {
  if (isListening) return
  isListening = true
  addEventListener('online', () => tryNow())
  addEventListener('pageshow', ({ persisted }) => persisted && tryNow())
  document.addEventListener('visibilitychange', () => document.hidden || tryNow())
  tryNow()
}

/** Have this neighbourhood's page at hand without network. Only for who joined: a reader leaves no trace. */
export async function beAtHand(offline) {
  if (!document.body.dataset.me || !navigator.serviceWorker) return
  try {
    await navigator.serviceWorker.register('/sw.js')
    const { active } = await navigator.serviceWorker.ready
    if (offline) active.postMessage({ offline })
  } catch {
    // a browser that will not: everything works, with network
  }
}
