// Drawing areas: each change gives a new drawing, and a line that crosses itself is found.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  added, chosen, cornerOf, crosses, drawingOf, faults, geojson, moved, put, removed, renamed, taken,
} from '../../static/js/areas.js' // prettier-ignore

const SQUARE = [[0, 0], [0, 2], [2, 2], [2, 0]]
const area = (name, ring = SQUARE, more = {}) => ({ name, part: '', zone: null, living: 0, ring, ...more })
const BORDER = area('Lombok', SQUARE, { part: 'border' })
const at = ([lat, lon]) => ({ lat, lon })
const drawn = (...corners) => corners.map(at).reduce(put, drawingOf([area('Noord', [])]))
const ring = (drawing) => drawing.areas[drawing.area].ring

test('corners come one after the other, and the last one goes first', () => {
  const three = drawn([1, 1], [1, 2], [2, 2])
  assert.deepEqual(ring(three), [[1, 1], [1, 2], [2, 2]])
  assert.deepEqual(ring(taken(three)), [[1, 1], [1, 2]])
  assert.deepEqual(ring([taken, taken, taken, taken].reduce((drawing, act) => act(drawing), three)), [])
})

test('a corner comes after the chosen one, and is chosen then', () => {
  const between = put({ ...drawn([1, 1], [1, 2], [2, 2]), corner: 0 }, at([0, 1]))
  assert.deepEqual(ring(between), [[1, 1], [0, 1], [1, 2], [2, 2]])
  assert.deepEqual(cornerOf(between), { number: 2, total: 4, at: { lat: 0, lon: 1 } })
})

test('only the chosen corner moves or goes; the first leaves the last one chosen', () => {
  const first = { ...drawn([1, 1], [1, 2], [2, 2]), corner: 0 }
  assert.deepEqual(ring(moved(first, at([9, 9]))), [[9, 9], [1, 2], [2, 2]])
  assert.deepEqual(ring(taken(first)), [[1, 2], [2, 2]])
  assert.equal(taken(first).corner, 1)
})

test('an older drawing is as it was, whatever came after it', () => {
  const before = drawn([1, 1], [1, 2], [2, 2])
  const kept = JSON.stringify(before)
  for (const act of [taken, added, (one) => put(one, at([3, 3])), (one) => moved(one, at([3, 3])), (one) => renamed(one, 'Zuid')])
    act(before)
  assert.equal(JSON.stringify(before), kept)
})

test('an area that comes is chosen, and the one before an area that goes', () => {
  const two = renamed(added(drawingOf([BORDER])), 'Noord')
  assert.equal(two.areas[1].name, 'Noord')
  assert.deepEqual([two.area, two.corner], [1, -1])
  const one = removed(two)
  assert.deepEqual([one.areas.length, one.area, one.corner], [1, 0, 3])
})

test('a line crosses itself where sides meet that are no neighbours', () => {
  assert.equal(crosses(SQUARE), false)
  assert.equal(crosses([[0, 0], [2, 2], [0, 2], [2, 0]]), true)
  assert.equal(crosses([[0, 0], [0, 4], [2, 2], [4, 4], [4, 0], [2, 2]]), true) // touches itself in a corner
  assert.equal(crosses([[0, 0], [0, 4], [4, 4], [0, 2]]), true) // a corner on another side
  assert.equal(crosses([[0, 0], [0, 4], [4, 4], [1, 2]]), false)
  assert.equal(crosses([[0, 0], [1, 1]]), false)
})

test('what keeps a drawing from being kept', () => {
  const wrong = [BORDER, area(' '), area('Noord'), area('noord'), area('Kort', [[0, 0]]), area('Knoop', [[0, 0], [2, 2], [0, 2], [2, 0]])]
  assert.deepEqual(faults(drawingOf(wrong)), [['nameless', 1], ['twice', 3], ['short', 4], ['crosses', 5]])
  assert.deepEqual(faults(drawingOf([BORDER, area('Noord', [], { undrawn: true })])), [])
  assert.deepEqual(faults(drawingOf([BORDER, area('Noord', [[0, 0]], { undrawn: true })])), [['short', 1]])
})

test('a ring that stayed as it was is not judged again', () => {
  let judged = 0
  const counted = Object.assign(SQUARE.map((corner) => [...corner]), { map(...how) { judged += 1; return [...this].map(...how) } })
  const drawing = drawingOf([area('Noord', counted), area('Zuid', [])])
  const later = [[1, 1], [1, 2], [2, 2]].map(at).reduce((drawing, point) => faults(put(drawing, point)) && put(drawing, point), chosen(drawing, 1))
  assert.deepEqual(faults(later), [])
  assert.equal(judged, 1)
})

test('GeoJSON has corners of a tenth of a metre', () => {
  const { features } = JSON.parse(geojson(drawingOf([area('Noord', [[52.123456789, 5.1], [52, 5.987654321], [52.1, 5.2]])])))
  assert.deepEqual(features[0].geometry.coordinates[0], [[5.1, 52.123457], [5.987654, 52], [5.2, 52.1], [5.1, 52.123457]])
})

test('GeoJSON has longitude first and rings that end where they began', () => {
  const { features } = JSON.parse(geojson(drawingOf([BORDER, area('Noord', [], { zone: 7 })])))
  assert.deepEqual(features[0].geometry.coordinates, [[[0, 0], [2, 0], [2, 2], [0, 2], [0, 0]]])
  assert.deepEqual(features[1], { type: 'Feature', properties: { name: 'Noord', part: '', zone: 7 }, geometry: null })
})

test('choosing an area chooses its last corner', () => {
  assert.equal(chosen({ areas: [BORDER] }, 0).corner, 3)
})
