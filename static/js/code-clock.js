// <code-clock>: counts down how long a code is valid, and brings the button for a new one forward when it is over.
import { fill, isSpoken, remaining } from './words.js'

class CodeClock extends HTMLElement {
  connectedCallback() {
    this.end = performance.now() + Number(this.dataset.secondsLeft) * 1000
    this.timer = setInterval(() => this.tick(), 1000)
    this.tick()
  }

  disconnectedCallback() {
    clearInterval(this.timer)
  }

  tick() {
    const seconds = Math.max(0, Math.round((this.end - performance.now()) / 1000))
    const [which, number] = remaining(seconds)
    const sentence = fill(this.dataset[which], { number })
    this.querySelector('progress').value = seconds
    this.querySelector('[data-part="text"]').textContent = sentence
    if (isSpoken(seconds)) this.querySelector('[data-part="spoken"]').textContent = sentence
    if (seconds === 0) this.over()
  }

  over() {
    clearInterval(this.timer)
    this.closest('.buurt-code')?.classList.add('buurt-code--over')
    document.getElementById('new-code').hidden = false
    const heading = document.querySelector('h1[data-over]')
    heading.textContent = heading.dataset.over
    const [usual, over] = heading.parentElement.querySelectorAll('p')
    usual.hidden = true
    over.hidden = false
  }
}
customElements.define('code-clock', CodeClock)
