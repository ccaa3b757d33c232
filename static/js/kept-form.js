// <kept-form>: sends its form, and keeps it on this phone while there is no network.
// A visitor's form goes as without it: nobody could say later whose it was.
import { freshKey } from './hand-in.js'
import { discard, put, sendNow, whose } from './outbox.js'

class KeptForm extends HTMLElement {
  connectedCallback() {
    this.find = (name) => this.querySelector(`[data-part="${name}"]`)
    this.form = this.querySelector('form')
    this.form.elements.client_key.value = freshKey() // a page that is kept is opened more than once
    this.form.addEventListener('submit', (event) => this.submit(event))
    document.addEventListener('outbox', ({ detail: { key, outcome, next } }) => {
      if (key !== this.key || outcome !== 'done') return
      if (this.isOnce) this.done(next)
      else this.find('kept').textContent = this.dataset.arrived
    })
  }

  async submit(event) {
    const names = Array.from(new FormData(this.form).keys())
    if (document.body.dataset.me === '' || new Set(names).size < names.length) return // each name waits once
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
    if (this.isOnce) return this.rest()
    this.form.elements.client_key.value = freshKey() // what is typed from now on is another answer
    event.submitter?.removeAttribute('aria-busy')
    this.busy = false
  }

  get isOnce() {
    return 'once' in this.dataset
  }

  // It waits, and cannot be sent a second time.
  rest() {
    for (const each of this.form.elements) each.disabled = true
    for (const button of document.querySelectorAll(`[form="${this.form.id}"]`)) button.hidden = true
  }

  async item() {
    const [file] = this.form.elements.photo?.files ?? []
    const { client_key: key, ...said } = Object.fromEntries(new FormData(this.form))
    const fields = Object.fromEntries(Object.entries(said).filter(([, value]) => typeof value === 'string'))
    const item = {
      key, who: await whose(), madeAt: Date.now(), state: 'waiting', sort: 'done',
      url: new URL(this.form.action).pathname, title: this.dataset.title, fields,
    }
    return file ? { ...item, sort: 'photo', blob: file, name: file.name } : item
  }

  // The page that comes says that it came in: at this form where it is the same one.
  done(next) {
    if (next !== location.pathname) return location.assign(`${next}#said`)
    location.replace(`#${this.id}`)
    location.reload()
  }

  // The server said no in its own words, or this browser keeps nothing: the form goes, as without this element.
  async hand(item) {
    await discard(item)
    this.form.submit()
  }
}
customElements.define('kept-form', KeptForm)
