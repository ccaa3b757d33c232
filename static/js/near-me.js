// <near-me>: asks the phone where it is when somebody taps, sorts its list by distance and tells its map ("here").
// The position stays on this page: it is sent nowhere and kept nowhere.
import { nearest, rounded } from './distance.js'
import { fill } from './words.js'

const PATIENCE = { enableHighAccuracy: true, timeout: 15000, maximumAge: 15000 }
const REFUSALS = ['denied', 'unknown', 'unsafe']

class NearMe extends HTMLElement {
  connectedCallback() {
    for (const button of this.parts('where')) {
      button.hidden = button.dataset.only === 'list' // there it comes when the map goes
      button.addEventListener('click', () => this.look())
    }
  }

  /** A number as the page's language writes it; not made sooner, as a slow phone is long about it. */
  written(number) {
    this.numbers ??= new Intl.NumberFormat(document.documentElement.lang)
    return this.numbers.format(number)
  }

  parts(name) {
    return [...this.querySelectorAll(`[data-part="${name}"]`)]
  }

  look() {
    if (!window.isSecureContext || !navigator.geolocation) return this.refuse('unsafe')
    this.say('looking')
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => this.found({ lat: coords.latitude, lon: coords.longitude, accuracy: coords.accuracy }),
      ({ code }) => this.refuse(code === 1 ? 'denied' : 'unknown'),
      PATIENCE,
    )
  }

  found(here) {
    this.sort(here)
    this.say('sorted', { number: this.written(Math.round(here.accuracy)) })
    this.dispatchEvent(new CustomEvent('here', { detail: here }))
  }

  sort(here) {
    const rows = [...this.querySelectorAll('li[data-lat]')]
    const places = rows.map((row) => ({ row, lat: Number(row.dataset.lat), lon: Number(row.dataset.lon) }))
    nearest(places, here).forEach(([{ row }, metres], index) => {
      row.querySelector('[data-part="distance"]').textContent = this.inWords(metres)
      row.hidden = index >= Number(this.dataset.shown ?? Infinity)
      row.parentNode.append(row)
    })
    const title = this.querySelector('[data-near]')
    title.textContent = title.dataset.near
  }

  inWords(metres) {
    const [unit, number] = rounded(metres)
    return fill(this.parts('found')[0].dataset[unit], { number: this.written(number) })
  }

  /** Say a sentence; it takes the place of what was said before. */
  say(sentence, values = {}) {
    for (const name of REFUSALS) this.parts(name)[0].hidden = true
    const [line] = this.parts('found')
    line.hidden = false
    line.classList.remove('buurt-visually-hidden')
    line.textContent = fill(line.dataset[sentence], values)
  }

  refuse(why) {
    this.say('looking')
    const [line] = this.parts('found')
    const [notice] = this.parts(why)
    notice.hidden = false
    line.textContent = notice.querySelector('strong').textContent // heard; what can be seen is the notice
    line.classList.add('buurt-visually-hidden')
    notice.scrollIntoView({ block: 'nearest' })
  }
}
customElements.define('near-me', NearMe)
