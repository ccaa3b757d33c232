// <near-challenge>: puts the challenge at the nearest place where another stood, once the phone says where it is: at
// once where that was allowed before, else after a tap. The position stays on this page: sent nowhere, kept nowhere.
import { nearest, rounded } from './distance.js'
import { fix } from './fix.js'
import { fill } from './words.js'

const NEAR = 2000 // metres: about half an hour on foot

class NearChallenge extends HTMLElement {
  async connectedCallback() {
    this.find = (name) => this.querySelector(`[data-part="${name}"]`)
    this.ask = this.find('ask')
    if (!this.ask || !window.isSecureContext || !navigator.geolocation) return
    const allowed = await navigator.permissions?.query({ name: 'geolocation' }).catch(() => null)
    if (allowed?.state === 'denied') return
    if (allowed?.state === 'granted') return this.look()
    this.ask.hidden = false
    this.ask.addEventListener('click', () => this.look(true))
  }

  async look(isAsked = false) {
    this.ask.setAttribute('aria-busy', 'true')
    const here = await fix(navigator.geolocation)
    this.ask.removeAttribute('aria-busy')
    const [place, metres] = here ? this.nearest(here) : []
    if (place && metres <= NEAR) this.show(place, metres)
    else if (isAsked) this.say(here ? this.dataset.nowhere : this.dataset.unknown)
  }

  // What stands among the three already is no news.
  nearest(here) {
    const shown = [...this.querySelectorAll('li:not([hidden]) a')].map(({ href }) => href)
    const rows = [...this.querySelectorAll('li[data-lat]')].filter((row) => !shown.includes(row.querySelector('a').href))
    return nearest(rows.map((row) => ({ row, lat: Number(row.dataset.lat), lon: Number(row.dataset.lon) })), here)[0] ?? []
  }

  show({ row }, metres) {
    const [unit, number] = rounded(metres)
    const distance = fill(this.dataset[unit], { number: number.toLocaleString(document.documentElement.lang) })
    const why = row.querySelector('[data-part="why"]')
    why.textContent = fill(this.dataset.near, { distance })
    const other = this.find('other')
    if (other) other.replaceWith(row)
    row.hidden = false
    this.ask.hidden = true
    this.say(`${why.textContent}: ${row.querySelector('.buurt-suggest__title').textContent}`, true)
  }

  say(sentence, isSeen = false) {
    this.find('said').classList.toggle('buurt-visually-hidden', isSeen)
    this.find('said').textContent = sentence
    this.find('said').hidden = false
  }
}

customElements.define('near-challenge', NearChallenge)
