// A map to draw on: Leaflet over the usual ground, with buttons and keys to zoom. The arrow keys are the drawer's.

import { under } from './map-under.js'

const KEYS = { '+': 1, '=': 1, '-': -1, _: -1 }

/** Lay a map in an element's parts `map` and `ground`, and show its `keys`; its data says where, with which Leaflet and what ground. */
export async function lay(element, { lat, lon }, zoom) {
  const { L, draw, maxZoom } = await under(element.dataset)
  const [frame, ground, keys] = ['map', 'ground', 'keys'].map((name) => element.querySelector(`[data-part="${name}"]`))
  frame.hidden = keys.hidden = false
  const moves = !matchMedia('(prefers-reduced-motion: reduce)').matches
  const motion = { zoomAnimation: moves, fadeAnimation: moves, markerZoomAnimation: moves, inertia: moves }
  const map = L.map(ground, {
    ...motion, minZoom: 13, maxZoom, keyboard: false, zoomControl: false, attributionControl: false,
    doubleClickZoom: false, // two taps are two taps
  }) // prettier-ignore
  map.setView([lat, lon], zoom)
  await draw(map)
  const tell = () => (ground.dataset.zoom = map.getZoom())
  map.on('zoomend', tell)
  tell()
  for (const button of frame.querySelectorAll('button[data-zoom]'))
    button.addEventListener('click', () => map.setZoom(map.getZoom() + Number(button.dataset.zoom)))
  ground.addEventListener('keydown', ({ key }) => KEYS[key] && map.setZoom(map.getZoom() + KEYS[key]))
  return { L, map, ground }
}

/** The places around, faintly: one sees them and cannot tap them. */
export function drawOthers(L, map, places) {
  if (!map.getPane('others')) map.createPane('others').classList.add('m-others')
  for (const { lat, lon } of places)
    L.circleMarker([lat, lon], { pane: 'others', className: 'm-other', radius: 9, interactive: false }).addTo(map)
}
