// Photos that wait on this phone, in IndexedDB: one for each challenge, until the server has it.
// Every call resolves, to null where the browser keeps nothing (private windows, old phones).

const STORE = 'photos'

function open() {
  return new Promise((done, failed) => {
    const asked = indexedDB.open('buurtspoor', 1)
    asked.onupgradeneeded = () => asked.result.createObjectStore(STORE, { keyPath: 'challenge' })
    asked.onsuccess = () => done(asked.result)
    asked.onerror = () => failed(asked.error)
  })
}

async function ask(mode, question) {
  try {
    const database = await open()
    return await new Promise((done, failed) => {
      const transaction = database.transaction(STORE, mode)
      const asked = question(transaction.objectStore(STORE))
      transaction.oncomplete = () => done(asked.result ?? null)
      transaction.onabort = () => failed(transaction.error)
    }).finally(() => database.close())
  } catch {
    return null
  }
}

/** Keep a photo: {challenge, key, blob, name}, where `challenge` names the place it was for. */
export function keep(photo) {
  navigator.storage?.persist?.().catch(() => {})
  return ask('readwrite', (store) => store.put(photo))
}

/** The photo kept for a challenge, or null. */
export function kept(challenge) {
  return ask('readonly', (store) => store.get(challenge))
}

/** Let go of the photo kept for a challenge, if it is still the one with this key. */
export async function letGo(challenge, key) {
  const photo = await kept(challenge)
  if (photo?.key === key) await ask('readwrite', (store) => store.delete(challenge))
}
