// The microphone: pieces of a recording as they come, how long it is by now, and how loud.
import { LONGEST, types } from './recording.js'
import { level } from './voice-level.js'

const PIECE = 2000 // milliseconds
const BITS = 64000 // a second

export const canRecord = () => Boolean(navigator.mediaDevices?.getUserMedia && globalThis.MediaRecorder)

export class Microphone {
  /** `on`: {piece(blob), tick(milliseconds), heard(is), end()}. */
  constructor(on) {
    Object.assign(this, { on, length: 0 })
  }

  /** Begin; rejects with the browser's error. `bars`: elements that show how loud it is. */
  async start(bars) {
    try {
      this.stream = await navigator.mediaDevices.getUserMedia({ audio: true, video: false })
      this.recorder = started(this.stream)
    } catch (error) {
      this.close()
      throw error
    }
    this.recorder.ondataavailable = ({ data }) => data.size && this.on.piece(data)
    this.recorder.onstop = () => {
      this.close()
      this.on.end()
    }
    this.quiet = level(this.stream, bars, this.on.heard)
    this.run()
  }

  pause() {
    clearInterval(this.beat)
    this.recorder.pause()
  }

  resume() {
    this.recorder.resume()
    this.run()
  }

  /** Its last piece comes, then `end`. */
  stop() {
    if (this.recorder && this.recorder.state !== 'inactive') this.recorder.stop()
  }

  close() {
    clearInterval(this.beat)
    this.quiet?.()
    this.quiet = null
    this.stream?.getTracks().forEach((track) => track.stop())
  }

  run() {
    const since = performance.now() - this.length
    this.beat = setInterval(() => {
      this.length = performance.now() - since
      this.on.tick(this.length)
      if (this.length >= LONGEST) this.stop()
    }, 200)
  }
}

// A browser may say that it can, and then not: the next format is tried.
function started(stream) {
  for (const mimeType of types((type) => MediaRecorder.isTypeSupported(type))) {
    try {
      const recorder = new MediaRecorder(stream, { audioBitsPerSecond: BITS, ...(mimeType && { mimeType }) })
      recorder.start(PIECE)
      return recorder
    } catch (error) {
      if (error.name !== 'NotSupportedError' || !mimeType) throw error
    }
  }
}
