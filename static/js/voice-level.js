// How loud it is now, as bars that move along.
import { bar } from './recording.js'

const EVERY = 150

/** Show a stream's loudness in `bars` (elements); `hear(isHeard)` is told whether somebody is heard. Returns its end. */
export function level(stream, bars, hear) {
  if (!globalThis.AudioContext) return () => {}
  const context = new AudioContext()
  const analyser = context.createAnalyser()
  context.createMediaStreamSource(stream).connect(analyser)
  const samples = new Float32Array(analyser.fftSize)
  const heights = Array(bars.length).fill(0)
  const beat = setInterval(() => {
    analyser.getFloatTimeDomainData(samples)
    heights.push(bar(samples))
    heights.shift()
    bars.forEach((one, at) => (one.className = heights[at] ? `is-${heights[at]}` : ''))
    hear(heights.some((height) => height > 1))
  }, EVERY)
  return () => {
    clearInterval(beat)
    context.close()
  }
}
