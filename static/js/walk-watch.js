// Where the phone is, again and again, while its page is looked at. It stays in this page.

const SETTINGS = { enableHighAccuracy: true, maximumAge: 0, timeout: 30_000 }

/** Tells `found` each fix ({lat, lon, accuracy, at}) and `refused` a no. Stops when the page is hidden, and goes on. */
export class Watch {
  constructor(geolocation, found, refused) {
    Object.assign(this, { geolocation, found, refused, wanted: false, id: null })
    document.addEventListener('visibilitychange', () => this.turn())
  }

  /** From now on. */
  start() {
    this.wanted = true
    this.turn()
  }

  /** No more. */
  stop() {
    this.wanted = false
    this.turn()
  }

  turn() {
    const on = this.wanted && !document.hidden
    if (on && this.id === null) this.id = this.geolocation.watchPosition((fix) => this.take(fix), (no) => this.no(no), SETTINGS)
    if (!on && this.id !== null) {
      this.geolocation.clearWatch(this.id)
      this.id = null
    }
  }

  take({ coords, timestamp }) {
    this.found({ lat: coords.latitude, lon: coords.longitude, accuracy: coords.accuracy, at: timestamp })
  }

  no({ code }) {
    if (code !== 1) return // no fix yet: the next may come
    this.stop()
    this.refused()
  }
}

/** Whether this phone said yes before, so that it can be asked without a question. */
export async function isAllowed() {
  try {
    return (await navigator.permissions.query({ name: 'geolocation' })).state === 'granted'
  } catch {
    return false
  }
}
