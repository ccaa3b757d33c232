// <tap-transcript>: while a voice plays, a tap says "now this sentence begins". Around the text that was typed; without
// it the sentences share the time by their length.
import { sentences } from './recording.js'

class TapTranscript extends HTMLElement {
  connectedCallback() {
    this.audio = document.querySelector('audio')
    this.words = this.querySelector('textarea')
    this.starts = this.querySelector('[name="starts"]')
    this.find = (name) => this.querySelector(`[data-part="${name}"]`)
    this.find('panel').hidden = false
    this.addEventListener('click', ({ target }) => this.act(target.closest('[data-do]')?.dataset.do))
    this.words.addEventListener('input', () => this.clear())
    this.show()
  }

  get taps() {
    return this.starts.value.split(',').filter(Boolean)
  }

  act(what) {
    if (what === 'again') {
      this.clear()
      this.audio.currentTime = 0
      this.audio.play()
    }
    if (what !== 'tap') return
    const taps = [...this.taps, String(Math.round(this.audio.currentTime * 1000))]
    this.starts.value = taps.slice(0, sentences(this.words.value).length).join(',')
    this.show()
  }

  // Moments belong to the words they were tapped at.
  clear() {
    this.starts.value = ''
    this.show()
  }

  show() {
    const all = sentences(this.words.value)
    const next = all[this.taps.length]
    this.find('next').textContent = next ?? ''
    this.find('done').hidden = Boolean(next) || !all.length
    this.find('tap').disabled = !next
  }
}
customElements.define('tap-transcript', TapTranscript)
