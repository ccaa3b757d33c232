// A text counted: which of its sentences are long, and how long reading takes. The words stay as they are.

const END = /(?<=[.!?…؟۔])["'’”»)]*\s+|\n+/u
const WORD = /[\p{L}\p{N}_]+(?:['’-][\p{L}\p{N}_]+)*/gu
const READ_A_MINUTE = 130 // words

/** The sentences of a text. */
export function sentences(words) {
  return words.split(END).map((one) => one.trim()).filter(Boolean) // prettier-ignore
}

/** How many words. */
export function count(words) {
  return words.match(WORD)?.length ?? 0
}

/** The sentences with more than `most` words. */
export function longOnes(words, most = 20) {
  return sentences(words).filter((one) => count(one) > most)
}

/** Whole minutes to read it, at least one; 0 for no words. */
export function minutes(words) {
  const many = count(words)
  return many && Math.max(1, Math.round(many / READ_A_MINUTE))
}

/** How a sentence begins, to find it by. */
export function beginning(sentence, many = 4) {
  const words = sentence.split(/\s+/)
  return words.length > many ? `${words.slice(0, many).join(' ')} …` : sentence
}
