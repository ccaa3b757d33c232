// The rules of what waits on this phone: when it is sent, what an answer of the server means, what the strip says.
// An item: {key, sort: 'photo' | 'yes' | 'no', who, url, madeAt, state: 'chosen' | 'waiting' | 'refused' | 'lost' | 'arrived'}
// and with it fields, blob, name, title, tries, notBefore, asked, status, sentence, next.

const A_DAY = 24 * 3600 * 1000
export const ACCEPTED = 14 * A_DAY
const ANSWERED = 3 * A_DAY
const A_YEAR = 365 * A_DAY
const PAUSE = { first: 5000, longest: 600000 }

/** Milliseconds until the next try after so many failed ones: twice as long each time, ten minutes at most. */
export function pause(tries) {
  return Math.min(PAUSE.longest, PAUSE.first * 2 ** Math.max(0, tries - 1))
}

/** Whether a tab may take the turn to send: nobody has it, it is its own, over, or from before the clock was put back. */
export function isFree(turn, mine, now) {
  const left = (turn?.until ?? 0) - now
  return turn?.whose === mine || left < 0 || left > A_DAY
}

/** In which order items go: what failed before lets the others go first, else the oldest. One never stops the rest. */
export function inTurn(items) {
  return [...items].sort((one, other) => (one.tries ?? 0) - (other.tries ?? 0) || one.madeAt - other.madeAt)
}

/** Whether an item goes now for the person `me`. Who presses "try now" need not wait, unless the server asked for it. */
export function isDue(item, me, now, pressed = false) {
  if (item.state !== 'waiting' || !me || item.who !== me) return false
  const wait = (item.notBefore ?? 0) - now // longer than a day: the clock was put back
  return wait <= 0 || wait > A_DAY || (pressed && !item.asked)
}

// Milliseconds since an item was made. More than a year, or less than nothing: the phone's clock was wrong then.
function age(item, now) {
  const passed = now - item.madeAt
  return passed > 0 && passed < A_YEAR ? passed : 0
}

/** What the server should read beside the photo: whose it is, how long ago it was made (seconds), and the answer. */
export function fields(item, now) {
  return { ...item.fields, client_key: item.key, who: item.who, age: String(Math.floor(age(item, now) / 1000)) }
}

/**
 * What becomes of an item: 'done' only when the server names what it has — the same SHA-256, the same answer —,
 * 'refused' when it says no in a sentence of its own, else it goes on 'waiting'. `ours` is null without crypto.
 */
export function verdict(item, { status, answer }, ours) {
  if (item.sort === 'photo' && status === 201 && isSame(answer.sha256, ours)) return 'done'
  if (item.sort !== 'photo' && status === 200 && answer.answered === item.sort) return 'done'
  const again = status === 401 || status === 408 || status === 429 || status >= 500
  return status >= 400 && !again && typeof answer.error === 'string' ? 'refused' : 'waiting'
}

function isSame(theirs, ours) {
  return ours === null ? /^[0-9a-f]{64}$/.test(theirs) : theirs === ours
}

/** The item after an answer that did not end it. No network at all is not held against it. */
export function after(item, { status, answer, retryAfter }, outcome, now) {
  if (outcome === 'refused') return { ...item, state: 'refused', status, sentence: answer.error }
  const tries = (item.tries ?? 0) + 1
  const asked = (retryAfter ?? 0) * 1000
  return { ...item, state: 'waiting', tries, asked: asked > 0, notBefore: status ? now + Math.max(asked, pause(tries)) : 0 }
}

/** Whether an item is past the fourteen days in which it still counts. */
export function isOld(item, now) {
  return age(item, now) > ACCEPTED
}

/** Whether a line about an arrived photo has done its work: its page is open, or its three days to answer are over. */
export function isOver({ state, next, arrivedAt }, path, now) {
  return state === 'arrived' && (next === path || now - arrivedAt > ANSWERED)
}

/** How many photos and answers of `me` wait, need them (refused, no longer to be read, or made before anybody joined here) or arrived;
 * and how many of `others` wait, for as long as they count. */
export function count(items, me, now) {
  const mine = items.filter((item) => item.who === me)
  const nobodys = items.filter((item) => !item.who && item.state === 'waiting')
  const waiting = mine.filter((item) => item.state === 'waiting')
  return {
    waiting: waiting.length,
    photos: waiting.filter((item) => item.sort === 'photo').length,
    refused: mine.filter((item) => item.state === 'refused' || item.state === 'lost').length + (me ? nobodys.length : 0),
    arrived: mine.filter((item) => item.state === 'arrived').length,
    others: items.filter((item) => item.who !== me && item.state === 'waiting' && !isOld(item, now)).length,
  }
}

/** How many photos and answers, whoever's they are, exist on this phone alone. */
export function unsent(items) {
  return items.filter(({ state }) => !['arrived', 'lost'].includes(state)).length
}

/** Which sentence the strip says, [name, number]; null when there is nothing to say. */
export function strip(counted, me) {
  if (counted.waiting) {
    const sort = counted.photos === counted.waiting ? 'photo' : 'item'
    return [counted.waiting === 1 ? sort : `${sort}s`, counted.waiting]
  }
  if (counted.refused) return ['refused', counted.refused]
  if (counted.arrived) return ['arrived', counted.arrived]
  return !me && counted.others ? ['asleep', counted.others] : null
}
