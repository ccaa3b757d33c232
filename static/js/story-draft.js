// <story-draft>: while a story is written, its words and choices lie on this phone; a page that was lost brings them back.
// Files, a pin and what names the form stay out. The page works without it.
import { forget, keep, recall, tidy } from './draft.js'

const EVERY = 3000 // milliseconds
const NOT_KEPT = ['client_key', 'recorded', 'lat', 'lon', 'radius', 'prompt', 'way', 'speaks']

class StoryDraft extends HTMLElement {
  connectedCallback() {
    tidy()
    this.form = this.closest('form')
    this.fields = [...this.form.elements].filter((field) => this.isKept(field))
    this.begun = this.said()
    this.querySelector('button').addEventListener('click', () => this.anew())
    const kept = this.form.elements.words.value ? null : recall(this.dataset.name)
    if (kept) this.bring(kept)
    this.last = this.said()
    this.timer = setInterval(() => this.save(), EVERY)
    this.leave = () => this.save()
    addEventListener('pagehide', this.leave)
    this.sent = ({ target, defaultPrevented }) => target === this.form && !defaultPrevented && this.save(true)
    document.addEventListener('submit', this.sent)
    addEventListener('pageshow', ({ persisted }) => persisted && (this.isSent = false))
  }

  disconnectedCallback() {
    clearInterval(this.timer)
    removeEventListener('pagehide', this.leave)
    document.removeEventListener('submit', this.sent)
  }

  /** Words of a picture say nothing without its file. */
  isKept(field) {
    return field.name && field.type !== 'file' && !NOT_KEPT.includes(field.name) && !field.closest('picture-slot')
  }

  /** What the form says now, as text. */
  said() {
    const said = this.fields.map((field) => [field, ['radio', 'checkbox'].includes(field.type) ? field.checked : true])
    return JSON.stringify(said.filter(([, is]) => is).map(([{ name, value }]) => [name, value]))
  }

  save(isSent = this.isSent) {
    const now = this.said()
    if (now === this.last && isSent === this.isSent) return
    Object.assign(this, { last: now, isSent })
    if (now === this.begun) forget(this.dataset.name)
    else keep(this.dataset.name, JSON.parse(now), isSent)
  }

  bring(kept) {
    for (const field of this.fields) {
      const values = kept.filter(([name]) => name === field.name).map(([, value]) => value)
      if (['radio', 'checkbox'].includes(field.type)) field.checked = values.includes(field.value)
      else if (values.length) field.value = values[0]
      if (field.value && field.type !== 'radio' && values.length) this.unfold(field)
    }
    this.form.elements.words.dispatchEvent(new Event('input', { bubbles: true }))
    this.hidden = false
  }

  unfold(field) {
    const fold = field.closest('details')
    if (fold) fold.open = true
  }

  anew() {
    this.form.reset()
    this.last = this.said()
    forget(this.dataset.name)
    this.hidden = true
    this.form.elements.words.dispatchEvent(new Event('input', { bubbles: true }))
    this.form.elements.words.focus()
  }
}
customElements.define('story-draft', StoryDraft)
