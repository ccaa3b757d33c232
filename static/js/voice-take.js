// What was said at one address: its pieces, kept on this phone, sent while they come, and heard back as one.
import { sha256 } from './picture.js'
import { forget, keepHead, keepPiece, restore } from './voice-kept.js'
import { Sending } from './voice-sending.js'

export class Take {
  /** `tell(what, answer)` as of Sending: 'begun', 'waits', 'refused', 'done'. `known`: what is known of it already. */
  constructor(url, tell, known = {}, pieces = []) {
    this.pieces = pieces
    this.head = { key: '', recorded: '', length: 0, ...known, url, isSent: false }
    this.sending = new Sending(url, known, (what, answer) => {
      if (what === 'begun') this.know({ key: answer.key })
      if (what === 'done') this.know({ recorded: answer.recorded })
      tell(what, answer)
    })
  }

  /** The one that was made at this address and not handed in; null for none. */
  static async found(url, tell) {
    const there = await restore(url)
    return there && new Take(url, tell, there.head, there.pieces)
  }

  get blob() {
    return new Blob(this.pieces, { type: this.head.type })
  }

  add(piece) {
    keepPiece(this.pieces.length, piece)
    this.pieces.push(piece)
    this.know({ type: piece.type, count: this.pieces.length })
    this.sending.push(this.blob)
  }

  know(more) {
    Object.assign(this.head, more)
    return keepHead(this.head)
  }

  /** All of it was said. */
  async send() {
    this.sending.push(this.blob, (await sha256(this.blob)) ?? '')
  }

  /** It is not sent any further. */
  stop() {
    this.sending.stop()
  }

  /** It is not wanted: a new one in its place. */
  again(tell) {
    this.stop()
    forget()
    return new Take(this.head.url, tell, { instead: this.head.key })
  }
}
