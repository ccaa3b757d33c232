// <story-player>: plays a voice, goes back 15 seconds, and marks the sentence that is being said, wherever the page has
// it. Around an <audio controls>, which plays without it.
import { clock, sentenceAt } from './recording.js'

const BACK = 15 // seconds

class StoryPlayer extends HTMLElement {
  connectedCallback() {
    this.audio = this.querySelector('audio')
    this.find = (name) => this.querySelector(`[data-part="${name}"]`)
    this.sentences = [...document.querySelectorAll('[data-start]')]
    this.starts = this.sentences.map(({ dataset }) => Number(dataset.start) / 1000)
    this.audio.controls = false
    this.find('panel').hidden = false
    for (const name of ['play', 'pause', 'ended', 'timeupdate', 'durationchange']) {
      this.audio.addEventListener(name, () => this.show())
    }
    this.addEventListener('click', ({ target }) => this.act(target.closest('[data-do]')?.dataset.do))
    this.show()
  }

  act(what) {
    if (what === 'back') this.audio.currentTime = Math.max(0, this.audio.currentTime - BACK)
    if (what === 'play') this.audio.paused ? this.audio.play() : this.audio.pause()
  }

  show() {
    const { currentTime, duration, paused } = this.audio
    const long = Number.isFinite(duration) ? duration : Number(this.dataset.milliseconds) / 1000
    this.find('play').hidden = !paused
    this.find('pause').hidden = paused
    this.find('time').textContent = `${clock(currentTime * 1000)} / ${clock(long * 1000)}`
    this.find('line').style.inlineSize = `${long ? Math.min(100, (currentTime / long) * 100) : 0}%`
    const now = currentTime > 0 ? sentenceAt(this.starts, currentTime) : -1
    this.sentences.forEach((one, at) => one.classList.toggle('buurt-mark-now', at === now))
  }
}
customElements.define('story-player', StoryPlayer)
