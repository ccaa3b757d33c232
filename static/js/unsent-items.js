// <unsent-items>: before leaving, how much on this phone was not sent and would be lost; hidden where nothing would.
import { all, isInUse } from './keep.js'
import { unsent } from './queue.js'
import { fill } from './words.js'

class UnsentItems extends HTMLElement {
  connectedCallback() {
    this.draw = () => this.show()
    document.addEventListener('outbox', this.draw)
    this.draw()
  }

  disconnectedCallback() {
    document.removeEventListener('outbox', this.draw)
  }

  async show() {
    const number = unsent((await isInUse()) ? await all() : [])
    this.querySelector('[data-part="text"]').textContent = fill(this.dataset[number === 1 ? 'one' : 'more'], { number })
    this.hidden = number === 0
  }
}
customElements.define('unsent-items', UnsentItems)
