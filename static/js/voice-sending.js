// Sends a recording while it grows, piece after piece; where the network drops it goes on at the byte that is wanted.
import { pause } from './queue.js'

const SIZE = 64 * 1024 // bytes: some eight seconds of a voice

/** The next piece to send, [from, to]; null while there is too little for one. */
export function piece(size, offset, isWhole) {
  const left = size - offset
  return left <= 0 || (!isWhole && left < SIZE) ? null : [offset, Math.min(size, offset + SIZE)]
}

/** What an answer asks for: 'go' on, begin 'anew', 'wait', or stop because it was 'refused'. */
export function meaning(status) {
  if (status === 200 || status === 409) return 'go'
  if (status === 404 || status === 410) return 'anew'
  return status === 0 || status === 408 || status === 429 || status >= 500 ? 'wait' : 'refused'
}

export class Sending {
  /** `tell(what, answer)`: 'begun' {key}, 'waits', 'refused' {error}, 'done' {recorded, milliseconds}. */
  constructor(url, { key = '', instead = '' } = {}, tell = () => {}) {
    Object.assign(this, { url, key, instead, tell, offset: 0, tries: 0, blob: new Blob(), isWhole: false })
    this.wake = () => this.resume?.()
    addEventListener('online', this.wake)
  }

  /** More of it; `sha256` once it is whole. */
  push(blob, sha256 = null) {
    Object.assign(this, { blob, sha256, isWhole: sha256 !== null, hasMore: true })
    return this.run()
  }

  /** It is not wanted any more. */
  stop() {
    this.isOver = true
    removeEventListener('online', this.wake)
    this.wake()
  }

  async run() {
    if (this.isRunning) return
    this.isRunning = true
    do {
      this.hasMore = false
      while (!this.isOver && (await this.step()));
    } while (this.hasMore && !this.isOver)
    this.isRunning = false
  }

  // One thing to ask of the server; whether there may be another.
  async step() {
    if (!this.key) return this.ask('', new URLSearchParams({ instead: this.instead }), (answer) => this.begun(answer))
    const next = piece(this.blob.size, this.offset, this.isWhole)
    if (next) return this.ask(`/${this.key}/${next[0]}`, this.blob.slice(...next), ({ offset }) => (this.offset = offset))
    if (!this.isWhole) return false
    return this.ask(`/${this.key}/finish`, new URLSearchParams({ sha256: this.sha256 }), (answer) => {
      this.tell('done', answer)
      this.stop()
    })
  }

  begun({ key }) {
    Object.assign(this, { key, offset: 0 })
    this.tell('begun', { key })
  }

  async ask(path, body, take) {
    const { status, answer } = await post(this.url + path, body)
    if (this.isOver) return false
    const asked = meaning(status)
    if (asked === 'go') {
      this.tries = 0
      take(answer)
    }
    if (asked === 'anew') Object.assign(this, { key: '', offset: 0 })
    if (asked === 'anew' || asked === 'wait') await this.rest()
    if (asked !== 'refused') return true
    this.stop()
    this.tell('refused', answer)
    return false
  }

  // Until it is worth another try: soon the first time, at once when the network is back.
  async rest() {
    this.tries += 1
    this.tell('waits', {})
    await new Promise((done) => {
      this.resume = done
      setTimeout(done, this.tries === 1 ? 500 : pause(this.tries - 1))
    })
  }
}

async function post(url, body) {
  try {
    const answered = await fetch(url, { method: 'POST', body, headers: { Accept: 'application/json' } })
    return { status: answered.status, answer: await answered.json() }
  } catch {
    return { status: 0, answer: {} }
  }
}
