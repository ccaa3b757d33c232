// Small steps over the ground, and where one point lies as seen from another.
import { distance } from './distance.js'

const EARTH = 6371008.8 // metres: the mean radius
const WINDS = ['north', 'northeast', 'east', 'southeast', 'south', 'southwest', 'west', 'northwest']
const degrees = (radians) => (radians * 180) / Math.PI
const radians = (angle) => (angle * Math.PI) / 180

/** Which way the arrow keys go: [east, north]. */
export const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] }

/** A point ({lat, lon} in degrees) so many metres east and north of another. */
export function nudged({ lat, lon }, east, north) {
  return { lat: lat + degrees(north / EARTH), lon: lon + degrees(east / EARTH / Math.cos(radians(lat))) }
}

/** Degrees as a form keeps them: to a tenth of a metre. */
export function written(angle) {
  return angle.toFixed(6)
}

/** A number that somebody typed, with a point or a comma; NaN for anything else. */
export function typed(text) {
  const plain = text.trim().replace(',', '.')
  return /^-?\d+(\.\d+)?$/.test(plain) ? Number(plain) : NaN
}

/** Both numbers of a place that were pasted into one field, such as "52.0907° N, 5.1014° E"; null for any other text. */
export function pasted(text) {
  const both = /^[\s(]*(-?\d+[.,]\d+)\s*°?\s*N?[,;\s]+(-?\d+[.,]\d+)\s*°?\s*[EO]?[\s)]*$/i.exec(text)
  return both && { lat: typed(both[1]), lon: typed(both[2]) }
}

/** How `to` lies as seen from `from`: [which wind, whole metres]; ["at", 0] within a metre. */
export function bearing(from, to) {
  const metres = Math.round(distance(from.lat, from.lon, to.lat, to.lon))
  if (metres < 1) return ['at', 0]
  const east = (to.lon - from.lon) * Math.cos(radians(from.lat))
  const eighth = Math.round((degrees(Math.atan2(east, to.lat - from.lat)) + 360) / 45) % 8
  return [WINDS[eighth], metres]
}
