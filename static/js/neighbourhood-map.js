// <neighbourhood-map>: the picture of the streets becomes a map that moves when it is tapped; its pins come from the
// list beside it (inside the same <near-me>). Without it the picture and the list stand.
// What only a moving map needs comes when it begins: Leaflet, the ground, the pins.

const CLOSEST = 17 // zoom at which a map begins at most, and at least shows you
const PICTURE = 16 // zoom of the drawn picture, whose place the map takes
const ROOM = [80, 120] // px kept free around the pins

/** When the page has come and the phone has nothing better to do: until then the picture is the map. */
function afterThePage(begin) {
  const quiet = () => (window.requestIdleCallback ?? setTimeout)(begin)
  if (document.readyState === 'complete') quiet()
  else addEventListener('load', quiet, { once: true })
}

class NeighbourhoodMap extends HTMLElement {
  connectedCallback() {
    this.around = this.closest('near-me')
    for (const link of this.querySelectorAll('[data-view]')) link.addEventListener('click', (click) => this.turn(click))
    for (const button of this.querySelectorAll('[data-zoom]'))
      button.addEventListener('click', () => this.step(Number(button.dataset.zoom)))
    this.part('picture').addEventListener('click', ({ target }) => target.closest('a') || this.begin())
    this.around.addEventListener('here', ({ detail }) => this.showYou(detail))
    this.part('zoom').hidden = false
    if ('now' in this.dataset) afterThePage(() => this.begin())
  }

  part(name) {
    return this.querySelector(`[data-part="${name}"]`)
  }

  /** The map itself, made once; null when it could not be fetched, and then the picture stays. */
  begin() {
    this.begun ??= this.make().catch(() => (this.begun = null))
    return this.begun
  }

  async make() {
    const [{ L, layers, draw, maxZoom }, pins] = await Promise.all([
      import('./map-under.js').then(({ under }) => under(this.dataset)),
      import('./map-pins.js'),
    ])
    this.places = pins.placesOf([...this.around.querySelectorAll('li[data-lat]')])
    await layers.pause()
    const map = this.lay(L, maxZoom)
    await layers.pause()
    this.place(L, map)
    await layers.pause()
    await draw(map)
    await layers.pause()
    pins.keepPins(L, map, this.places, {
      drawings: this.part('pins').content,
      sentence: this.dataset.joined,
      open: (here) => this.list(here),
    })
    this.part('picture').hidden = true
    this.dataset.ready = ''
    return { L, map, layers }
  }

  lay(L, maxZoom) {
    const moves = !matchMedia('(prefers-reduced-motion: reduce)').matches
    const motion = { zoomAnimation: moves, fadeAnimation: moves, markerZoomAnimation: moves, inertia: moves }
    this.part('ground').hidden = false
    const map = L.map(this.part('ground'), {
      ...motion, minZoom: 14, maxZoom, zoomControl: false, attributionControl: false, // its credit stands in the page
    }) // prettier-ignore
    const tell = () => (this.part('ground').dataset.zoom = map.getZoom())
    map.on('zoomend', tell)
    return map
  }

  place(L, map) {
    const { lat, lon, drawing } = this.dataset
    const pins = L.latLngBounds(this.places.map((place) => [place.lat, place.lon]))
    const whole = pins.isValid() ? Math.min(CLOSEST, map.getBoundsZoom(pins, false, ROOM)) : PICTURE
    if (drawing || !pins.isValid()) map.setView([Number(lat), Number(lon)], Math.max(PICTURE, whole))
    else map.setView(pins.getCenter(), whole)
  }

  async step(by) {
    const made = await this.begin()
    made?.map.setZoom(made.map.getZoom() + by)
  }

  async showYou(here) {
    const made = await this.begin()
    if (!made) return
    this.you?.remove()
    this.you = made.layers.drawYou(made.L, made.map, here)
    const near = made.map.getBounds().pad(1) // somebody at home elsewhere keeps seeing the neighbourhood
    if (near.contains([here.lat, here.lon])) made.map.setView([here.lat, here.lon], Math.max(CLOSEST, made.map.getZoom()))
  }

  turn(click) {
    click.preventDefault()
    this.show(click.currentTarget.dataset.view)
  }

  /** Show the map above the list, or the list alone. */
  show(view) {
    for (const link of this.querySelectorAll('[data-view]')) {
      if (link.dataset.view === view) link.setAttribute('aria-current', 'true')
      else link.removeAttribute('aria-current')
    }
    this.querySelector('.buurt-map').hidden = view === 'list'
    this.around.querySelector('[data-only="list"]').hidden = view !== 'list'
    if (view === 'map') this.begun?.then((made) => made?.map.invalidateSize()) // it may have been laid while hidden
  }

  /** Show some places in the list, the first of them in reach of the keyboard. */
  list(here) {
    this.show('list')
    for (const { row } of here) row.hidden = false
    here[0].row.querySelector('a').focus()
  }
}
customElements.define('neighbourhood-map', NeighbourhoodMap)
