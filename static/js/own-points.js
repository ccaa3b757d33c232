// <own-points>: one's own points beside a board, asked for again when the page comes back into view.
class OwnPoints extends HTMLElement {
  connectedCallback() {
    this.look = () => document.visibilityState === 'visible' && this.show()
    document.addEventListener('visibilitychange', this.look)
  }

  disconnectedCallback() {
    document.removeEventListener('visibilitychange', this.look)
  }

  async show() {
    const answer = await fetch(this.dataset.url).catch(() => null)
    const points = answer?.ok ? (await answer.json()).points : null
    if (points !== null) this.find('points').textContent = points
  }

  find(part) {
    return this.querySelector(`[data-part="${part}"]`)
  }
}
customElements.define('own-points', OwnPoints)
