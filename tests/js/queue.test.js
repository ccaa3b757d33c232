// What waits on the phone: when it goes, and above all when it may be let go.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ACCEPTED, after, count, fields, inTurn, isDue, isFree, isOld, isOver, pause, strip, unsent, verdict } from '../../static/js/queue.js'

const HASH = 'a'.repeat(64)
const photo = { key: 'k', sort: 'photo', who: 'AMINA2', state: 'waiting', madeAt: 1000, fields: { tag: 'BRAM22' } }
const yes = { ...photo, sort: 'yes' }
const said = (status, answer = {}, retryAfter = 0) => ({ status, answer, retryAfter })

test('a photo is let go only when the server names the same hash', () => {
  assert.equal(verdict(photo, said(201, { sha256: HASH }), HASH), 'done')
  assert.equal(verdict(photo, said(201, { sha256: 'b'.repeat(64) }), HASH), 'waiting')
  assert.equal(verdict(photo, said(201, {}), HASH), 'waiting')
  assert.equal(verdict(photo, said(201, { sha256: '' }), HASH), 'waiting')
  assert.equal(verdict(photo, said(200, { sha256: HASH }), HASH), 'waiting')
})

test('what leaving would lose is all that the server has not, whoever made it, as far as it can still be read', () => {
  const states = ['chosen', 'waiting', 'refused', 'lost', 'arrived']
  assert.equal(unsent(states.map((state) => ({ ...photo, state }))), 3)
  assert.equal(unsent([{ ...yes, who: 'BRAM22' }]), 1)
  assert.equal(unsent([]), 0)
})

test('without crypto (plain http) the server must still name a hash', () => {
  assert.equal(verdict(photo, said(201, { sha256: HASH }), null), 'done')
  assert.equal(verdict(photo, said(201, {}), null), 'waiting')
  assert.equal(verdict(photo, said(201, { sha256: '' }), null), 'waiting')
})

test('an answer is let go only when the server recorded that very answer', () => {
  assert.equal(verdict(yes, said(200, { answered: 'yes' }), null), 'done')
  assert.equal(verdict(yes, said(200, { answered: 'no' }), null), 'waiting')
  assert.equal(verdict(yes, said(200, {}), null), 'waiting')
})

test('a no in a sentence of ours is kept with it', () => {
  for (const status of [403, 404, 409, 410, 413, 415, 422]) {
    assert.equal(verdict(photo, said(status, { error: 'Nee.' }), HASH), 'refused')
  }
  const refused = after(photo, said(410, { error: 'Te laat.' }), 'refused', 5)
  assert.deepEqual([refused.state, refused.sentence, refused.status], ['refused', 'Te laat.', 410])
})

test('what is not our own no — another network’s page, a busy server, somebody else signed in — waits on', () => {
  assert.equal(verdict(photo, said(403), HASH), 'waiting')
  assert.equal(verdict(photo, said(200), HASH), 'waiting')
  for (const status of [0, 401, 408, 429, 500, 503, 507]) {
    assert.equal(verdict(photo, said(status, { error: 'Even niet.' }), HASH), 'waiting')
  }
})

test('each failure waits twice as long, ten minutes at most', () => {
  assert.deepEqual([1, 2, 3, 9].map(pause), [5000, 10000, 20000, 600000])
  const once = after(photo, said(500), 'waiting', 1000)
  assert.equal(once.notBefore, 6000)
  assert.equal(after(once, said(500), 'waiting', 6000).notBefore, 16000)
})

test('no network is not held against an item', () => {
  assert.equal(isDue(after(photo, said(0), 'waiting', 1000), 'AMINA2', 1000), true)
})

test('Retry-After is honoured, also for who presses "try now"; our own pause is not', () => {
  const busy = after(photo, said(429, {}, 60), 'waiting', 1000)
  assert.equal(busy.notBefore, 61000)
  assert.equal(isDue(busy, 'AMINA2', 60000, true), false)
  assert.equal(isDue(busy, 'AMINA2', 61000), true)
  const broken = after(photo, said(500), 'waiting', 1000)
  assert.deepEqual([isDue(broken, 'AMINA2', 2000), isDue(broken, 'AMINA2', 2000, true)], [false, true])
})

