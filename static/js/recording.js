// What a recording is, apart from any microphone: its format, its clock, how loud it is, and what went wrong.

export const LONGEST = 300000 // milliseconds
const TYPES = ['audio/mp4', 'audio/webm;codecs=opus', 'audio/webm', 'audio/ogg;codecs=opus']
const FAULTS = { NotAllowedError: 'denied', SecurityError: 'denied', NotFoundError: 'missing', NotReadableError: 'taken' }

/** The formats to try, the one that every phone plays first; at last whichever the browser likes. */
export function types(isSupported) {
  return [...TYPES.filter(isSupported), '']
}

/** Which sentence an error asks for: 'denied', 'missing' (no microphone), 'taken', or 'unsupported'. */
export function faultOf({ name } = {}) {
  return FAULTS[name] ?? 'unsupported'
}

/** Milliseconds as a clock: 102000 is "1.42". */
export function clock(milliseconds) {
  const seconds = Math.floor(milliseconds / 1000)
  return `${Math.floor(seconds / 60)}.${String(seconds % 60).padStart(2, '0')}`
}

/** One stone a minute: 'is-full', 'is-part' or ''. */
export function stones(milliseconds) {
  const minutes = milliseconds / 60000
  return [0, 1, 2, 3, 4].map((at) => (minutes >= at + 1 ? 'is-full' : minutes > at ? 'is-part' : ''))
}

/** How high a bar stands, 0 to 4, for the loudest of these samples (−1 to 1). */
export function bar(samples) {
  const loudest = samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0)
  return [0.01, 0.05, 0.15, 0.35].filter((step) => loudest >= step).length
}

/** The sentences of a text, as the server counts them. */
export function sentences(words) {
  const line = words.replace(/\s+/g, ' ').trim()
  return line.replace(/([.!?…])["'’”»)]*\s+/g, '$1\n').split('\n').filter(Boolean)
}

/** Which sentence is said at a moment, by when each begins (the same unit); -1 before the first. */
export function sentenceAt(starts, moment) {
  return starts.findLastIndex((start) => start <= moment)
}
