// Which scanned texts lead to a meeting.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { cardPath, encounterPath, facePath, ourPath, platePath } from '../../static/js/scanned.js'

const HERE = 'https://buurt.example'

test('our own code leads to its meeting, in capitals', () => {
  assert.equal(encounterPath('https://buurt.example/e/K7RX4P', HERE), '/e/K7RX4P')
  assert.equal(encounterPath('HTTPS://BUURT.EXAMPLE/E/k7rx4p', HERE), '/e/K7RX4P')
  assert.equal(encounterPath('https://buurt.example/e/K7RX4PABCDEFGH27', HERE), '/e/K7RX4PABCDEFGH27') // with its proof
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

const CODE = 'ABCDEFGHIJKLMNOPQRSTUVWXY2'

test('the code of a sign leads to its spot, in its one spelling', () => {
  assert.equal(platePath(`https://buurt.example/q/${CODE}`, HERE), `/q/${CODE}`)
  assert.equal(platePath(`HTTPS://BUURT.EXAMPLE/q/${CODE}`, HERE), `/q/${CODE}`)
  assert.equal(platePath(`https://buurt.example/q/${CODE}?from=mail#top`, HERE), `/q/${CODE}`)
})

test('a sign of another site, or a code that cannot be one, leads nowhere', () => {
  for (const text of [
    `https://evil.example/q/${CODE}`, `https://buurt.example@evil.example/q/${CODE}`, `https://buurt.example:8443/q/${CODE}`,
    `https://buurt.example/q/${CODE.toLowerCase()}`, `https://buurt.example/q/${CODE}A`, `https://buurt.example/q/${CODE.slice(1)}`,
    `https://buurt.example/q/${CODE.replace('A', '1')}`, `https://buurt.example/x/q/${CODE}`, `javascript:/q/${CODE}`, CODE, '',
  ]) {
    assert.equal(platePath(text, HERE), null, text)
    assert.equal(ourPath(text, HERE), null, text)
  }
})

test('a scanner goes to either', () => {
  assert.equal(ourPath('https://buurt.example/e/K7RX4P', HERE), '/e/K7RX4P')
  assert.equal(ourPath(`https://buurt.example/q/${CODE}`, HERE), `/q/${CODE}`)
})

const SECRET = '7KX2M9QWRT4VHJ3NPD8FAZB5CE'

test('a player card leads to a photo together, its inner side to the way back with the secret behind the #', () => {
  assert.equal(cardPath('https://buurt.example/w/lombok/with/K7RX4P', HERE), '/w/lombok/with/K7RX4P')
  assert.equal(ourPath(`https://buurt.example/w/lombok/back#${SECRET}`, HERE), `/w/lombok/back#${SECRET}`)
})

test('a card of another site, or half of one, leads nowhere', () => {
  for (const text of [
    'https://evil.example/w/lombok/with/K7RX4P', 'https://buurt.example/w/lombok/with/K7RX4PP', 'https://buurt.example/w/lombok/back',
    `https://buurt.example/w/lombok/back#${SECRET}A`, `https://evil.example/w/lombok/back#${SECRET}`, `https://buurt.example/w/a/b/back#${SECRET}`,
    `https://buurt.example/w/lombok/back?x=${SECRET}`, `https://buurt.example/e/#${SECRET}`,
  ]) {
    assert.equal(ourPath(text, HERE), null, text)
  }
})

test('the desk of a host reads the public side of a card and nothing else', () => {
  assert.equal(facePath('https://buurt.example/w/lombok/with/K7RX4P', HERE), '/w/lombok/with/K7RX4P')
  for (const text of [`https://buurt.example/w/lombok/back#${SECRET}`, 'https://buurt.example/e/K7RX4P', 'https://evil.example/w/lombok/with/K7RX4P', '']) {
    assert.equal(facePath(text, HERE), null, text)
  }
})
