// The areas of a drawing on the map: lines and names of all, and handles on the corners of the chosen one.

const MOST_HANDLES = 120 // above that only the chosen corner has one; the list has them all

/** Gives a function that shows a drawing; `move(corner, point)` and `pick(corner)` say what a hand does. */
export function keepAreas(L, map, { move, pick }) {
  if (!map.getPane('areas')) map.createPane('areas').classList.add('m-areas')
  const layers = L.layerGroup().addTo(map)
  return (drawing) => {
    layers.clearLayers()
    drawing.areas.forEach((area, index) => {
      if (index !== drawing.area) shape(L, area, 'm-area').addTo(layers)
      if (!area.part && area.ring.length > 2) name(L, area).addTo(layers)
    })
    const { ring } = drawing.areas[drawing.area]
    const line = shape(L, { ring }, 'm-area m-area--chosen').addTo(layers)
    ring.forEach((corner, index) => {
      if (ring.length > MOST_HANDLES && index !== drawing.corner) return
      const handle = L.marker(corner, { icon: icon(L, index === drawing.corner), draggable: true, keyboard: false })
      handle.on('click', () => pick(index))
      handle.on('drag', ({ latlng }) => line.setLatLngs(ring.map((each, place) => (place === index ? latlng : each))))
      handle.on('dragend', () => move(index, handle.getLatLng()))
      handle.addTo(layers)
    })
  }
}

/** The cross that the arrow keys move; gives a function that puts it somewhere. */
export function keepCross(L, map, { lat, lon }) {
  const icon = L.divIcon({ className: 'm-cross', iconSize: [48, 48] })
  const cross = L.marker([lat, lon], { icon, interactive: false, keyboard: false }).addTo(map)
  return (point) => {
    cross.setLatLng([point.lat, point.lon])
    map.panInside([point.lat, point.lon], { padding: [48, 64] })
  }
}

function shape(L, { ring, part }, className) {
  const look = { pane: 'areas', className: part ? `${className} m-area--border` : className, interactive: false }
  return ring.length > 2 ? L.polygon(ring, look) : L.polyline(ring, look)
}

function name(L, area) {
  const written = Object.assign(document.createElement('span'), { lang: 'nl', textContent: area.name })
  const icon = L.divIcon({ html: written, className: 'm-name m-area-name', iconSize: [0, 0] })
  return L.marker(L.latLngBounds(area.ring).getCenter(), { icon, interactive: false, keyboard: false })
}

function icon(L, isChosen) {
  return L.divIcon({ className: isChosen ? 'm-corner m-corner--chosen' : 'm-corner', iconSize: [48, 48] })
}
