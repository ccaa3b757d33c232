// Leaflet with what lies under the pins: our own tiles, an operator's, or the drawing; the drawing too where our tiles
// do not come.
import { fetched, load } from './leaflet.js'

/** By the data of an element Leaflet, how far its map goes in, and `draw(L, map)`, which lays the ground. All of it is fetched at once. */
export async function under({ leaflet, sheets, tiles, drawing, pmtiles, protomaps }) {
  const [L, layers, own] = await Promise.all([
    load(leaflet, sheets.split(' ')),
    import('./map-ground.js'),
    pmtiles ? ownTiles(pmtiles, protomaps) : null,
  ])
  const features = !own && drawing ? await fetch(drawing).then((answer) => answer.json()) : null
  const draw = async (map) => {
    if (tiles) layers.drawTiles(L, map, tiles)
    if (own) own.drawOwn(L, map, pmtiles)
    if (features) await layers.drawGround(L, map, features)
  }
  return { L, layers, draw, maxZoom: tiles ? 19 : 18 }
}

/** The module that draws them; null where they are not to be had, or only whole: then a phone would fetch all for each. */
async function ownTiles(pmtiles, protomaps) {
  try {
    const [style, answer] = await Promise.all([
      import('./map-tiles.js'),
      fetch(pmtiles, { headers: { Range: 'bytes=0-6' } }),
      fetched(protomaps),
    ])
    return answer.status === 206 && (await answer.text()) === 'PMTiles' ? style : null
  } catch {
    return null
  }
}
