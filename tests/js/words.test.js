// The sentences that scripts fill in and say.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fill, isSpoken, isWorthSaying, percent, remaining } from '../../static/js/words.js'

test('a sentence of the page is filled in, and an unknown name is left alone', () => {
  assert.equal(fill('{percent} procent', { percent: 40 }), '40 procent')
  assert.equal(fill('{other}', {}), '{other}')
})

test('progress is a whole percentage between 0 and 100', () => {
  assert.equal(percent(1, 3), 33)
  assert.equal(percent(5, 0), 0)
  assert.equal(percent(9, 3), 100)
})

test('progress is said at each quarter, not at each step', () => {
  assert.equal(isWorthSaying(24, 0), false)
  assert.equal(isWorthSaying(26, 0), true)
  assert.equal(isWorthSaying(49, 26), false)
})

test('a code speaks of minutes, then of seconds, then that it is over', () => {
  assert.deepEqual(remaining(600), ['minutes', 10])
  assert.deepEqual(remaining(61), ['minutes', 2])
  assert.deepEqual(remaining(60), ['seconds', 60])
  assert.deepEqual(remaining(0), ['over', 0])
})

test('the clock is heard every ten seconds of the last minute and at the end', () => {
  assert.deepEqual([61, 60, 55, 50, 0].filter(isSpoken), [60, 50, 0])
})
