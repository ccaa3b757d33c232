// A draft on a phone: a day at most, gone once it arrived, and never a reason for a page to fail.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { forget, keep, read, recall, tidy } from '../../static/js/draft.js'

const DAY = 24 * 3600 * 1000
const store = (names = {}) =>
  Object.defineProperties(names, {
    getItem: { value: (name) => names[name] ?? null },
    setItem: { value: (name, text) => (names[name] = text) },
    removeItem: { value: (name) => delete names[name] },
  })

test('a draft is there for a day, and not a moment longer', () => {
  const text = JSON.stringify({ fields: [['words', 'De bel']], at: 1000 })
  assert.deepEqual(read(text, 1000 + DAY - 1).fields, [['words', 'De bel']])
  assert.equal(read(text, 1000 + DAY), null)
  assert.equal(read(text, 0), null, 'a clock that was set back keeps nothing for ever')
  assert.equal(read('{"at": 3}', 3), null)
  assert.equal(read('no json', 3), null)
})

test('each neighbourhood and question has its own, and forgetting one leaves the others', () => {
  const here = store()
  keep('lombok', [['words', 'een']], false, here)
  keep('lombok vraag', [['words', 'twee']], false, here)
  forget('lombok', here)
  assert.equal(recall('lombok', here), null)
  assert.deepEqual(recall('lombok vraag', here), [['words', 'twee']])
})

test('what was sent goes when a page says it arrived; what is old goes at any time; other things stay', () => {
  const here = store({ other: 'stays', 'story old': JSON.stringify({ fields: [], at: 1 }) })
  keep('sent', [['words', 'x']], true, here)
  keep('open', [['words', 'y']], false, here)
  tidy(false, here)
  assert.deepEqual(Object.keys(here).sort(), ['other', 'story open', 'story sent'])
  tidy(true, here)
  assert.deepEqual(Object.keys(here).sort(), ['other', 'story open'])
})

test('a full store or none at all keeps nothing and says nothing', () => {
  const full = { setItem: () => { throw new Error('full') } } // prettier-ignore
  keep('lombok', [], false, full)
  keep('lombok', [], false, null)
  assert.equal(recall('lombok', null), null)
})
