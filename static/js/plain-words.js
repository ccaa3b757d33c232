// <plain-words>: under a text that is being written: its longest sentence as a hint, and how many minutes it reads.
// It changes no word, and waits until one stops typing.
import { beginning, count, longOnes, minutes } from './sentences.js'
import { fill } from './words.js'

const STILL = 900 // milliseconds without a letter

class PlainWords extends HTMLElement {
  connectedCallback() {
    this.field = document.getElementById(this.getAttribute('for'))
    this.wait = () => {
      clearTimeout(this.timer)
      this.timer = setTimeout(() => this.look(), STILL)
    }
    this.field.addEventListener('input', this.wait)
    this.look()
  }

  disconnectedCallback() {
    clearTimeout(this.timer)
    this.field.removeEventListener('input', this.wait)
  }

  look() {
    const { value } = this.field
    const [longest] = longOnes(value).sort((one, other) => count(other) - count(one))
    const many = minutes(value)
    this.say('long', longest ? fill(this.dataset.long, { sentence: `\u2068${beginning(longest)}\u2069` }) : '')
    this.say('minutes', many ? fill(this.dataset[many === 1 ? 'minute' : 'minutes'], { number: many }) : '')
  }

  say(part, sentence) {
    const text = this.querySelector(`[data-part="${part}"]`)
    if (text.textContent !== sentence) text.textContent = sentence
    text.hidden = !sentence
  }
}
customElements.define('plain-words', PlainWords)
