// <neighbourhood-wall>: fetches the wall every 20 seconds and puts what changed in its place. A minute without an answer
// from us and the photo goes, for somebody may have withdrawn it meanwhile; the rest stays.
const EVERY = 20000 // the same as EVERY in core/walls/views.py
const MOST = 60000
const A_SECOND = 1000

class NeighbourhoodWall extends HTMLElement {
  connectedCallback() {
    this.find = (name, where = this) => where.querySelector(`[data-part="${name}"]`)
    this.heard = Date.now()
    this.timers = [setInterval(() => this.look(), EVERY), setInterval(() => this.watch(), A_SECOND)]
  }

  disconnectedCallback() {
    this.timers.forEach(clearInterval)
  }

  async look() {
    const asked = Date.now()
    try {
      const answer = await fetch(location.href, { cache: 'no-store', redirect: 'error', signal: AbortSignal.timeout(EVERY) })
      if (answer.status === 404) return location.reload() // it was turned off
      const wall = new DOMParser().parseFromString(await answer.text(), 'text/html').querySelector(this.localName)
      if (answer.ok && wall) this.put(wall, asked) // another network's page is no word of ours
    } catch {
      // asked again by the next look
    }
  }

  put(wall, asked) {
    this.heard = asked
    this.className = wall.className
    for (const now of wall.querySelectorAll('[data-part]')) {
      const here = this.find(now.dataset.part)
      if (here && here.outerHTML !== now.outerHTML) here.replaceWith(document.adoptNode(now))
    }
    this.watch()
  }

  watch() {
    if (Date.now() - this.heard >= MOST) this.find('photo').replaceChildren()
  }
}
customElements.define('neighbourhood-wall', NeighbourhoodWall)
