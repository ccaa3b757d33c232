// <place-picker>: a map beside the fields of a place. A tap, a drag or the arrow keys move the pin; the fields and the
// pin say the same. Without it the fields stand open and are all there is.
import { fix } from './fix.js'
import { drawOthers, lay } from './map-paper.js'
import { ARROWS, nudged, pasted, typed, written } from './nudge.js'
import { whereabouts } from './whereabouts.js'
import { fill } from './words.js'

const ZOOM = 17
const FAR = 10 // metres of a step with shift

class PlacePicker extends HTMLElement {
  connectedCallback() {
    this.numbers = new Intl.NumberFormat(document.documentElement.lang)
    this.others = JSON.parse(this.dataset.others).map(([name, lat, lon]) => ({ name, lat, lon }))
    this.addEventListener('invalid', () => (this.part('degrees').open = true), true) // what is asked for is in sight
    this.part('here')?.querySelector('button').addEventListener('click', () => this.ask())
    for (const button of this.querySelectorAll('button[name="pick"]'))
      button.addEventListener('click', (click) => this.choose(click))
    this.make().catch(() => {}) // the fields do without
  }

  part(name) {
    return this.querySelector(`[data-part="${name}"]`)
  }

  field(name) {
    return this.querySelector(`input[name="${name}"]`)
  }

  async make() {
    const start = this.point() ?? { lat: Number(this.dataset.lat), lon: Number(this.dataset.lon) }
    const { L, map, ground } = await lay(this, start, ZOOM)
    drawOthers(L, map, this.others)
    this.ring = L.circle([start.lat, start.lon], { className: 'm-reach', interactive: false, radius: this.radius() }).addTo(map)
    const icon = L.divIcon({
      html: this.part('pin').content.firstElementChild.cloneNode(true), className: 'm-picked', iconSize: [54, 58],
      iconAnchor: [27, 55],
    }) // prettier-ignore
    this.pin = L.marker([start.lat, start.lon], { icon, draggable: true, keyboard: false }).addTo(map)
    this.pin.on('drag', ({ latlng }) => this.ring.setLatLng(latlng))
    this.pin.on('dragend', () => this.put(place(this.pin.getLatLng())))
    map.on('click', ({ latlng }) => this.put(place(latlng)))
    ground.addEventListener('keydown', (event) => this.key(event))
    for (const name of ['lat', 'lon', 'radius']) this.field(name).addEventListener('input', () => this.follow())
    for (const name of ['lat', 'lon']) this.field(name).addEventListener('change', ({ target }) => this.take(pasted(target.value)))
    this.map = map
    this.part('degrees').open = Boolean(this.part('degrees').querySelector('[aria-invalid]')) // its sentence is in sight
    if (this.part('here')) this.part('here').hidden = false
    this.follow()
    this.dataset.ready = ''
  }

  /** Where the fields say it is; null while they say no place. */
  point() {
    const [lat, lon] = [typed(this.field('lat').value), typed(this.field('lon').value)]
    return Math.abs(lat) <= 85 && Math.abs(lon) <= 180 ? { lat, lon } : null
  }

  radius() {
    const { value, min, max } = this.field('radius')
    return Math.min(Number(max), Math.max(Number(min), Number(value) || Number(min)))
  }

  key(event) {
    const way = ARROWS[event.key]
    if (!way || event.altKey || event.ctrlKey || event.metaKey) return
    event.preventDefault()
    const metres = event.shiftKey ? FAR : 1
    this.put(nudged(this.point() ?? place(this.pin.getLatLng()), way[0] * metres, way[1] * metres))
  }

  /** Put the pin somewhere: in the fields, and from there on the map. */
  put({ lat, lon }) {
    this.field('lat').value = written(lat)
    this.field('lon').value = written(lon)
    this.follow()
  }

  /** Both numbers stand in one field: each goes to its own. */
  take(both) {
    if (both) this.put(both)
  }

  follow() {
    this.ring.setRadius(this.radius())
    const point = this.point()
    if (!point) return
    this.pin.setLatLng([point.lat, point.lon])
    this.ring.setLatLng([point.lat, point.lon])
    this.map.panInside([point.lat, point.lon], { padding: [40, 64] })
    const landmarks = this.others.length ? this.others : [{ ...this.dataset, lat: Number(this.dataset.lat), lon: Number(this.dataset.lon) }]
    this.say(whereabouts(point, landmarks, this.part('where').dataset, this.numbers))
  }

  choose(click) {
    if (!this.map) return
    click.preventDefault()
    const [lat, lon] = click.currentTarget.value.split(',').map(Number)
    this.put({ lat, lon })
    this.part('ground').focus()
  }

  async ask() {
    const { asking, denied, found } = this.part('here').dataset
    this.say(asking)
    const here = await fix(navigator.geolocation)
    if (!here) return this.say(denied)
    this.put(here)
    this.say(`${this.part('where').textContent} ${fill(found, { number: this.numbers.format(Math.round(here.accuracy)) })}`)
  }

  say(sentence) {
    this.part('where').textContent = sentence
  }
}

function place({ lat, lng }) {
  return { lat, lon: lng }
}

customElements.define('place-picker', PlacePicker)
