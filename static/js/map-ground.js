// What lies under the pins: our own drawing as SVG, or an operator's tiles. Colours and widths are classes (map.css).

const WAYS = ['alley', 'street', 'main']
const TREE = 6 // metres

/** A moment for the phone to answer a finger, or to show what there is. */
export const pause = () => new Promise((done) => setTimeout(done))

/**
 * Draw a FeatureCollection (core/demo/ground.py) in the order of design: areas, all casings, all streets, names.
 * Step by step, so that a slow phone can answer a finger in between.
 */
export async function drawGround(L, map, { features }) {
  const renderer = L.svg({ padding: 0.5 })
  const look = (name) => ({ renderer, className: `m-${name}`, interactive: false, smoothFactor: 0.5 })
  const of = (layer) => features.find(({ properties }) => properties.layer === layer)?.geometry.coordinates ?? []
  const points = (layer, deep) => L.GeoJSON.coordsToLatLngs(of(layer), deep)
  const lay = async (layer) => {
    layer.addTo(map)
    await pause()
  }
  for (const area of ['green', 'water', 'block']) await lay(L.polygon(points(area, 2), look(area)))
  for (const way of WAYS) await lay(L.polyline(points(way, 1), look(`casing m-${way}`)))
  for (const way of WAYS) await lay(L.polyline(points(way, 1), look(`fill m-${way}`)))
  await lay(L.polyline(points('path', 1), look('path')))
  for (const tree of points('tree', 0)) L.circle(tree, { ...look('tree'), radius: TREE }).addTo(map)
  await pause()
  drawNames(L, map, features)
}

/** The operator's tiles, fetched from the host that the content policy names. */
export function drawTiles(L, map, template) {
  L.tileLayer(template, { minZoom: map.getMinZoom(), maxZoom: map.getMaxZoom(), className: 'm-tiles' }).addTo(map)
}

/** Where the phone is: a ring of so many real metres, and a dot. */
export function drawYou(L, map, { lat, lon, accuracy }) {
  if (!map.getPane('you')) map.createPane('you').classList.add('m-you')
  const look = (name) => ({ pane: 'you', className: `m-${name}`, interactive: false })
  const ring = L.circle([lat, lon], { ...look('accuracy'), radius: accuracy })
  return L.layerGroup([ring, L.circleMarker([lat, lon], { ...look('me'), radius: 11 })]).addTo(map)
}

function drawNames(L, map, features) {
  map.createPane('names').classList.add('m-names')
  const shown = L.layerGroup().addTo(map)
  const show = () => {
    shown.clearLayers()
    const names = features.filter(({ properties: { layer, zoom } }) => layer === 'name' && zoom === map.getZoom())
    for (const { properties, geometry } of names) shown.addLayer(name(L, properties, geometry))
  }
  map.on('zoomend', show)
  show()
}

function name(L, { text, kind, slope }, { coordinates: [lon, lat] }) {
  const written = Object.assign(document.createElement('span'), { lang: 'nl', textContent: text })
  written.style.transform = `translate(-50%, -50%) rotate(${slope}deg)`
  const icon = L.divIcon({ html: written, className: `m-name m-name--${kind}`, iconSize: [0, 0] })
  return L.marker([lat, lon], { icon, pane: 'names', interactive: false, keyboard: false })
}
