// Which scanned texts lead to a meeting.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { encounterPath } from '../../static/js/scanned.js'

const HERE = 'https://buurt.example'

test('our own code leads to its meeting, in capitals', () => {
  assert.equal(encounterPath('https://buurt.example/e/K7RX4P', HERE), '/e/K7RX4P')
  assert.equal(encounterPath('HTTPS://BUURT.EXAMPLE/E/k7rx4p', HERE), '/e/K7RX4P')
})

test('a code of another site leads nowhere', () => {
  assert.equal(encounterPath('https://evil.example/e/K7RX4P', HERE), null)
  assert.equal(encounterPath('https://buurt.example:8443/e/K7RX4P', HERE), null)
  assert.equal(encounterPath('https://buurt.example@evil.example/e/K7RX4P', HERE), null)
})

test('another page of ours, or no address at all, leads nowhere', () => {
  for (const text of ['https://buurt.example/w/kanterhoek/', 'https://buurt.example/e/K7RX40', 'https://buurt.example/e/K7RX4PP', 'K7RX4P', 'javascript:alert(1)', '']) {
    assert.equal(encounterPath(text, HERE), null, text)
  }
})
