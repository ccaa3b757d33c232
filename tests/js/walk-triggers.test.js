// When somebody is at a stop: walked along simulated tracks, with the errors that phones make in a street.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Triggers, Turns } from '../../static/js/walk-triggers.js'

const NORTH = 111_195 // metres in a degree of latitude
const START = { lat: 52.09, lon: 5.1 }
const at = (metres, aside = 0) => ({ lat: START.lat + metres / NORTH, lon: START.lon + aside / (NORTH * Math.cos((START.lat * Math.PI) / 180)) })
const stop = (number, metres, aside = 0, more = {}) => ({ number, ...at(metres, aside), ...more })

/** The same numbers for the same seed (mulberry32), of which two make one of a bell curve. */
function chance(seed) {
  let state = seed
  const even = () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
  return () => Math.sqrt(-2 * Math.log(1 - even())) * Math.cos(2 * Math.PI * even())
}

/** A walk north at 1.1 m/s with a fix each second. `jitter`: metres that fixes are off; errors last some seconds. */
function* track({ until, jitter = 0, accuracy = jitter || 10, seed = 1, wait = () => 0, gap = () => false }) {
  const draw = chance(seed)
  let [metres, up, aside] = [-60, 0, 0]
  for (let second = 0, waited = 0; metres < until; second += 1) {
    if (waited < wait(metres)) waited += 1
    else [metres, waited] = [metres + 1.1, wait(metres + 1.1) && waited ? waited : 0]
    up = up * 0.9 + draw() * jitter * 0.3
    aside = aside * 0.9 + draw() * jitter * 0.3
    if (!gap(second)) yield { ...at(metres + up, aside), accuracy, at: second * 1000, truly: metres }
  }
}

/** The stops in the order in which they came, each with how far one truly was from it. */
function walked(stops, fixes, triggers = new Triggers(stops)) {
  const came = []
  for (const fix of fixes) {
    const number = triggers.take(fix)
    if (number === null) continue
    triggers.hear(number)
    came.push({ number, off: Math.abs((stops.find((one) => one.number === number).lat - at(fix.truly ?? 0).lat) * NORTH) })
  }
  return came
}

const numbers = (came) => came.map(({ number }) => number)
const STREET = [stop(1, 0), stop(2, 120), stop(3, 260), stop(4, 400)]

test('a walk past four stops with good fixes hears each once, in order, when one is there', () => {
  const came = walked(STREET, track({ until: 450 }))
  assert.deepEqual(numbers(came), [1, 2, 3, 4])
  for (const { off } of came) assert.ok(off <= 25, `${off} metres off`)
})

for (const jitter of [15, 25, 40])
  test(`with fixes that are ${jitter} metres off each stop still comes once at most, and never out of its street`, () => {
    for (let seed = 1; seed <= 40; seed += 1) {
      const came = walked(STREET, track({ until: 450, jitter, seed }))
      assert.equal(new Set(numbers(came)).size, came.length)
      for (const { off } of came) assert.ok(off <= 25 + 3.5 * jitter, `seed ${seed}: ${off} metres off`)
      if (jitter === 15) assert.deepEqual(numbers(came), [1, 2, 3, 4], `seed ${seed}`)
    }
  })

test('fixes that say themselves that they are 65 metres off open nothing: there is the button', () => {
  for (let seed = 1; seed <= 20; seed += 1) assert.deepEqual(walked(STREET, track({ until: 450, jitter: 65, seed })), [])
})

test('a wide stop takes a fix that is as vague as twice its radius, and a narrow one beside it does not', () => {
  const stops = [stop(1, 0, 0, { radius: 60 }), stop(2, 10)]
  assert.deepEqual(numbers(walked(stops, track({ until: 80, accuracy: 100 }))), [1])
})

test('one fix inside is chance: it takes two in a row, and a long silence is no row', () => {
  const once = (more) => walked([stop(1, 0)], [{ ...at(-80), accuracy: 10, at: 0 }, { ...at(2), accuracy: 10, at: 1000 }, ...more])
  assert.deepEqual(once([{ ...at(80), accuracy: 10, at: 2000 }, { ...at(3), accuracy: 10, at: 3000 }]), [])
  assert.deepEqual(once([{ ...at(3), accuracy: 10, at: 90_000 }]), [])
  assert.deepEqual(numbers(once([{ ...at(3), accuracy: 10, at: 2000 }])), [1])
})

test('a vague fix between two good ones is as if it were not there', () => {
  const fixes = [at(2), { ...at(200), accuracy: 90 }, at(3)].map((fix, second) => ({ accuracy: 10, at: second * 1000, ...fix }))
  assert.deepEqual(numbers(walked([stop(1, 0)], fixes)), [1])
})

test('without fixes for half a minute of every minute the stops that one lingers at still come', () => {
  const wait = (metres) => (STREET.some((one) => Math.abs((one.lat - at(metres).lat) * NORTH) < 0.6) ? 90 : 0)
  const came = walked(STREET, track({ until: 450, wait, gap: (second) => second % 60 < 30 }))
  assert.deepEqual(numbers(came), [1, 2, 3, 4])
})

test('in a narrow street two stops across from each other come one after the other, the nearest first', () => {
  const stops = [stop(1, 0, 12), stop(2, 8, -12)]
  assert.deepEqual(numbers(walked(stops, track({ until: 60 }))), [1, 2])
})

test('where zones overlap it is the nearest that was not heard', () => {
  const stops = [stop(1, 0), stop(2, 20)]
  const both = (heard) => {
    const triggers = new Triggers(stops, heard)
    return [0, 1000].map((moment) => triggers.take({ ...at(12), accuracy: 10, at: moment }))[1]
  }
  assert.equal(both([]), 2)
  assert.equal(both([2]), 1)
  assert.equal(both([1, 2]), null)
})

test('one is inside until one and a half times the radius, however one wavers at its edge', () => {
  const triggers = new Triggers([stop(1, 0)])
  const inside = [10, 12, 30, 36, 26, 39].map((metres, second) => triggers.take({ ...at(metres), accuracy: 10, at: second * 1000 }))
  assert.deepEqual(inside, [null, 1, 1, 1, 1, null])
})

test('who walks the street twice hears each stop once', () => {
  const triggers = new Triggers(STREET)
  walked(STREET, track({ until: 450 }), triggers)
  assert.deepEqual(walked(STREET, track({ until: 450, seed: 2 }), triggers), [])
})

test('it says how far a stop is, once it knows', () => {
  const triggers = new Triggers(STREET)
  assert.equal(triggers.metresTo(2), null)
  triggers.take({ ...at(20), accuracy: 10, at: 0 })
  assert.equal(Math.round(triggers.metresTo(2)), 100)
})

test('nothing interrupts what is being said: it waits its turn, once, and what was tapped waits no more', () => {
  const turns = new Turns()
  assert.equal(turns.at(1, false), 1)
  assert.deepEqual([turns.at(2, true), turns.at(3, true), turns.at(2, true)], [null, null, null])
  assert.equal(turns.at(4, false), 2, 'who waits longer comes first')
  turns.drop(3)
  assert.deepEqual([turns.next(), turns.next()], [4, null])
})
