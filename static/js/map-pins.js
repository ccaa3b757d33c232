// The rows of the list as pins: links with the same names. Where they are too near each other, one sign with a number.
import { joined } from './map-joining.js'
import { fill } from './words.js'

const SIZE = { iconSize: [54, 58], iconAnchor: [27, 55] } // px; the foot stands on the place

/** Read the places from the rows of a list. */
export function placesOf(rows) {
  return rows.map((row) => ({
    row,
    lat: Number(row.dataset.lat),
    lon: Number(row.dataset.lon),
    kind: row.dataset.kind,
    name: row.querySelector('.buurt-list__name').textContent,
    href: row.querySelector('a').href,
  }))
}

/** Keep the pins of `places` on a map. `drawings` holds an <svg data-kind> each; `open(places)` shows them in the list. */
export function keepPins(L, map, places, { drawings, sentence, open }) {
  let pins = L.layerGroup().addTo(map)
  const put = (html, at) => {
    const icon = L.divIcon({ ...SIZE, html, className: 'buurt-pin-place' })
    pins.addLayer(L.marker([at.lat, at.lon], { icon, interactive: false, keyboard: false }))
    html.addEventListener('focus', () => map.panInside([at.lat, at.lon], { padding: [32, 60] }))
    html.addEventListener('click', (click) => wasDragged(map, click) && click.preventDefault())
  }
  const draw = () => {
    pins.clearLayers()
    for (const members of joined(places.map(({ lat, lon }) => map.latLngToContainerPoint([lat, lon])))) {
      const here = members.map((index) => places[index])
      if (here.length === 1) put(pin(here[0], drawings), here[0])
      else put(sign(here, sentence, open), middle(here))
    }
  }
  map.on('zoomend', draw)
  draw()
}

function pin({ kind, name, href }, drawings) {
  const link = Object.assign(document.createElement('a'), { className: 'buurt-pin', href, draggable: false })
  link.setAttribute('aria-label', name)
  link.append(drawings.querySelector(`[data-kind="${kind}"]`).cloneNode(true))
  return link
}

function sign(here, sentence, open) {
  const button = Object.assign(document.createElement('button'), { type: 'button', className: 'buurt-pin buurt-pin--many' })
  button.setAttribute('aria-label', fill(sentence, { number: here.length }))
  button.textContent = here.length
  button.addEventListener('click', (click) => click.defaultPrevented || open(here))
  return button
}

function middle(here) {
  const mean = (side) => here.reduce((sum, place) => sum + place[side], 0) / here.length
  return { lat: mean('lat'), lon: mean('lon') }
}

/** A finger that moved the map and came up on a pin; the keyboard (detail 0) never did. */
function wasDragged(map, { detail }) {
  return detail > 0 && map.dragging.moved()
}
