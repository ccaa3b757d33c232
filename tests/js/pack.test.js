// What of a kept walk is there, lacks, and has to go.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { leftOver, megabytes, missing } from '../../static/js/pack.js'

const files = ['/a', '/b', '/c'].map((url) => ({ url }))

test('what lacks is fetched, and what is on no list any more goes', () => {
  const there = new Set(['/a', '/old'])
  assert.deepEqual(missing(files, there).map(({ url }) => url), ['/b', '/c'])
  assert.deepEqual(leftOver(files, there), ['/old'])
})

test('a small walk is not nothing, and a large one needs no figures behind the point', () => {
  assert.deepEqual([0, 40_000, 1_250_000, 24_600_000].map(megabytes), [0.1, 0.1, 1.3, 25])
})
