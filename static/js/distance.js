// How far something is, over the ground, and how that is said.

const EARTH = 6371008.8 // metres: the mean radius

/** Metres between two points in degrees (haversine). */
export function distance(lat1, lon1, lat2, lon2) {
  const radians = (degrees) => (degrees * Math.PI) / 180
  const half = (from, to) => Math.sin(radians(to - from) / 2) ** 2
  const chord = half(lat1, lat2) + Math.cos(radians(lat1)) * Math.cos(radians(lat2)) * half(lon1, lon2)
  return 2 * EARTH * Math.asin(Math.sqrt(Math.min(1, chord)))
}

/** A distance as one may say it of a phone's guess: ["metres", to the ten] or, from a kilometre, ["kilometres", to the 0.1]. */
export function rounded(metres) {
  const tens = Math.max(10, Math.round(metres / 10) * 10)
  return tens < 1000 ? ['metres', tens] : ['kilometres', Math.round(metres / 100) / 10]
}

/** Places ({lat, lon, …}) as seen from here, nearest first: [[place, metres], …]; equals keep their order. */
export function nearest(places, here) {
  return places
    .map((place) => [place, distance(here.lat, here.lon, place.lat, place.lon)])
    .sort(([, one], [, other]) => one - other)
}
