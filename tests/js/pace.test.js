// How often a waiting page asks.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { pause } from '../../static/js/pace.js'

test('a waiting page asks every two seconds, and every ten after three minutes', () => {
  assert.equal(pause(0), 2000)
  assert.equal(pause(179_999), 2000)
  assert.equal(pause(180_000), 10_000)
})
