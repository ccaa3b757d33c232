// <walk-pocket>: a black page that keeps the screen on while one walks. A touch does nothing; a long press does, and so
// do a keyboard and a screen reader, which touch nothing by chance.

const LONG = 800 // milliseconds

class WalkPocket extends HTMLElement {
  connectedCallback() {
    this.dialog = this.querySelector('dialog')
    this.hidden = false
    this.querySelector('[data-do="in"]').addEventListener('click', () => this.in())
    for (const button of this.querySelectorAll('[data-held]')) this.held(button)
    document.addEventListener('arrive', () => this.show())
    document.addEventListener('visibilitychange', () => this.dialog.open && this.stayOn())
    this.dialog.addEventListener('close', () => this.light?.release())
    this.dialog.addEventListener('contextmenu', (event) => event.preventDefault())
  }

  in() {
    this.dialog.showModal()
    this.show()
    this.stayOn()
  }

  /** The screen; where a phone refuses, it goes out as it always does. */
  async stayOn() {
    if (!document.hidden) this.light = await navigator.wakeLock?.request('screen').catch(() => null)
  }

  held(button) {
    let timer
    const let_go = () => {
      clearTimeout(timer)
      button.classList.remove('is-held')
    }
    button.addEventListener('pointerdown', () => {
      button.classList.add('is-held')
      timer = setTimeout(() => this.act(button.dataset.held, let_go()), LONG)
    })
    for (const end of ['pointerup', 'pointerleave', 'pointercancel']) button.addEventListener(end, let_go)
    button.addEventListener('click', ({ detail }) => detail === 0 && this.act(button.dataset.held))
  }

  act(what) {
    what === 'out' ? this.dialog.close() : document.querySelector('#there, #on')?.click()
  }

  /** What the page says now, in a few large words. */
  show() {
    const walk = document.querySelector('walk-along')
    if (walk.dataset.phase === 'end') return this.dialog.close()
    const say = (name, from) => (this.querySelector(`[data-part="${name}"]`).textContent = from?.textContent.trim() ?? '')
    const isThere = walk.dataset.phase === 'here'
    say('bar', document.querySelector('.buurt-top__title'))
    say('distance', walk.querySelector('[data-part="distance"]'))
    say('words', isThere ? walk.querySelector('h1') : (walk.querySelector('[data-part="bridge"]') ?? walk.querySelector('h1')))
    say('there', walk.querySelector('#there, #on'))
  }
}

customElements.define('walk-pocket', WalkPocket)
