// <here-button>: asks the phone where it is, only after a tap, and puts that in the fields of its form.
// With data-sends it then sends the form, also when the phone does not say: there are other ways to show it.
// Without JavaScript the form goes as it is.
import { fix } from './fix.js'

class HereButton extends HTMLElement {
  connectedCallback() {
    this.button = this.querySelector('button')
    this.button.hidden = false
    this.button.addEventListener('click', (event) => this.ask(event))
  }

  async ask(event) {
    const { form } = this.button
    event.preventDefault()
    if (this.asking || !form.reportValidity()) return
    this.asking = true
    this.button.setAttribute('aria-busy', 'true')
    this.say(this.dataset.asking)
    const found = await fix(navigator.geolocation)
    this.asking = false
    this.button.removeAttribute('aria-busy')
    this.say(found ? this.dataset.found : this.dataset.denied)
    for (const name of ['lat', 'lon', 'accuracy']) this.querySelector(`[name=${name}]`).value = found?.[name] ?? ''
    if ('sends' in this.dataset) form.requestSubmit(this.button)
  }

  say(sentence) {
    const text = this.querySelector('[data-part="text"]')
    text.textContent = sentence
    text.hidden = false
  }
}

customElements.define('here-button', HereButton)
