// Where the phone is, asked once. It goes into one form and is kept nowhere.

const SETTINGS = { enableHighAccuracy: true, timeout: 12000, maximumAge: 15000 }

/** {lat, lon, accuracy} in degrees and metres; null when the phone does not say: refused, no fix, or too slow. */
export function fix(geolocation) {
  return new Promise((done) => {
    if (!geolocation) return done(null)
    const found = ({ coords }) => done({ lat: coords.latitude, lon: coords.longitude, accuracy: coords.accuracy })
    geolocation.getCurrentPosition(found, () => done(null), SETTINGS)
  })
}
