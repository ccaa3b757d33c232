// How far something is, against the geodesic of the real earth.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { distance, nearest, rounded } from '../../static/js/distance.js'

const KNOWN = [ // geopy 2.5.0, geodesic on WGS 84: the sphere may differ by half a percent
  [52.09, 5.1, 52.0915, 5.1, 166.9],
  [52.09, 5.1, 52.09, 5.1021898, 150.1],
  [52.0907, 5.1214, 52.3791, 4.9003, 35468.0],
  [52.1, 179.9995, 52.1, -179.9995, 68.5],
]

test('a distance is the geodesic within half a percent, also over the date line', () => {
  for (const [lat1, lon1, lat2, lon2, metres] of KNOWN) {
    const ours = distance(lat1, lon1, lat2, lon2)
    assert.ok(Math.abs(ours - metres) <= 0.005 * metres, `${ours} is not ${metres}`)
  }
})

test('latitude comes first: north is longer than east', () => {
  assert.ok(distance(52, 5, 53, 5) > 1.5 * distance(52, 5, 52, 6))
})

test('the same place is no distance, and the other side of the earth half its girth', () => {
  assert.equal(distance(52, 5, 52, 5), 0)
  assert.ok(Math.abs(distance(0, 0, 0, 180) - Math.PI * 6371008.8) < 1)
})

test('a distance is said to the ten metres, never as nothing, and from a kilometre in tenths', () => {
  assert.deepEqual(rounded(0), ['metres', 10])
  assert.deepEqual(rounded(124), ['metres', 120])
  assert.deepEqual(rounded(994), ['metres', 990])
  assert.deepEqual(rounded(996), ['kilometres', 1])
  assert.deepEqual(rounded(1249), ['kilometres', 1.2])
})

test('nearest first; places at one distance keep their order', () => {
  const places = [{ lat: 52.1, lon: 5, name: 'far' }, { lat: 52, lon: 5, name: 'here' }, { lat: 52, lon: 5, name: 'too' }]
  const names = nearest(places, { lat: 52, lon: 5 }).map(([{ name }]) => name)
  assert.deepEqual(names, ['here', 'too', 'far'])
})
