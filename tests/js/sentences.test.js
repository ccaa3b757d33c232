// Soft help towards short sentences: what counts as long, in which script, and how long reading takes.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { beginning, longOnes, minutes, sentences } from '../../static/js/sentences.js'

const many = (number) => Array.from({ length: number }, () => 'woord').join(' ')

test('a sentence ends at its sign or its line, and one of twenty words is not long', () => {
  assert.deepEqual(sentences('De bel ging. “Kom!” riep ze.\nWij niet'), ['De bel ging.', '“Kom!', 'riep ze.', 'Wij niet'])
  assert.deepEqual(longOnes(`${many(20)}. ${many(21)}.`), [`${many(21)}.`])
  assert.deepEqual(longOnes(`${many(12)}\n${many(12)}`), [])
})

test('it counts words of every script', () => {
  const arabic = Array.from({ length: 21 }, () => 'كلمة').join(' ')
  assert.equal(longOnes(`${arabic}؟ نعم`).length, 1)
})

test('reading takes whole minutes, at least one, and nothing for no words', () => {
  assert.deepEqual([minutes(''), minutes('Eén zin.'), minutes(many(390))], [0, 1, 3])
})

test('a long sentence is named by how it begins', () => {
  assert.equal(beginning('Op zaterdag stond de rij tot aan de brug.'), 'Op zaterdag stond de …')
  assert.equal(beginning('Wij niet.'), 'Wij niet.')
})
