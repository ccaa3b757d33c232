// <walk-builder>: the page on which a walk is made, without loading it anew. Its forms are sent as they are; what comes
// back takes their place, and the map keeps standing. A stop is dragged by its number; buttons beside it do the same.
import { makeDraggable } from './stop-drag.js'

class WalkBuilder extends HTMLElement {
  connectedCallback() {
    this.addEventListener('submit', (event) => this.send(event))
    const list = this.querySelector('[data-part="stops"]')
    if (list) makeDraggable(list, (stop, number) => this.put(stop, number))
    this.dataset.ready = ''
  }

  send(event) {
    const { target: form, submitter } = event
    event.preventDefault()
    const said = new FormData(form, submitter)
    if (form.method === 'get') this.fetch(`${form.action.split('?')[0]}?${new URLSearchParams(said)}`, {}, submitter?.id)
    else this.fetch(form.action, { method: 'POST', body: new URLSearchParams(said) }, submitter?.id)
  }

  /** A stop was dropped at a number. */
  put(stop, number) {
    const { action } = this.querySelector('[data-part="stops"]').dataset
    const said = new URLSearchParams({ stop, number, do: 'to' })
    this.fetch(action, { method: 'POST', body: said }, `up-${stop}`)
  }

  async fetch(address, how, focus) {
    if (this.busy) return
    this.busy = true
    this.setAttribute('aria-busy', 'true')
    try {
      const answer = await fetch(address, { ...how, headers: { Accept: 'text/html' } })
      if (answer.redirected || !how.method) history.replaceState(null, '', answer.url.split('#')[0])
      this.take(new DOMParser().parseFromString(await answer.text(), 'text/html'), focus)
    } catch {
      location.reload() // what was done before stands; what was typed last does not
    } finally {
      this.busy = false
    }
  }

  take(page, focus) {
    const fresh = page.querySelector('.buurt-page__main')
    const [line, other] = [document, fresh].map((where) => where.querySelector('walk-line'))
    if (!fresh || !other) return location.reload()
    const open = new Set([...this.querySelectorAll('details[open]')].map(({ id }) => id))
    for (const fold of fresh.querySelectorAll('details[id]')) fold.open ||= open.has(fold.id)
    const text = other.dataset.line
    const above = document.getElementById(focus)?.getBoundingClientRect().top
    const listed = this.querySelector('.buurt-library')?.scrollTop ?? 0
    other.replaceWith(line)
    this.closest('.buurt-page__main').replaceWith(document.adoptNode(fresh))
    line.take(text)
    const library = document.querySelector('.buurt-library')
    if (library) library.scrollTop = listed
    const wanted = document.getElementById(focus)
    if (wanted && above !== undefined) scrollBy(0, wanted.getBoundingClientRect().top - above) // it stays under the finger
    const next = wanted?.disabled ? wanted.closest('.buurt-stop__moves')?.querySelector('button:not([disabled])') : wanted
    ;(next ?? document.getElementById('stops'))?.focus({ preventScroll: true })
  }
}

customElements.define('walk-builder', WalkBuilder)
