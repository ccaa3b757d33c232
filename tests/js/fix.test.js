// A phone's position, asked once.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fix } from '../../static/js/fix.js'

const phone = (answer) => ({ getCurrentPosition: (found, refused, settings) => answer(found, refused, settings) })

test('latitude is lat and longitude is lon', async () => {
  const says = phone((found) => found({ coords: { latitude: 52.09, longitude: 5.1, accuracy: 12 } }))
  assert.deepEqual(await fix(says), { lat: 52.09, lon: 5.1, accuracy: 12 })
})

test('a phone that refuses, finds nothing or takes too long says nothing, and that is no error', async () => {
  for (const code of [1, 2, 3]) assert.equal(await fix(phone((_found, refused) => refused({ code }))), null)
})

test('a phone without the means says nothing', async () => {
  assert.equal(await fix(undefined), null)
})

test('it never waits for ever', async () => {
  let wait
  await fix(phone((_found, refused, { timeout }) => ((wait = timeout), refused({ code: 3 }))))
  assert.ok(wait > 0 && wait <= 15000)
})
