// <from-fragment>: fills its field with what stands behind the # of the address, which no server sees, and wipes it there.
// Its first child, with the field, hides; a part "read" says that it was read.

class FromFragment extends HTMLElement {
  connectedCallback() {
    this.read()
    addEventListener('hashchange', () => this.read())
  }

  read() {
    const secret = decodeURIComponent(location.hash.slice(1))
    if (!secret || document.getElementById(secret)) return // the address leads to a place on this page
    this.querySelector('input').value = secret
    this.firstElementChild.hidden = true
    this.querySelector('[data-part="read"]')?.removeAttribute('hidden')
    history.replaceState(null, '', location.pathname + location.search)
  }
}
customElements.define('from-fragment', FromFragment)
