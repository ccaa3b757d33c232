// <kept-walks>: the walks that are kept on this phone, on the page for without network. Hidden where there are none.
import { listOf } from './pack.js'

class KeptWalks extends HTMLElement {
  async connectedCallback() {
    const list = this.querySelector('ul')
    for (const name of (await globalThis.caches?.keys().catch(() => [])) ?? []) {
      const walk = await listOf(name)
      if (!walk) continue
      const row = this.querySelector('template').content.cloneNode(true)
      row.querySelector('a').href = walk.page
      row.querySelector('[data-part="title"]').textContent = walk.title
      list.append(row)
    }
    this.hidden = !list.children.length
  }
}
customElements.define('kept-walks', KeptWalks)
