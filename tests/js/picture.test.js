// The sizes a photo is shrunk to on the phone.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fit, sha256 } from '../../static/js/picture.js'

test('a large photo is brought down to 2000 on its long side', () => {
  assert.deepEqual(fit(4000, 3000), { width: 2000, height: 1500 })
  assert.deepEqual(fit(3000, 4000), { width: 1500, height: 2000 })
})

test('a small photo is never made larger', () => {
  assert.deepEqual(fit(640, 480), { width: 640, height: 480 })
})

test('a long strip keeps its short side, or as much of it as four million pixels allow', () => {
  assert.deepEqual(fit(1080, 20000), { width: 465, height: 8607 })
  assert.deepEqual(fit(12000, 3000), { width: 2880, height: 720 })
  assert.deepEqual(fit(10000, 2), { width: 10000, height: 2 })
})

test('what was brought down once stays as it is', () => {
  for (const [width, height] of [[1080, 20000], [4000, 3000], [20000, 1200]]) {
    const once = fit(width, height)
    const twice = fit(once.width, once.height)
    assert.ok(Math.abs(twice.width - once.width) < 3 && Math.abs(twice.height - once.height) < 3)
  }
})

test('the hash of a blob is hexadecimal SHA-256', async () => {
  const hash = await sha256(new Blob(['kiek']))
  assert.equal(hash.length, 64)
  assert.equal(await sha256(new Blob([])), 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855')
})
