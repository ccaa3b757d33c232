// <fresh-parts>: fetches its page every so many seconds and puts the parts that changed in their place. It waits while
// somebody has the focus in a part, so that no button moves away under a finger.
class FreshParts extends HTMLElement {
  connectedCallback() {
    this.timer = setInterval(() => document.hidden || this.look(), Number(this.dataset.every) * 1000)
  }

  disconnectedCallback() {
    clearInterval(this.timer)
  }

  async look() {
    try {
      const answer = await fetch(location.href, { cache: 'no-store', redirect: 'error' })
      const page = new DOMParser().parseFromString(await answer.text(), 'text/html').querySelector(this.localName)
      if (answer.ok && page) this.put(page)
    } catch {
      // asked again by the next look
    }
  }

  put(page) {
    for (const now of page.querySelectorAll('[data-part]')) {
      const here = this.querySelector(`[data-part="${now.dataset.part}"]`)
      if (!here || here.contains(document.activeElement) || here.outerHTML === now.outerHTML) continue
      here.replaceWith(document.adoptNode(now))
    }
  }
}
customElements.define('fresh-parts', FreshParts)
