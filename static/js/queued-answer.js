// <queued-answer>: sends the yes or no of this page, and keeps it on this phone when there is no network.
import { position, texts } from './hand-in.js'
import { discard, put, sendNow, whose } from './outbox.js'

class QueuedAnswer extends HTMLElement {
  connectedCallback() {
    this.forms = ['yes', 'no'].map((id) => document.getElementById(id)).filter(Boolean)
    for (const form of this.forms) form.addEventListener('submit', (event) => this.submit(event))
    document.addEventListener('outbox', ({ detail: { key, outcome, next } }) => {
      if (key === this.key && outcome === 'done' && !this.busy) location.assign(next)
    })
  }

  get key() {
    return `answer-${this.dataset.meeting}`
  }

  async submit(event) {
    event.preventDefault()
    if (this.busy) return
    this.busy = true
    const { target: form, submitter } = event
    submitter?.setAttribute('aria-busy', 'true')
    const item = await this.item(form, submitter)
    const isKept = await put(item)
    const told = await sendNow(item, isKept, position(form))
    if (told?.outcome === 'done') return location.assign(told.next)
    if (told?.outcome === 'refused' || !isKept) return this.hand(item, form, submitter)
    this.busy = false
    submitter?.removeAttribute('aria-busy')
    this.querySelector('[data-part="kept"]').hidden = false
  }

  async item(form, submitter) {
    const { meeting, title } = this.dataset
    const fields = { ...texts(form, submitter), meeting }
    const url = new URL(form.action).pathname
    return { key: this.key, sort: form.id, state: 'waiting', who: await whose(), url, title, fields, madeAt: Date.now() }
  }

  // The server said no in its own words, or this browser keeps nothing: the form goes, as without this element.
  async hand(item, form, submitter) {
    await discard(item)
    const { name, value } = submitter ?? {}
    if (name) form.append(Object.assign(document.createElement('input'), { type: 'hidden', name, value }))
    form.submit()
  }
}
customElements.define('queued-answer', QueuedAnswer)
