// What somebody draws: areas with a name and a ring of corners, one area and one of its corners chosen.
// A drawing is {areas, area, corner}; each change gives a new one, so that an older one can be put back.

const replaced = (list, index, one) => list.map((each, place) => (place === index ? one : each))
const without = (list, index) => list.filter((_each, place) => place !== index)
const alter = (list, index, one) => replaced(list, index, { ...list[index], ...one })
const judged = new WeakMap() // by ring: a change gives another one

/** An angle to a tenth of a metre. */
export const rounded = (angle) => Number(angle.toFixed(6))

/** The drawing of these areas ([{name, part, zone, ring: [[lat, lon], …]}, …]), the first one chosen. */
export function drawingOf(areas) {
  return chosen({ areas }, 0)
}

/** The same with another area chosen, and its last corner: the next one comes after it. */
export function chosen({ areas }, area) {
  return { areas, area, corner: areas[area].ring.length - 1 }
}

/** The chosen corner: which of how many, and where; `at` is null where there is none. */
export function cornerOf({ areas, area, corner }) {
  const { ring } = areas[area]
  const [lat, lon] = ring[corner] ?? []
  return { number: corner + 1, total: ring.length, at: lat === undefined ? null : { lat, lon } }
}

/** With a corner after the chosen one; the new one is chosen. */
export function put(drawing, { lat, lon }) {
  const corner = drawing.corner + 1
  return { ...reshaped(drawing, (ring) => [...ring.slice(0, corner), [rounded(lat), rounded(lon)], ...ring.slice(corner)]), corner }
}

/** With the chosen corner somewhere else. */
export function moved(drawing, { lat, lon }) {
  if (drawing.corner < 0) return drawing
  return reshaped(drawing, (ring) => replaced(ring, drawing.corner, [rounded(lat), rounded(lon)]))
}

/** Without the chosen corner; the one before it is chosen, or where it was the first the last. */
export function taken(drawing) {
  if (drawing.corner < 0) return drawing
  const less = reshaped(drawing, (ring) => without(ring, drawing.corner))
  return { ...less, corner: drawing.corner > 0 ? drawing.corner - 1 : less.areas[less.area].ring.length - 1 }
}

/** With one more area, chosen, without a name and without corners. */
export function added(drawing) {
  const areas = [...drawing.areas, { name: '', part: '', zone: null, living: 0, ring: [] }]
  return { areas, area: areas.length - 1, corner: -1 }
}

/** Without the chosen area; the one before it is chosen. */
export function removed({ areas, area }) {
  return chosen({ areas: without(areas, area) }, area - 1)
}

/** With another name for the chosen area. */
export function renamed(drawing, name) {
  return { ...drawing, areas: alter(drawing.areas, drawing.area, { name }) }
}

/** What keeps a drawing from being kept: [[what, the index of the area], …]. An area may be without any corner where it
 * was so before (`undrawn`). */
export function faults({ areas }) {
  const names = areas.map(({ name, part }) => (part ? null : name.trim().toLowerCase()))
  return areas.flatMap(({ ring, undrawn }, index) => [
    ...(names[index] === '' ? [['nameless', index]] : []),
    ...(names[index] && names.indexOf(names[index]) < index ? [['twice', index]] : []),
    ...(ring.length < 3 && !(undrawn && !ring.length) ? [['short', index]] : []),
    ...(crosses(ring) ? [['crosses', index]] : []),
  ])
}

/** Whether a line around an area crosses itself: two of its sides that are no neighbours touch. A ring is judged once. */
export function crosses(ring) {
  if (!judged.has(ring)) judged.set(ring, meets(ring))
  return judged.get(ring)
}

function meets(ring) {
  const sides = ring.map((corner, index) => [corner, ring[(index + 1) % ring.length]])
  return sides.some(([a, b], one) =>
    sides.some(([c, d], other) => other > one + 1 && !(one === 0 && other === ring.length - 1) && touch(a, b, c, d)),
  )
}

/** The drawing as GeoJSON, whose rings end where they began. */
export function geojson({ areas }) {
  const features = areas.map(({ name, part, zone, ring }) => ({
    type: 'Feature',
    properties: { name, part, zone },
    geometry: ring.length ? { type: 'Polygon', coordinates: [[...ring, ring[0]].map(([lat, lon]) => [rounded(lon), rounded(lat)])] } : null,
  }))
  return JSON.stringify({ type: 'FeatureCollection', features })
}

function reshaped(drawing, change) {
  return { ...drawing, areas: alter(drawing.areas, drawing.area, { ring: change(drawing.areas[drawing.area].ring) }) }
}

function touch(a, b, c, d) {
  const turns = [turn(a, b, c), turn(a, b, d), turn(c, d, a), turn(c, d, b)]
  if (turns[0] * turns[1] < 0 && turns[2] * turns[3] < 0) return true
  const ends = [[a, b, c], [a, b, d], [c, d, a], [c, d, b]] // prettier-ignore
  return ends.some((three, index) => turns[index] === 0 && within(...three))
}

const turn = (a, b, c) => (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])
const within = (a, b, c) =>
  [0, 1].every((side) => Math.min(a[side], b[side]) <= c[side] && c[side] <= Math.max(a[side], b[side]))
