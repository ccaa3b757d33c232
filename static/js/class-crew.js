// <class-crew>: keeps the pages of this crew for when there is no network, says every half minute at which stop it is,
// shows what its teacher says, and leads on where a form would find no network. Once it is over, what was kept of the
// pages goes.
const EVERY = 30000

class ClassCrew extends HTMLElement {
  connectedCallback() {
    this.find = (name) => this.querySelector(`[data-part="${name}"]`)
    this.heard = Number(this.dataset.heard)
    this.timer = setInterval(() => document.hidden || this.say(), EVERY)
    addEventListener('online', () => this.say())
    document.addEventListener('submit', (event) => this.submit(event))
    this.say()
    if (this.dataset.over) this.letGo()
    else this.keep()
  }

  disconnectedCallback() {
    clearInterval(this.timer)
  }

  get cache() {
    return `class-${this.dataset.token}`
  }

  // The next stop is a page that is kept, and says by itself that they are there. Help needs network: without it they
  // read so on this page.
  async submit(event) {
    const { goes, asks } = event.target.dataset
    if (goes === undefined && asks === undefined) return
    event.preventDefault()
    if (goes !== undefined) location.assign(event.target.action)
    else if (await this.say()) event.target.submit()
    else event.target.querySelector('[data-part="away"]').hidden = false
  }

  // Resolves to whether there was network.
  async say() {
    const body = new FormData()
    body.set('heard', this.heard)
    const headers = { Accept: 'application/json' }
    try {
      const answer = await fetch(this.dataset.go, { method: 'POST', body, headers, cache: 'no-store' })
      if (answer.ok) this.show(await answer.json())
      return true
    } catch {
      return false // said again in a while
    }
  }

  show({ word, heard, rests, over }) {
    if (over && !this.dataset.over) return location.reload()
    this.find('says').textContent = word
    this.find('word').hidden = !word
    this.find('rest').hidden = !rests
    this.heard = heard
  }

  // Every page of this crew with all that stands on it: the service worker answers with it without network.
  async keep() {
    if (!navigator.serviceWorker || !globalThis.caches) return
    try {
      await navigator.serviceWorker.register('/sw.js')
      const cache = await caches.open(this.cache)
      for (const page of this.dataset.pages.split(' ')) await this.keepPage(cache, page)
      this.dataset.ready = ''
    } catch {
      // a browser that keeps nothing, or no network just now: everything works, with network
    }
  }

  async keepPage(cache, page) {
    const answer = await fetch(page, { cache: 'no-store' })
    if (!answer.ok || answer.redirected) return
    await cache.put(page, answer.clone())
    const read = new DOMParser().parseFromString(await answer.text(), 'text/html')
    const parts = read.querySelectorAll('link[rel="stylesheet"], link[rel="icon"], script[src], img[src], use[href]')
    for (const part of parts) await this.keepFile(cache, part.getAttribute('src') ?? part.getAttribute('href'))
  }

  async keepFile(cache, address) {
    const { origin, pathname, search } = new URL(address, location.href)
    const file = pathname + search
    if (origin === location.origin && !(await cache.match(file))) await cache.add(file).catch(() => {})
  }

  letGo() {
    globalThis.caches?.delete(this.cache).catch(() => {}) // a browser that keeps nothing has nothing to let go
  }
}
customElements.define('class-crew', ClassCrew)
