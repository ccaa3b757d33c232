// <walk-line>: a map with the line of a walk and its numbered stops. One looks, and moves the map; `take` shows another line.
import { lay } from './map-paper.js'
import { ARROWS } from './nudge.js'

const ZOOM = 16
const BUTTONS = 76 // pixels at the bottom, where a stop would lie under the buttons
const STEP = 80 // pixels that an arrow key moves the map

class WalkLine extends HTMLElement {
  connectedCallback() {
    if (!this.laid) this.laid = this.make().catch(() => this.without())
  }

  async make() {
    const { L, map, ground } = await lay(this, { lat: Number(this.dataset.lat), lon: Number(this.dataset.lon) }, ZOOM)
    map.createPane('walk').classList.add('m-walks')
    this.layers = L.layerGroup().addTo(map)
    this.draw = (line) => this.show(L, map, line)
    ground.addEventListener('keydown', (event) => {
      const way = ARROWS[event.key]
      if (!way || event.altKey || event.ctrlKey || event.metaKey) return
      event.preventDefault()
      map.panBy([way[0] * STEP, -way[1] * STEP])
    })
    this.draw(JSON.parse(this.dataset.line))
    for (const picture of this.querySelectorAll('[data-part="picture"]')) picture.hidden = true
    this.dataset.ready = ''
  }

  /** The list of stops does without a map. */
  without() {
    for (const part of this.querySelectorAll('[data-room]')) part.removeAttribute('data-room')
  }

  /** Another line: as the page that was just fetched has it. */
  take(line) {
    this.dataset.line = line
    this.draw?.(JSON.parse(line))
  }

  /** For who walks: whether one walks to these stops now, or later. */
  when(here) {
    const now = Number(this.dataset.now)
    if (!now || Math.min(...here) < now && !here.includes(now)) return ''
    return here.includes(now) ? 'm-stop--now' : 'm-stop--later'
  }

  show(L, map, { stops, legs }) {
    this.layers.clearLayers()
    for (const { line, known } of legs)
      L.polyline(line, { pane: 'walk', className: known ? 'm-walk' : 'm-walk m-walk--straight', interactive: false }).addTo(this.layers)
    const numbers = new Map() // by place: two stops can be at one
    stops.forEach((at, index) => numbers.set(`${at}`, [...(numbers.get(`${at}`) ?? []), index + 1]))
    for (const [at, here] of numbers) {
      const html = Object.assign(document.createElement('span'), { textContent: here.join(', ') })
      const icon = L.divIcon({ html, className: `m-stop ${this.when(here)}`, iconSize: [32, 32] })
      L.marker(at.split(',').map(Number), { icon, interactive: false, keyboard: false }).addTo(this.layers)
    }
    const beside = { paddingTopLeft: [24, 24], paddingBottomRight: [24, BUTTONS] }
    if (stops.length) map.fitBounds(stops, { ...beside, maxZoom: 17, animate: false })
  }
}

customElements.define('walk-line', WalkLine)
