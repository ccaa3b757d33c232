// <voice-recorder>: records a voice, and lets it be heard and redone, while its take is kept and sent (voice-take.js).
// In the form of a story; without it a sound file can be chosen there.
import { clock, faultOf, stones } from './recording.js'
import { Microphone, canRecord } from './voice-microphone.js'
import { Take } from './voice-take.js'

const DOES = ['start', 'pause', 'resume', 'finish', 'redo']

class VoiceRecorder extends HTMLElement {
  async connectedCallback() {
    this.form = this.closest('form')
    this.find = (name) => this.querySelector(`[data-part="${name}"]`)
    this.field = this.querySelector('[name="recorded"]')
    this.tell = (what, answer) => this.hear(what, answer)
    this.addEventListener('click', ({ target }) => this.act(target.closest('[data-do]')?.dataset.do))
    this.form.addEventListener('submit', (event) => this.submit(event))
    this.take = new Take(this.dataset.url, this.tell)
    this.hidden = false
    if (!canRecord()) return this.fault('unsupported')
    this.show('idle')
    const found = await Take.found(this.dataset.url, this.tell)
    if (found && this.state === 'idle') this.bring(found)
  }

  disconnectedCallback() {
    this.microphone?.close()
  }

  act(what) {
    if (DOES.includes(what)) this[what]()
  }

  // A page that came back, or was loaded again: what was said before is all here.
  bring(found) {
    this.take.stop()
    this.take = found
    found.know({})
    this.listen()
    if (this.field.value && this.field.value === found.head.recorded) return this.show('ready')
    this.send()
  }

  async start() {
    this.show('asking')
    this.field.value = ''
    this.microphone = new Microphone({
      piece: (blob) => this.take.add(blob),
      tick: (length) => this.tick(length),
      heard: (is) => this.say('heard', is ? 'heard' : 'unheard'),
      end: () => this.ended(),
    })
    try {
      await this.microphone.start(this.querySelectorAll('.buurt-level i'))
    } catch (error) {
      return this.fault(faultOf(error))
    }
    this.show('recording')
  }

  pause() {
    this.microphone.pause()
    this.show('paused')
  }

  resume() {
    this.microphone.resume()
    this.show('recording')
  }

  finish() {
    this.microphone?.stop()
  }

  redo() {
    this.take = this.take.again(this.tell)
    this.start()
  }

  tick(length) {
    this.take.head.length = length
    this.find('time').textContent = clock(length)
    const filled = stones(length)
    this.querySelectorAll('.buurt-minutes > span').forEach((stone, at) => (stone.className = filled[at]))
  }

  ended() {
    if (!this.take.pieces.length) return this.fault('missing')
    this.listen()
    this.send()
  }

  send() {
    this.show('sending')
    this.take.send()
  }

  hear(what, answer) {
    if (what === 'waits' && this.state === 'sending') this.say('text', 'waiting')
    if (what === 'refused') this.fault('', answer.error)
    if (what !== 'done') return
    this.field.value = answer.recorded
    this.show('ready')
    if (this.submitter !== undefined) this.form.requestSubmit(this.submitter)
  }

  // What is not here yet goes first; then the story follows by itself.
  submit(event) {
    if (['idle', 'fault', 'asking'].includes(this.state)) return
    if (this.field.value) return this.take.know({ isSent: true })
    event.preventDefault()
    this.submitter = event.submitter
    this.finish()
  }

  listen() {
    const heard = this.find('listen')
    if (heard.src) URL.revokeObjectURL(heard.src)
    heard.src = URL.createObjectURL(this.take.blob)
  }

  show(state) {
    this.state = this.dataset.state = state
    for (const part of this.querySelectorAll('[data-in]')) part.hidden = !part.dataset.in.split(' ').includes(state)
    this.say('text', state)
  }

  fault(name, sentence = '') {
    this.show('fault')
    this.say('text', name, sentence)
  }

  // The page's own words, by name.
  say(part, name, sentence = '') {
    const words = sentence || (this.querySelector(`template[data-words="${name}"]`)?.content.textContent ?? '')
    if (this.find(part).textContent !== words) this.find(part).textContent = words
  }
}
customElements.define('voice-recorder', VoiceRecorder)
