// Which pins become one sign.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { joined } from '../../static/js/map-joining.js'

const at = (...places) => places.map(([x, y]) => ({ x, y }))

test('pins nearer than 40 px are one, and those at 40 px are two', () => {
  assert.deepEqual(joined(at([0, 0], [39, 0])), [[0, 1]])
  assert.deepEqual(joined(at([0, 0], [40, 0])), [[0], [1]])
  assert.deepEqual(joined(at([0, 0], [24, 32])), [[0], [1]])
})

test('a row of near pins becomes signs, not one sign for the street', () => {
  const groups = joined(at([0, 0], [30, 0], [60, 0], [90, 0], [120, 0]))
  assert.ok(groups.length > 1)
  assert.ok(groups.every((members) => members.length <= 3))
})

test('every pin is in one group', () => {
  const places = Array.from({ length: 60 }, (_, n) => [(n * 37) % 300, (n * 53) % 340])
  assert.deepEqual(joined(at(...places)).flat().sort((a, b) => a - b), places.map((_, n) => n))
})

test('nothing gives nothing', () => {
  assert.deepEqual(joined([]), [])
})
