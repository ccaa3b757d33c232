// <walk-kept>: on the page of a kept walk. Looks whether all of it is still on the phone, brings it up to date when
// there is network, and plays its voices from the phone: a worker answers no part of a sound.
import { ask, cacheOf, known, letGo, missing, take, there } from './pack.js'

class WalkKept extends HTMLElement {
  async connectedCallback() {
    this.list = this.dataset.list
    if (!(await known(this.list).catch(() => null))) return
    await this.meet()
    await this.play()
  }

  /** What went meanwhile goes here too, at the first contact. */
  async meet() {
    const before = await known(this.list)
    try {
      const now = await ask(this.list)
      if (now === null) {
        await letGo(this.list)
        return this.say(this.dataset.gone)
      }
      const lacks = missing(now.files, await there(this.list)).length
      if (now.version === before.version && !lacks) return this.say(this.dataset.whole)
      await take(this.list, now)
      this.say(this.dataset.newer)
    } catch {
      const lacks = missing(before.files, await there(this.list)).length
      const words = this.dataset.part.replace('{number}', lacks).replace('{most}', before.files.length)
      this.say(lacks || !before.version ? words : this.dataset.whole)
    }
  }

  async play() {
    const cache = await caches.open(cacheOf(this.list))
    for (const audio of document.querySelectorAll('audio')) {
      const found = await cache.match(new URL(audio.src).pathname)
      if (found) audio.src = URL.createObjectURL(await found.blob())
    }
  }

  say(words) {
    const state = this.querySelector('[data-part="state"]')
    state.textContent = words
    state.hidden = false
  }
}
customElements.define('walk-kept', WalkKept)
