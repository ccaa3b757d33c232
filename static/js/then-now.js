// <then-now>: lays the picture of now over that of then, and lets a slider or a button say how much of each one sees.
class ThenNow extends HTMLElement {
  connectedCallback() {
    this.range = this.querySelector('input')
    this.range.addEventListener('input', () => this.show())
    this.addEventListener('click', ({ target }) => this.go(target.closest('[data-at]')?.dataset.at))
    this.querySelectorAll('[hidden]').forEach((part) => (part.hidden = false))
    this.dataset.ready = ''
    this.show()
  }

  go(at) {
    if (at === undefined) return
    this.range.value = at
    this.show()
  }

  show() {
    const at = this.range.value
    this.style.setProperty('--at', at)
    for (const button of this.querySelectorAll('[data-at]')) button.ariaPressed = String(button.dataset.at === at)
  }
}
customElements.define('then-now', ThenNow)