test('nothing goes in somebody else’s name, nor in nobody’s', () => {
  assert.equal(isDue(photo, 'AMINA2', 0), true)
  assert.equal(isDue(photo, 'BRAM22', 0), false)
  assert.equal(isDue(photo, '', 0), false)
  assert.equal(isDue({ ...photo, who: '' }, '', 0), false)
  assert.equal(isDue({ ...photo, state: 'chosen' }, 'AMINA2', 0), false)
  assert.equal(isDue({ ...photo, state: 'refused' }, 'AMINA2', 0, true), false)
})

test('the server hears whose it is and how many seconds it waited; a clock put back is no time', () => {
  assert.deepEqual(fields(photo, 91_500), { tag: 'BRAM22', client_key: 'k', who: 'AMINA2', age: '90' })
  assert.equal(fields(photo, 0).age, '0')
})

test('a clock that was years wrong when it was made, or when it was tried, loses nothing', () => {
  const real = Date.UTC(2026, 5, 2)
  const asleep = { ...photo, madeAt: Date.UTC(1970, 0, 1) } // made without network after the battery ran out
  assert.deepEqual([fields(asleep, real).age, isOld(asleep, real)], ['0', false])
  const fortnight = { ...photo, madeAt: real - 15 * 24 * 3600 * 1000 }
  assert.deepEqual([fields(fortnight, real).age, isOld(fortnight, real)], [String(15 * 24 * 3600), true])
  const tried = after(photo, said(429, {}, 60), 'waiting', Date.UTC(2036, 0, 1))
  assert.equal(isDue(tried, 'AMINA2', real), true)
})

test('one tab at a time has the turn, and none for years', () => {
  const turn = { whose: 'one', until: 90_000 }
  assert.deepEqual([isFree(undefined, 'two', 5), isFree(turn, 'two', 5), isFree(turn, 'one', 5)], [true, false, true])
  assert.deepEqual([isFree(turn, 'two', 90_001), isFree({ ...turn, until: Date.UTC(2036, 0, 1) }, 'two', 5)], [true, true])
})

test('after fourteen days it counts no more', () => {
  assert.equal(isOld(photo, 1000 + ACCEPTED), false)
  assert.equal(isOld(photo, 1001 + ACCEPTED), true)
})

test('the line about an arrived photo goes when its page is open, or after three days', () => {
  const arrived = { ...photo, state: 'arrived', next: '/e/abc', arrivedAt: 0 }
  assert.deepEqual([isOver(arrived, '/w/x/', 1), isOver(arrived, '/e/abc', 1)], [false, true])
  assert.deepEqual([isOver(arrived, '/w/x/', ACCEPTED), isOver(photo, '/e/abc', ACCEPTED)], [true, false])
})

test('the strip counts what waits, then what needs somebody, and is silent when nothing does', () => {
  const says = (items, me = 'AMINA2', now = 2000) => strip(count(items, me, now), me)
  assert.deepEqual(says([photo]), ['photo', 1])
  assert.deepEqual(says([photo, photo]), ['photos', 2])
  assert.deepEqual(says([photo, yes]), ['items', 2])
  assert.deepEqual(says([{ ...photo, state: 'refused' }]), ['refused', 1])
  assert.deepEqual(says([{ ...photo, who: '' }]), ['refused', 1])
  assert.deepEqual(says([{ ...photo, state: 'arrived' }]), ['arrived', 1])
  assert.equal(says([{ ...photo, state: 'chosen' }]), null)
  assert.equal(says([photo], 'BRAM22'), null)
  assert.deepEqual(says([photo], ''), ['asleep', 1])
  assert.equal(says([photo], '', 1001 + ACCEPTED), null) // of who never came back here: it counts no more
  assert.equal(says([]), null)
})

test('what failed before lets the others go first, and never stops them', () => {
  const items = [{ key: 'bad', madeAt: 1, tries: 2 }, { key: 'young', madeAt: 3 }, { key: 'old', madeAt: 2, tries: 0 }]
  assert.deepEqual(inTurn(items).map(({ key }) => key), ['old', 'young', 'bad'])
})

test('a photo that can no longer be read needs its maker, and is never due', () => {
  const lost = { ...photo, state: 'lost' }
  assert.equal(isDue(lost, 'AMINA2', 1000, true), false)
  assert.deepEqual(strip(count([lost], 'AMINA2', 1000), 'AMINA2'), ['refused', 1])
})
