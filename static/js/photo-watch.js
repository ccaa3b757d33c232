// <photo-watch>: asks whether the photos on this page may still be seen, and takes away those that may not.
const EVERY = 20000

class PhotoWatch extends HTMLElement {
  connectedCallback() {
    this.setAttribute('role', 'status')
    this.back = () => !document.hidden && this.look()
    document.addEventListener('visibilitychange', this.back)
    addEventListener('pageshow', this.back)
    this.again()
  }

  disconnectedCallback() {
    document.removeEventListener('visibilitychange', this.back)
    removeEventListener('pageshow', this.back)
    clearTimeout(this.timer)
  }

  again() {
    clearTimeout(this.timer)
    if (this.isConnected && !document.hidden) this.timer = setTimeout(() => this.look(), EVERY)
  }

  async look() {
    const boxes = [...document.querySelectorAll('[data-kiek]')]
    if (!boxes.length) return
    const gone = await this.gone(boxes.map((box) => box.dataset.kiek))
    boxes.filter((box) => gone.includes(box.dataset.kiek)).forEach((box) => this.drop(box))
    this.again()
  }

  async gone(keys) {
    try {
      const answer = await fetch(`${this.dataset.url}?on=${this.dataset.on}&keys=${keys.join('.')}`)
      return answer.ok ? (await answer.json()).gone : []
    } catch {
      return [] // without network nothing can be asked; the picture itself is not kept
    }
  }

  drop(box) {
    const said = document.createElement('p')
    said.className = 'buurt-small'
    said.textContent = this.dataset.gone
    box.replaceWith(said)
    this.textContent = this.dataset.gone
  }
}
customElements.define('photo-watch', PhotoWatch)
