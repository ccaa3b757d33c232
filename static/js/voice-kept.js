// A recording as it lies on this phone until its story is handed in: its pieces, and what is known of it.
import { recall, remember } from './keep.js'

const HEAD = 'voice'
const name = (number) => `${HEAD} ${number}`
let writing = Promise.resolve()

/** One after the other, so that what is known of it never runs before its pieces. */
function then(work) {
  writing = writing.then(work, work)
  return writing
}

/** Keep a piece. */
export function keepPiece(number, blob) {
  return then(() => remember(name(number), blob))
}

/** Keep what is known of it: {url, type, count, length, key, recorded, isSent}. */
export function keepHead(head) {
  return then(() => remember(HEAD, { ...head }))
}

/** The recording that was made at this address and not handed in: {head, pieces}; null for none that is whole. */
export async function restore(url) {
  const head = await recall(HEAD)
  if (head?.url !== url || !head.count) return null
  const pieces = await Promise.all(Array.from({ length: head.count }, (_, number) => recall(name(number))))
  return pieces.every(Boolean) ? { head, pieces } : null
}

/** Nothing of it stays on this phone. */
export function forget() {
  return then(async () => {
    const head = await recall(HEAD)
    for (let number = 0; number < (head?.count ?? 0); number += 1) await remember(name(number), null)
    await remember(HEAD, null)
  })
}

/** It was sent with its story, and this page says that the story came in. */
export async function forgetSent() {
  if ((await recall(HEAD))?.isSent) await forget()
}
