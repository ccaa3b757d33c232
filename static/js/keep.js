// What waits on this phone, in IndexedDB: photos and answers until the server has them, and whose phone this is.
// Every call resolves, to null where the browser keeps nothing (private windows, old phones).
import { isFree } from './queue.js'

const NAME = 'buurtspoor'
const ITEMS = 'items'
const FACTS = 'facts'

function open() {
  return new Promise((done, failed) => {
    const asked = indexedDB.open(NAME, 2)
    asked.onupgradeneeded = () => grow(asked.result, asked.transaction)
    asked.onsuccess = () => {
      asked.result.onversionchange = () => asked.result.close()
      done(asked.result)
    }
    asked.onerror = () => failed(asked.error)
  })
}

// Version 1 kept one chosen photo for each challenge, and not whose it was: it waits until somebody opens that page.
function grow(database, transaction) {
  const items = database.createObjectStore(ITEMS, { keyPath: 'key' })
  database.createObjectStore(FACTS, { keyPath: 'name' })
  if (!database.objectStoreNames.contains('photos')) return
  transaction.objectStore('photos').openCursor().onsuccess = ({ target: { result: cursor } }) => {
    if (!cursor) return database.deleteObjectStore('photos')
    items.put({ ...cursor.value, sort: 'photo', state: 'chosen', who: '', madeAt: Date.now() })
    cursor.continue()
  }
}

async function ask(store, mode, question) {
  try {
    const database = await open()
    return await new Promise((done, failed) => {
      const transaction = database.transaction(store, mode, { durability: mode === 'readwrite' ? 'strict' : 'default' })
      const asked = question(transaction.objectStore(store))
      transaction.oncomplete = () => done(asked.result ?? null)
      transaction.onabort = () => failed(transaction.error)
    }).finally(() => database.close())
  } catch {
    return null
  }
}

/** Keep an item, in the place of one with the same key. Resolves to its key once it lies on the disk. */
export function keep(item) {
  navigator.storage?.persist?.().catch(() => {})
  return ask(ITEMS, 'readwrite', (items) => items.put(item))
}

/** The item with this key, or null. */
export function kept(key) {
  return ask(ITEMS, 'readonly', (items) => items.get(key))
}

/** Everything that is kept, the oldest first. */
export async function all() {
  const items = (await ask(ITEMS, 'readonly', (items) => items.getAll())) ?? []
  return items.sort((one, other) => one.madeAt - other.madeAt)
}

/** Put `changed` in the place of `item`, or nothing (null), unless somebody changed it meanwhile. */
export function replace(item, changed) {
  return ask(ITEMS, 'readwrite', (items) => {
    const found = items.get(item.key)
    found.onsuccess = () => {
      if (found.result?.madeAt !== item.madeAt) return
      if (changed) items.put(changed)
      else items.delete(item.key)
    }
    return found
  })
}

/** A small fact about this phone, by name; null when it is not known. */
export async function recall(name) {
  return (await ask(FACTS, 'readonly', (facts) => facts.get(name)))?.value ?? null
}

/** Remember a fact; null forgets it. */
export function remember(name, value) {
  return ask(FACTS, 'readwrite', (facts) => (value === null ? facts.delete(name) : facts.put({ name, value })))
}

/** Whether anything was ever kept here. Asking leaves no trace; where a browser cannot say it, perhaps. */
export async function isInUse() {
  const databases = await indexedDB.databases?.().catch(() => null)
  return !databases || databases.some(({ name }) => name === NAME)
}

/** Take a turn of so many milliseconds that no other tab has; false when one has it. */
export async function takeTurn(mine, long) {
  let free = false
  await ask(FACTS, 'readwrite', (facts) => {
    const found = facts.get('turn')
    found.onsuccess = () => {
      const { value } = found.result ?? {}
      free = isFree(value, mine, Date.now())
      if (free) facts.put({ name: 'turn', value: { whose: mine, until: Date.now() + long } })
    }
    return found
  })
  return free
}
