// <place-shown>: a map with a pin that stands where something is. One looks, and moves the map; the pin stays.
import { lay } from './map-paper.js'
import { ARROWS } from './nudge.js'

const ZOOM = 17
const STEP = 80 // pixels that an arrow key moves the map

class PlaceShown extends HTMLElement {
  connectedCallback() {
    this.make().catch(() => {}) // the degrees do without
  }

  async make() {
    const [lat, lon] = this.dataset.at.split(' ').map(Number)
    const { L, map, ground } = await lay(this, { lat, lon }, ZOOM)
    const html = this.querySelector('[data-part="pin"]').content.firstElementChild.cloneNode(true)
    const icon = L.divIcon({ html, className: 'm-picked', iconSize: [54, 58], iconAnchor: [27, 55] })
    L.marker([lat, lon], { icon, interactive: false, keyboard: false }).addTo(map)
    ground.addEventListener('keydown', (event) => this.move(map, event))
    this.dataset.ready = ''
  }

  move(map, event) {
    const way = ARROWS[event.key]
    if (!way || event.altKey || event.ctrlKey || event.metaKey) return
    event.preventDefault()
    map.panBy([way[0] * STEP, -way[1] * STEP])
  }
}

customElements.define('place-shown', PlaceShown)
