// <story-place>: where a story was. "Here" asks the phone once: a place of the list that is near is chosen, else a pin
// is put, which one sees and can move. Only that goes with the form. The map comes when its fold opens.
import { nearest } from './distance.js'
import { fix } from './fix.js'
import { fill } from './words.js'

const NEAR = 50 // metres

class StoryPlace extends HTMLElement {
  connectedCallback() {
    this.spots = JSON.parse(this.dataset.spots).map(([key, name, lat, lon]) => ({ key, name, lat, lon }))
    this.fold = this.querySelector('details')
    this.button = this.querySelector('[data-do="here"]')
    this.button.hidden = false
    this.button.addEventListener('click', () => this.ask())
    this.fold.addEventListener('toggle', () => this.fold.open && this.map())
    this.querySelector('[data-do="unpin"]').addEventListener('click', () => this.put(null))
    if (this.fold.open) this.map()
  }

  /** The map, once it can be seen. */
  async map() {
    await import('./place-picker.js')
    this.querySelector('[data-do="unpin"]').hidden = false
    return this.querySelector('place-picker')
  }

  async ask() {
    this.button.setAttribute('aria-busy', 'true')
    this.say('asking')
    const found = await fix(navigator.geolocation)
    this.button.removeAttribute('aria-busy')
    if (!found) return this.say('denied')
    const [[spot, metres] = [null, Infinity]] = nearest(this.spots, found)
    if (metres > NEAR) return this.put(found)
    this.querySelector('select').value = spot.key
    this.say('chosen', spot)
  }

  async put(point) {
    for (const name of ['lat', 'lon']) {
      const field = this.querySelector(`[name="${name}"]`)
      field.value = point ? point[name].toFixed(5) : ''
      field.dispatchEvent(new Event('input', { bubbles: true }))
    }
    this.say(point ? 'pinned' : 'gone')
    if (!point) return
    this.fold.open = true
    await this.map()
    this.querySelector('[data-part="ground"]').focus()
  }

  say(name, words = {}) {
    this.querySelector('[data-part="said"]').textContent = fill(this.dataset[name], words)
  }
}
customElements.define('story-place', StoryPlace)
