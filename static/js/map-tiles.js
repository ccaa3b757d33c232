// Our own vector tiles (core/basemap/tiles.py) on canvas, with the colours of the page's tokens and the widths of
// map.css: light, dark and high contrast are one style. Names lie where the server found room for them.

const WIDE = { 13: 0.25, 14: 0.35, 15: 0.5, 16: 0.7, 17: 1, 18: 1.6 } // --at of map.css, by zoom
const STREETS = { alley: [11, 8], street: [19, 15.5], main: [25, 21] } // px at zoom 17: casing, and what lies in it
const LETTERS = { main: 16, street: 16, alley: 15, water: 16, green: 15 } // px, as in core/maps/lettering.py
const TREE = 6 // metres
const LOOKS = ['(prefers-color-scheme: dark)', '(prefers-contrast: more)']
const LAST = 15 // zoom of the tiles; closer by, these are shown larger

/** Lay the tiles of this address under a map, and draw them anew when the phone turns dark or light. */
export function drawOwn(L, map, pmtiles) {
  const protomaps = window.protomapsL
  const url = new URL(pmtiles, location).href
  const layer = protomaps.leafletLayer({ url, attribution: '', maxDataZoom: LAST, lang: 'nl', ...style(protomaps, map) })
  const again = () => {
    Object.assign(layer, style(protomaps, map))
    layer.clearLayout()
    layer.rerenderTiles()
  }
  const queries = LOOKS.map((query) => matchMedia(query))
  for (const query of queries) query.addEventListener('change', again)
  map.on('unload', () => queries.forEach((query) => query.removeEventListener('change', again)))
  layer.addTo(map)
}

function style({ PolygonSymbolizer, LineSymbolizer, CircleSymbolizer }, map) {
  const page = getComputedStyle(document.documentElement)
  const token = (name) => page.getPropertyValue(`--buurt-${name}`).trim()
  const color = (name) => token(`map-${name}-color`)
  const px = (wide) => (zoom) => wide * (WIDE[zoom] ?? 1)
  const metre = (zoom) => map.options.crs.scale(zoom) / (2 * Math.PI * 6378137 * Math.cos((map.getCenter().lat * Math.PI) / 180))
  const area = (dataLayer, look, minzoom = 0) => ({ dataLayer, minzoom, symbolizer: new PolygonSymbolizer(look) })
  const line = (dataLayer, look, minzoom = 0) => ({
    dataLayer, minzoom, symbolizer: new LineSymbolizer({ lineJoin: 'round', lineCap: 'round', ...look }),
  }) // prettier-ignore
  const streets = (which, name) =>
    Object.entries(STREETS).map(([kind, wide]) => line(kind, { color: color(name), width: px(wide[which]) }))
  const tree = { radius: (zoom) => TREE * metre(zoom), fill: color('green'), stroke: token('color-hedge'), width: 1.8 }
  const paintRules = [
    area('green', { fill: color('green') }),
    area('water', { fill: color('water'), stroke: color('water-edge'), width: px(2) }),
    area('block', { fill: color('block'), stroke: color('block-edge'), width: px(1.5) }, 15),
    ...streets(0, 'street-edge'),
    ...streets(1, 'street'),
    line('path', { color: color('street-edge'), width: px(3), dash: [1, 7] }, 16),
    { dataLayer: 'tree', minzoom: 16, symbolizer: new CircleSymbolizer(tree) },
  ]
  const look = { font: token('document-font-family'), color: color('label'), halo: color('halo') }
  const isOfZoom = (zoom, { props }) => props.zoom === zoom
  return { paintRules, labelRules: [{ dataLayer: 'name', symbolizer: written(look), filter: isOfZoom }] }
}

/** A name along its street: the room it takes is that of small squares along it, as when the server placed it. */
function written({ font, color, halo }) {
  return {
    place({ scratch }, [[anchor]], { props: { text, kind, slope } }) {
      const size = LETTERS[kind]
      const letters = `${kind === 'water' ? 'italic ' : ''}650 ${size}px ${font}`
      scratch.font = letters
      const wide = scratch.measureText(text).width
      const turn = (slope * Math.PI) / 180
      const draw = (context) => {
        context.rotate(turn)
        Object.assign(context, { font: letters, textAlign: 'center', textBaseline: 'middle', direction: 'ltr', globalAlpha: 1 })
        Object.assign(context, { strokeStyle: halo, lineWidth: 4, lineJoin: 'round', fillStyle: color })
        if (kind !== 'water' && kind !== 'green') context.strokeText(text, 0, 0)
        context.fillText(text, 0, 0)
      }
      return [{ anchor, bboxes: squares(anchor, wide, size, turn), draw }]
    },
  }
}

function squares({ x, y }, wide, size, turn) {
  const count = Math.ceil(wide / size)
  return Array.from({ length: count }, (_, step) => {
    const far = ((step + 0.5) / count - 0.5) * wide
    const [right, down] = [x + far * Math.cos(turn), y + far * Math.sin(turn)]
    return { minX: right - size / 2, minY: down - size / 2, maxX: right + size / 2, maxY: down + size / 2 }
  })
}
