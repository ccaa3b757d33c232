// A drawing that was sent is shown again only where the page does not say the same.
import assert from 'node:assert/strict'
import { beforeEach, test } from 'node:test'
import { keepDrawing, keptDrawing } from '../../static/js/kept-drawing.js'

const RING = [[52.1234567, 5.1], [52.2, 5.1], [52.2, 5.2]]
const SHOWN = [{ name: 'Oud Noord', ring: RING.map(([lat, lon]) => [Number(lat.toFixed(6)), lon]) }]

beforeEach(() => {
  const kept = new Map()
  globalThis.location = { pathname: '/w/lombok/staff/areas' }
  globalThis.sessionStorage = {
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, text) => kept.set(key, text),
    removeItem: (key) => kept.delete(key),
  }
})

test('what the server wrote neater is the same drawing', () => {
  for (const name of ['Oud Noord', ' Oud   Noord ', 'Oud\u00a0Noord']) {
    keepDrawing([{ name, ring: RING }])
    assert.equal(keptDrawing(SHOWN), null)
  }
})

test('another name or another corner is shown once, and on its own page', () => {
  for (const other of [{ name: 'Noord', ring: RING }, { name: 'Oud Noord', ring: RING.slice(1) }]) {
    keepDrawing([other])
    assert.deepEqual(keptDrawing(SHOWN), [other])
    assert.equal(keptDrawing(SHOWN), null)
  }
  keepDrawing([{ name: 'Noord', ring: RING }])
  globalThis.location.pathname = '/w/hoograven/staff/areas'
  assert.equal(keptDrawing(SHOWN), null)
})
