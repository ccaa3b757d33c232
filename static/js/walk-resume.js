// <walk-resume>: a link back to the walk that goes on, on this phone. On the page of a spot of that walk it leads to the
// stop itself, as scanning its sign counts as being there.
import { recall } from './walk-memory.js'
import { fill } from './words.js'

class WalkResume extends HTMLElement {
  connectedCallback() {
    const walk = recall(localStorage, this.dataset.base)
    const here = walk && JSON.parse(this.dataset.here ?? '{}')[walk.tour]
    if (!walk || ('here' in this.dataset && !here)) return
    const link = this.querySelector('a')
    link.href = `${this.dataset.base}/${encodeURIComponent(walk.tour)}/${here ? `${here}/here` : walk.number}`
    this.querySelector('[data-part="text"]').textContent = fill(this.dataset.text, { num: here ?? walk.number })
    this.hidden = false
  }
}

customElements.define('walk-resume', WalkResume)
