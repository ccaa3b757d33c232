// <turning-page>: asks whether the other has answered, and shows the new page when it has.
import { PACE, pause } from './pace.js'

class TurningPage extends HTMLElement {
  connectedCallback() {
    this.setAttribute('role', 'status')
    this.since = Date.now()
    this.seen = () => !document.hidden && this.again(PACE.quick)
    document.addEventListener('visibilitychange', this.seen)
    this.again(PACE.quick)
  }

  disconnectedCallback() {
    document.removeEventListener('visibilitychange', this.seen)
    clearTimeout(this.timer)
  }

  again(wait) {
    clearTimeout(this.timer)
    if (this.isConnected && !document.hidden) this.timer = setTimeout(() => this.look(), wait)
  }

  async look() {
    const state = await this.state()
    if (state && this.dataset.state && state !== this.dataset.state) return this.turn()
    if (state) this.dataset.state = state
    this.again(pause(Date.now() - this.since))
  }

  async state() {
    try {
      const answer = await fetch(this.dataset.stateUrl, { headers: { Accept: 'application/json' } })
      if (answer.status === 404) this.remove() // signed out in another tab: there is nothing to wait for
      return answer.ok ? (await answer.json()).state : null
    } catch {
      return null
    }
  }

  turn() {
    this.textContent = this.dataset.turned
    setTimeout(() => location.reload(), PACE.turn)
  }
}
customElements.define('turning-page', TurningPage)
