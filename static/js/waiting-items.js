// <waiting-items>: the strip that says what waits on this phone, on every page; it goes when nothing waits.
import { all, isInUse, replace } from './keep.js'
import { whose } from './outbox.js'
import { count, isOver, strip } from './queue.js'
import { beAtHand, keepTrying, tryNow } from './tries.js'
import { fill } from './words.js'

class WaitingItems extends HTMLElement {
  connectedCallback() {
    this.querySelector('[data-do="try"]').addEventListener('click', () => tryNow(true))
    this.draw = () => this.show()
    document.addEventListener('outbox', this.draw)
    this.draw()
    keepTrying()
    beAtHand(this.dataset.offline)
  }

  disconnectedCallback() {
    document.removeEventListener('outbox', this.draw)
  }

  async show() {
    const me = await whose()
    const items = (await isInUse()) ? await all() : []
    const over = items.filter((item) => isOver(item, location.pathname, Date.now()))
    for (const item of over) await replace(item, null)
    const says = strip(count(items.filter((item) => !over.includes(item)), me, Date.now()), me)
    this.hidden = !says
    if (!says) return
    const [which, number] = says
    const text = this.querySelector('[data-part="text"]')
    const sentence = fill(this.dataset[which], { number })
    if (text.textContent !== sentence) text.textContent = sentence
    this.querySelector('[data-do="try"]').hidden = !/^(photo|item)s?$/.test(which)
  }
}
customElements.define('waiting-items', WaitingItems)
