// How far walks are walked, for sums: a random id that this tab made up, thrown away with it. Never where, never who.

export class Tally {
  constructor(url, key, store = sessionStorage) {
    Object.assign(this, { url, name: `walked ${key}`, store })
  }

  /** A page of the walk was reached: 'way', 'here' or 'end'. What does not arrive is not counted. */
  reach(phase, number) {
    const body = new URLSearchParams({ walk: this.id(), reached: phase, number, quiet: 'yes' })
    fetch(this.url, { method: 'POST', body, keepalive: true }).catch(() => {})
    if (phase === 'end') this.over()
  }

  id() {
    try {
      const id = this.store.getItem(this.name) ?? crypto.randomUUID()
      this.store.setItem(this.name, id)
      return id
    } catch {
      return (this.made ??= crypto.randomUUID())
    }
  }

  over() {
    try {
      this.store.removeItem(this.name)
    } catch {
      /* it was not kept */
    }
  }
}
