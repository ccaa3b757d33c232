// <photo-slides>: one photo at a time, by itself, by keys and by buttons. Every 20 seconds it looks which photos may still be
// shown; a minute without an answer from us and all go, for somebody may have withdrawn one meanwhile.
const EACH = 7000
const EVERY = 20000
const MOST = 60000
const A_SECOND = 1000
const KEYS = { ArrowRight: 1, ArrowLeft: -1, PageDown: 1, PageUp: -1 }

class PhotoSlides extends HTMLElement {
  connectedCallback() {
    this.find = (name) => this.querySelector(`[data-part="${name}"]`)
    this.heard = Date.now()
    this.dataset.runs = ''
    this.find('bar').hidden = false
    this.find('full').hidden = !document.fullscreenEnabled
    this.find('back').addEventListener('click', () => this.go(-1))
    this.find('on').addEventListener('click', () => this.go(1))
    this.find('pause').addEventListener('click', () => this.pause(!this.isPaused))
    this.find('full').addEventListener('click', () => this.find('stage').requestFullscreen())
    this.pressed = (event) => this.press(event)
    document.addEventListener('keydown', this.pressed)
    this.timers = [setInterval(() => this.look(), EVERY), setInterval(() => this.tick(), A_SECOND)]
    this.pause(matchMedia('(prefers-reduced-motion: reduce)').matches)
    this.go(0)
  }

  disconnectedCallback() {
    this.timers.forEach(clearInterval)
    document.removeEventListener('keydown', this.pressed)
  }

  get figures() {
    return [...this.querySelectorAll('[data-kiek]')]
  }

  press(event) {
    const isButton = event.target.closest('button, a')
    if (KEYS[event.key]) this.go(KEYS[event.key] * (document.dir === 'rtl' ? -1 : 1))
    else if (event.key === ' ' && !isButton) this.pause(!this.isPaused)
    else return
    event.preventDefault()
  }

  pause(isPaused) {
    this.isPaused = isPaused
    this.find('pause').setAttribute('aria-pressed', String(isPaused))
  }

  go(steps) {
    const { figures } = this
    this.since = Date.now()
    const now = Math.max(0, figures.findIndex((one) => one.dataset.kiek === this.shown))
    const next = figures[(now + steps + figures.length) % figures.length]
    this.shown = next?.dataset.kiek
    this.draw()
  }

  draw() {
    const isAway = Date.now() - this.heard >= MOST
    this.find('away').hidden = !isAway
    for (const one of this.figures) one.hidden = isAway || one.dataset.kiek !== this.shown
  }

  tick() {
    if (!this.isPaused && Date.now() - this.since >= EACH) this.go(1)
    else this.draw()
  }

  async look() {
    const asked = Date.now()
    try {
      const answer = await fetch(location.href, { cache: 'no-store', redirect: 'error', signal: AbortSignal.timeout(EVERY) })
      const page = new DOMParser().parseFromString(await answer.text(), 'text/html')
      if (!answer.ok || !page.querySelector('main')) return // another network's page is no word of ours
      this.heard = asked
      const may = new Set([...page.querySelectorAll('[data-kiek]')].map((one) => one.dataset.kiek))
      this.figures.filter((one) => !may.has(one.dataset.kiek)).forEach((one) => this.drop(one))
      this.draw()
    } catch {
      // asked again by the next look
    }
  }

  drop(figure) {
    if (figure.dataset.kiek === this.shown) this.go(1)
    figure.remove()
  }
}
customElements.define('photo-slides', PhotoSlides)
