// How far somebody is in a walk, kept on the phone alone.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { forget, recall, remember } from '../../static/js/walk-memory.js'

const HOUR = 3600 * 1000
const BASE = '/w/lombok/walks'
const shelf = (kept = {}) => ({
  kept,
  getItem: (name) => kept[name] ?? null,
  setItem: (name, value) => (kept[name] = value),
  removeItem: (name) => delete kept[name],
})

test('it keeps the walk, the stop and when, and no more', () => {
  const store = shelf()
  remember(store, BASE, 'rondje', 3, 1000)
  assert.deepEqual(JSON.parse(Object.values(store.kept)[0]), { tour: 'rondje', number: 3, at: 1000 })
  assert.equal(recall(store, BASE, 1000 + 11 * HOUR).number, 3)
})

test('after twelve hours, or with a clock that was set back, it is gone', () => {
  for (const now of [1000 + 12 * HOUR, 0]) {
    const store = shelf()
    remember(store, BASE, 'rondje', 3, 1000)
    assert.equal(recall(store, BASE, now), null)
    assert.deepEqual(store.kept, {})
  }
})

test('each neighbourhood has its own, and a walk that is over is forgotten', () => {
  const store = shelf()
  remember(store, BASE, 'rondje', 3, 1000)
  assert.equal(recall(store, '/w/oog-in-al/walks', 2000), null)
  forget(store, BASE)
  assert.equal(recall(store, BASE, 2000), null)
})

test('a phone that keeps nothing, or something that is not ours, is no error', () => {
  const closed = { getItem: () => { throw new Error() }, setItem: () => { throw new Error() }, removeItem: () => { throw new Error() } }
  remember(closed, BASE, 'rondje', 3)
  assert.equal(recall(closed, BASE), null)
  assert.equal(recall(shelf({ [`walk ${BASE}`]: 'x' }), BASE), null)
})
