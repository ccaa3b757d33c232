// Steps of a metre over the ground, numbers as people type them, and how one point lies from another.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { distance } from '../../static/js/distance.js'
import { ARROWS, bearing, nudged, pasted, typed, written } from '../../static/js/nudge.js'
import { whereabouts } from '../../static/js/whereabouts.js'

const BENCH = { lat: 52.09, lon: 5.1 }

test('a step is as many metres as asked, also near the poles and over the equator', () => {
  for (const lat of [-70, -1e-6, 0, 52.09, 70]) {
    for (const [east, north] of [[1, 0], [-1, 0], [0, 1], [0, -1], [10, 10]]) {
      const there = nudged({ lat, lon: 5.1 }, east, north)
      assert.ok(Math.abs(distance(lat, 5.1, there.lat, there.lon) - Math.hypot(east, north)) < 0.001)
    }
  }
})

test('the arrows go where they point', () => {
  assert.ok(nudged(BENCH, ...ARROWS.ArrowUp).lat > BENCH.lat)
  assert.ok(nudged(BENCH, ...ARROWS.ArrowDown).lat < BENCH.lat)
  assert.ok(nudged(BENCH, ...ARROWS.ArrowRight).lon > BENCH.lon)
  assert.ok(nudged(BENCH, ...ARROWS.ArrowLeft).lon < BENCH.lon)
})

test('a step of a metre survives being written into a field and read back', () => {
  let at = BENCH
  for (let step = 0; step < 100; step += 1) {
    const next = nudged(at, 1, 0)
    at = { lat: typed(written(next.lat)), lon: typed(written(next.lon)) }
  }
  assert.ok(Math.abs(distance(BENCH.lat, BENCH.lon, at.lat, at.lon) - 100) < 4)
})

test('numbers with a point or a comma are read, and anything else is no number', () => {
  assert.equal(typed(' 52,0907 '), 52.0907)
  assert.equal(typed('-5.1'), -5.1)
  for (const text of ['', '52.', '5e1', '1,2,3', 'NaN', 'Infinity', '52.09 N']) assert.ok(Number.isNaN(typed(text)), text)
})

test('both numbers in one field are a place, and one number or three are none', () => {
  const both = ['52.0907, 5.1014', '52.0907° N, 5.1014° E', '(52,0907, 5,1014)', ' 52.0907 5.1014 ', '52.0907;5.1014']
  for (const text of both) assert.deepEqual(pasted(text), { lat: 52.0907, lon: 5.1014 }, text)
  for (const text of ['52.0907', '52,0907', '', '1.1, 2.2, 3.3', 'x 52.1, 5.1']) assert.equal(pasted(text), null, text)
})

test('eight winds, whole metres, and nothing to say within a metre', () => {
  const around = [[0, 40], [40, 40], [40, 0], [40, -40], [0, -40], [-40, -40], [-40, 0], [-40, 40]]
  const found = around.map(([east, north]) => bearing(BENCH, nudged(BENCH, east, north)))
  const winds = ['north', 'northeast', 'east', 'southeast', 'south', 'southwest', 'west', 'northwest']
  assert.deepEqual(found, winds.map((wind, index) => [wind, index % 2 ? 57 : 40]))
  assert.deepEqual(bearing(BENCH, nudged(BENCH, 0.3, 0.3)), ['at', 0])
})

test('a point is told from the place nearest to it, whose name keeps its own direction', () => {
  const places = [{ name: 'Ver', ...nudged(BENCH, 900, 0) }, { name: 'Bank', ...BENCH }]
  const said = whereabouts(nudged(BENCH, 0, 12), places, { north: '{number} m N of {name}' }, new Intl.NumberFormat('nl'))
  assert.equal(said, '12 m N of \u2068Bank\u2069')
})
