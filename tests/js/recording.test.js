// A recording apart from any microphone, and how it is sent while it grows.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { bar, clock, faultOf, sentenceAt, sentences, stones, types } from '../../static/js/recording.js'
import { Sending, meaning, piece } from '../../static/js/voice-sending.js'

globalThis.addEventListener ??= () => {}
globalThis.removeEventListener ??= () => {}

test('mp4 goes before webm, and at last whatever the browser likes', () => {
  assert.equal(types(() => true)[0], 'audio/mp4')
  assert.deepEqual(types((type) => type.startsWith('audio/webm')), ['audio/webm;codecs=opus', 'audio/webm', ''])
  assert.deepEqual(types(() => false), [''])
})

test('who said no to the microphone reads something else than whose browser cannot', () => {
  assert.equal(faultOf({ name: 'NotAllowedError' }), 'denied')
  assert.equal(faultOf({ name: 'NotSupportedError' }), 'unsupported')
  assert.equal(faultOf({ name: 'NotFoundError' }), 'missing')
  assert.equal(faultOf(undefined), 'unsupported')
})

test('the clock, the stones and the bars say how long and how loud', () => {
  assert.deepEqual([0, 59999, 102000, 300000].map(clock), ['0.00', '0.59', '1.42', '5.00'])
  assert.deepEqual(stones(102000), ['is-full', 'is-part', '', '', ''])
  assert.deepEqual([[0], [-0.06], [0.2, -0.9]].map(bar), [0, 2, 4])
})

test('sentences are counted as the server counts them', () => {
  assert.deepEqual(sentences(' De bel\nging. “Kom!”  riep ze…  Wij kwamen'), ['De bel ging.', '“Kom!', 'riep ze…', 'Wij kwamen'])
  assert.deepEqual(sentences('  '), [])
})

test('the sentence that is said is the last that began', () => {
  assert.deepEqual([0, 500, 900, 5000].map((moment) => sentenceAt([500, 900], moment)), [-1, 0, 1, 1])
})

test('a piece waits until there is enough for one, and the last goes whatever its size', () => {
  assert.equal(piece(1000, 0, false), null)
  assert.deepEqual(piece(1000, 0, true), [0, 1000])
  assert.deepEqual(piece(200000, 65536, false), [65536, 131072])
  assert.equal(piece(1000, 1000, true), null)
})

test('only a no in words of the server stops it', () => {
  assert.deepEqual([200, 409, 404, 0, 503, 429, 413, 422].map(meaning), ['go', 'go', 'anew', 'wait', 'wait', 'wait', 'refused', 'refused'])
})

// A server that keeps what it is sent, and drops every third request without a word.
function serving(forgets = false) {
  const kept = { bytes: 0, asked: 0, finished: 0 }
  globalThis.fetch = async (url, { body }) => {
    kept.asked += 1
    if (kept.asked % 3 === 0) throw new TypeError('no network')
    const said = (status, answer) => ({ status, json: async () => answer })
    if (url === '/sound') return said(200, { key: 'k' })
    if (forgets && kept.asked === 5) return said(404, { error: 'gone' })
    if (url.endsWith('/finish')) return said(200, { recorded: 'signed', milliseconds: (kept.finished = 2000) })
    const from = Number(url.split('/').at(-1))
    if (from !== kept.bytes && from !== 0) return said(409, { offset: kept.bytes })
    kept.bytes = from + body.size
    return said(200, { offset: kept.bytes })
  }
  return kept
}

for (const forgets of [false, true]) {
  test(`a recording comes in whole though the network drops${forgets ? ' and the server forgets' : ''}`, async (t) => {
    t.mock.timers.enable({ apis: ['setTimeout'] })
    const kept = serving(forgets)
    const told = []
    await new Promise((done) => {
      const sending = new Sending('/sound', {}, (what, answer) => {
        told.push(what)
        if (what === 'waits') setImmediate(() => t.mock.timers.runAll())
        if (what === 'done') done(answer)
      })
      sending.push(new Blob([new Uint8Array(70000)]))
      sending.push(new Blob([new Uint8Array(150000)]), 'hash')
    })
    assert.equal(kept.bytes, 150000)
    assert.equal(kept.finished, 2000)
    assert.ok(told.includes('waits'))
  })
}
