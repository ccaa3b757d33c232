// Where a point lies, in words for who does not see the map: so many metres north of the place nearest to it.
import { nearest } from './distance.js'
import { bearing } from './nudge.js'
import { fill } from './words.js'

const APART = ['\u2068', '\u2069'] // a name keeps its own direction inside the sentence

/** Sentences ({at, north, northeast, …}) with a {number} and a {name}; `places` are {name, lat, lon}. */
export function whereabouts(point, places, sentences, numbers) {
  const [[landmark]] = nearest(places, point)
  const [wind, metres] = bearing(landmark, point)
  return fill(sentences[wind], { number: numbers.format(metres), name: APART.join(landmark.name) })
}
