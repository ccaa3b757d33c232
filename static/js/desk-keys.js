// <desk-keys>: the number keys press what carries them, unless somebody turned that off; says what is left to do.
// <undo-moment>: goes after some seconds, but never from under somebody's finger.
const OFF = 'desk-keys-off'

class DeskKeys extends HTMLElement {
  connectedCallback() {
    this.press = (event) => this.hear(event)
    document.addEventListener('keydown', this.press)
    this.offer()
    const said = this.querySelector('[data-part=said]')
    this.timer = setTimeout(() => { said.textContent = said.dataset.say ?? '' }, 300)
  }

  disconnectedCallback() {
    document.removeEventListener('keydown', this.press)
    clearTimeout(this.timer)
  }

  // Who speaks to their computer, or leans on a key, can do without (WCAG 2.1.4).
  offer() {
    const choice = this.querySelector('[data-part=shortcuts]')
    if (!choice) return
    const box = choice.querySelector('input')
    choice.hidden = false
    box.checked = !localStorage.getItem(OFF)
    box.addEventListener('change', () => (box.checked ? localStorage.removeItem(OFF) : localStorage.setItem(OFF, 'yes')))
  }

  hear(event) {
    if (this.hidden || event.ctrlKey || event.altKey || event.metaKey || event.target.closest('textarea, select')) return
    const open = this.querySelector('details[open]')
    if (event.key === 'Escape' && open) return this.shut(open)
    if (localStorage.getItem(OFF)) return
    const among = open && event.key !== '0' ? open : this
    const carriers = [...among.querySelectorAll(`[data-key="${CSS.escape(event.key)}"]`)]
    const wanted = carriers.find((one) => one.checkVisibility())
    if (!wanted) return
    event.preventDefault()
    if (wanted.localName !== 'details') return wanted.click()
    wanted.open = true
    wanted.querySelector('button').focus()
  }

  shut(details) {
    details.open = false
    details.querySelector('summary').focus()
  }
}
customElements.define('desk-keys', DeskKeys)

class UndoMoment extends HTMLElement {
  connectedCallback() {
    this.addEventListener('focusout', () => this.over && this.go())
    this.timer = setTimeout(() => this.go(), Number(this.dataset.seconds) * 1000)
  }

  go() {
    this.over = true
    this.hidden = !this.contains(document.activeElement)
  }

  disconnectedCallback() {
    clearTimeout(this.timer)
  }
}
customElements.define('undo-moment', UndoMoment)
