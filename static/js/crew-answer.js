// <crew-answer>: sends one task, and keeps it on this tablet while there is no network.
import { freshKey, texts } from './hand-in.js'
import { discard, put, sendNow, whose } from './outbox.js'

class CrewAnswer extends HTMLElement {
  connectedCallback() {
    this.find = (name) => this.querySelector(`[data-part="${name}"]`)
    this.form = this.querySelector('form')
    this.form.elements.client_key.value = freshKey() // a page that is kept is opened more than once
    this.form.addEventListener('submit', (event) => this.submit(event))
    document.addEventListener('outbox', ({ detail: { key, outcome } }) => {
      if (key === this.key && outcome === 'done') this.find('kept').textContent = this.dataset.in
    })
  }

  async submit(event) {
    event.preventDefault()
    if (this.busy) return
    this.busy = true
    event.submitter?.setAttribute('aria-busy', 'true')
    const item = await this.item()
    const isKept = await put(item)
    const told = await sendNow(item, isKept, {})
    if (told?.outcome === 'done') return this.done(told.next)
    if (told?.outcome === 'refused' || !isKept) return this.hand(item)
    this.key = item.key
    this.find('kept').hidden = false
    this.form.elements.client_key.value = freshKey() // what is typed from now on is another answer
    event.submitter?.removeAttribute('aria-busy')
    this.busy = false
  }

  async item() {
    const [file] = this.form.elements.photo?.files ?? []
    const said = { ...texts(this.form) }
    const item = {
      key: this.form.elements.client_key.value, who: await whose(), madeAt: Date.now(), state: 'waiting', sort: 'done',
      url: new URL(this.form.action).pathname, title: this.dataset.title, fields: said,
    }
    return file ? { ...item, sort: 'photo', blob: file, name: file.name } : item
  }

  // The page says that it came in, at its task.
  done(next) {
    location.replace(`${next}#${this.id}`)
    location.reload()
  }

  // The server said no in its own words, or this browser keeps nothing: the form goes, as without this element.
  async hand(item) {
    await discard(item)
    this.form.submit()
  }
}
customElements.define('crew-answer', CrewAnswer)
