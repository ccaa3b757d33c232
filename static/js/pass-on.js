// <pass-on data-link>: a button that shares a link by the phone's own sheet, or copies it where there is none. Without
// scripts, or where a browser offers neither, the link is selected by hand.

class PassOn extends HTMLElement {
  connectedCallback() {
    const { link } = this.dataset
    const [share, copy] = ['share', 'copy'].map((part) => this.querySelector(`[data-part="${part}"]`))
    const said = this.querySelector('[data-part="said"]')
    share.hidden = !navigator.share
    copy.hidden = !share.hidden || !navigator.clipboard
    share.addEventListener('click', () => navigator.share({ url: link }).catch(() => {})) // they closed the sheet
    copy.addEventListener('click', () =>
      navigator.clipboard.writeText(link).then(() => { said.hidden = false }, () => { copy.hidden = true }))
  }
}
customElements.define('pass-on', PassOn)
