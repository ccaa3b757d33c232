// When somebody who walks is at a stop: rules over fixes of a phone, without a phone, a map or a clock of its own.

import { distance } from './distance.js'

export const RADIUS = 25 // metres around a stop, where it has no radius of its own
const VAGUE = 40 // metres: a fix that knows no better is no fix, unless the stop is wide
const OUT = 1.5 // of the radius: farther than that one has left
const FIXES = 2 // in a row, before one is there
const GAP = 60_000 // milliseconds without a fix: then they are not in a row

/** Stops are {number, lat, lon, radius?}; `heard` are the numbers that were heard before. */
export class Triggers {
  constructor(stops, heard = []) {
    this.stops = stops.map((stop) => ({ radius: RADIUS, ...stop, near: 0, inside: false }))
    this.heard = new Set(heard)
  }

  /** A fix ({lat, lon, accuracy, at}: degrees, metres, milliseconds). The number of a stop that one is at now and that
      was not heard, the nearest where they overlap; else null. It stays the answer until `hear` is told of it. */
  take(fix) {
    if (fix.at - this.last > GAP) for (const stop of this.stops) stop.near = 0
    const seen = this.stops.filter(({ radius }) => fix.accuracy <= Math.max(VAGUE, 2 * radius))
    if (!seen.length) return null
    this.last = fix.at
    for (const stop of seen) this.look(stop, distance(fix.lat, fix.lon, stop.lat, stop.lon))
    const at = seen.filter(({ inside, number }) => inside && !this.heard.has(number))
    return at.sort((one, other) => one.metres - other.metres)[0]?.number ?? null
  }

  look(stop, metres) {
    stop.metres = metres
    stop.near = metres <= stop.radius ? stop.near + 1 : 0
    if (stop.near >= FIXES) stop.inside = true
    if (metres > OUT * stop.radius) stop.inside = false
  }

  /** A stop is heard, or waits to be: it does not come of itself again. */
  hear(number) {
    this.heard.add(number)
  }

  /** Metres to a stop, as last seen; null before the first fix. */
  metresTo(number) {
    return this.stops.find((stop) => stop.number === number)?.metres ?? null
  }
}

/** What is to be heard, one after another: nothing interrupts what is being said. */
export class Turns {
  constructor() {
    this.waiting = []
  }

  /** Somebody is at a stop. What is to be opened now, or null where it waits. */
  at(number, isSpeaking) {
    if (!isSpeaking && !this.waiting.length) return number
    if (!this.waiting.includes(number)) this.waiting.push(number)
    return isSpeaking ? null : this.next()
  }

  /** What waits longest; null for nothing. */
  next() {
    return this.waiting.shift() ?? null
  }

  /** A stop was opened by hand. */
  drop(number) {
    this.waiting = this.waiting.filter((one) => one !== number)
  }
}
