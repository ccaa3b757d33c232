// <walk-pack>: keeps a walk on this phone, says how far it came, and takes it off again. Hidden where nothing can be
// kept. Keeping one is what makes the service worker come, also for somebody who plays nowhere.
import { ask, known, letGo, megabytes, take } from './pack.js'

class WalkPack extends HTMLElement {
  async connectedCallback() {
    if (!(await this.offer())) this.removeAttribute('data-room')
  }

  /** Whether it can be kept, or is. */
  async offer() {
    if (!globalThis.caches || !navigator.serviceWorker) return false
    this.find = (name) => this.querySelector(`[data-part="${name}"]`)
    this.progress = this.querySelector('progress')
    this.addEventListener('click', ({ target }) => this.act(target.closest('[data-do]')?.dataset.do))
    try {
      this.wanted = await ask(this.dataset.list)
    } catch {
      this.wanted = await known(this.dataset.list)
    }
    if (!this.wanted) return false
    this.find('keep').textContent = this.dataset.keep.replace('{number}', megabytes(this.wanted.bytes))
    const before = await known(this.dataset.list)
    this.show(before?.version ? 'kept' : 'keep', before?.version ? this.dataset.kept : '')
    this.hidden = false
    return true
  }

  act(what) {
    if (what === 'keep') this.keep()
    if (what === 'stop') this.stopped?.abort()
    if (what === 'away') letGo(this.dataset.list).then(() => this.show('keep', this.dataset.away))
  }

  async keep() {
    if (!(await this.hasRoom())) return this.show('keep', this.dataset.room)
    this.stopped = new AbortController()
    this.show('busy', '')
    let came = 0
    try {
      await navigator.serviceWorker.register('/sw.js')
      await navigator.storage?.persist?.().catch(() => {})
      await take(this.dataset.list, this.wanted, {
        signal: this.stopped.signal,
        said: (bytes) => this.count((came += bytes)),
      })
      this.show('kept', this.dataset.kept)
      this.querySelector('[data-part="kept"] a').focus()
    } catch {
      this.show('keep', this.dataset.failed)
    }
  }

  count(came) {
    this.progress.value = (100 * came) / this.wanted.bytes
    const words = this.dataset.busy.replace('{number}', megabytes(came)).replace('{most}', megabytes(this.wanted.bytes))
    this.progress.setAttribute('aria-valuetext', words)
  }

  async hasRoom() {
    const { quota, usage } = (await navigator.storage?.estimate?.().catch(() => null)) ?? {}
    return !quota || quota - usage > this.wanted.bytes
  }

  show(what, words) {
    this.querySelector('[data-do="keep"]').hidden = what !== 'keep'
    for (const name of ['busy', 'kept']) this.find(name).hidden = what !== name
    this.find('state').textContent = words
    this.find('state').hidden = !words
  }
}
customElements.define('walk-pack', WalkPack)
