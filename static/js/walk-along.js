// <walk-along>: one walks on without loading pages anew: it notices by the phone's position that one is at a stop, shows
// its page and plays its voice, and never interrupts one. Without it every page and link works by itself.
import { rounded } from './distance.js'
import { Triggers, Turns } from './walk-triggers.js'
import { chime, Voice } from './walk-voice.js'
import { isAllowed, Watch } from './walk-watch.js'
import { forget, remember } from './walk-memory.js'
import { Tally } from './walk-tally.js'
import { fill } from './words.js'

const MOMENT = 5000 // milliseconds

class WalkAlong extends HTMLElement {
  connectedCallback() {
    const { number, phase, stops, base, key, silence } = this.dataset
    this.base = `${base}/${key}`
    const been = phase === 'end' ? Infinity : Number(number) - (phase === 'way' ? 1 : 0)
    const all = JSON.parse(stops)
    this.triggers = new Triggers(all, all.map((stop) => stop.number).filter((one) => one <= been))
    this.turns = new Turns()
    this.voice = new Voice(() => this.silent())
    this.tally = new Tally(`${this.base}/walked`, key)
    this.watch = navigator.geolocation && new Watch(navigator.geolocation, (fix) => this.take(fix), () => this.refused())
    this.closest('main').addEventListener('click', (event) => this.tapped(event, silence))
    addEventListener('popstate', () => location.reload())
    this.voice.moveTo(this)
    this.arrived()
    isAllowed().then((yes) => yes && this.look())
  }

  /** Whether the next stop waits: a page is coming, a voice speaks, or somebody reads. */
  get isBusy() {
    return Boolean(this.opening) || this.voice.isSpeaking || (this.isThere && !this.heardHere)
  }

  /** In a pocket nobody reads: a stop without a voice is over after a moment. */
  get inPocket() {
    return Boolean(document.querySelector('walk-pocket dialog[open]'))
  }

  get isThere() {
    return this.dataset.phase === 'here'
  }

  find(name) {
    return this.querySelector(`[data-part="${name}"]`)
  }

  tapped(event, silence) {
    this.voice.unlock(silence)
    const Sound = window.AudioContext
    this.sound ??= Sound && new Sound()
    const link = event.target.closest('a[href]')
    if (event.target.closest('[data-do="watch"], [data-do="in"]')) this.look()
    if (!link || event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return
    const { pathname } = new URL(link.href)
    if (!pathname.startsWith(`${this.base}/`)) return
    event.preventDefault()
    const [, at] = pathname.match(/\/(\d+)\/here$/) ?? []
    if (at) this.turns.drop(Number(at))
    this.open(pathname)
  }

  /** From now on the phone says when one is there. */
  look() {
    if (!this.watch) return this.refused()
    this.watching = true
    this.watch.start()
    this.say()
  }

  refused() {
    this.watching = false
    this.no = true
    this.say()
  }

  take(fix) {
    const number = this.triggers.take(fix)
    this.far()
    if (number === null) return
    this.triggers.hear(number)
    const next = this.turns.at(number, this.isBusy)
    if (next !== null) return this.there(next)
    chime(this.sound)
    this.say()
  }

  /** The voice is silent: what waited comes. */
  silent() {
    if (this.isThere) this.heardHere = true
    const next = this.turns.next()
    if (next !== null) this.there(next)
  }

  there(number) {
    return this.open(`${this.base}/${number}/here`, 'replace')
  }

  /** Show a page of this walk in the place of this one. */
  async open(path, how = 'push') {
    const opening = (this.opening = Symbol(path))
    try {
      const answer = await fetch(path)
      const page = new DOMParser().parseFromString(await answer.text(), 'text/html')
      const theirs = page.querySelector('walk-along')
      if (!answer.ok || !theirs) throw new Error()
      if (opening !== this.opening) return
      this.opening = null
      this.show(page, theirs, answer.url, how)
    } catch {
      location.assign(path)
    }
  }

  show(page, theirs, url, how) {
    Object.assign(this.dataset, theirs.dataset)
    this.voice.moveTo(theirs)
    this.replaceChildren(...theirs.childNodes)
    document.title = page.title
    for (const part of ['title', 'button']) this.bar(page, part)
    history[`${how}State`](null, '', url)
    scrollTo(0, 0)
    this.querySelector('h1')?.setAttribute('tabindex', '-1')
    this.querySelector('h1')?.focus({ preventScroll: true })
    this.arrived()
  }

  bar(page, part) {
    const [ours, theirs] = [document, page].map((one) => one.querySelector(`header .buurt-top__${part}`))
    ours.textContent === theirs.textContent ? null : (ours.textContent = theirs.textContent)
    if (theirs.href) ours.href = theirs.getAttribute('href')
  }

  arrived() {
    const { number, phase, base, key, plays, title, by } = this.dataset
    const at = Number(number)
    this.heardHere = false
    clearTimeout(this.moment)
    if (this.isThere && !this.querySelector('audio')) this.moment = setTimeout(() => this.inPocket && this.silent(), MOMENT)
    this.voice.settle(this.isThere && 'plays' in this.dataset && plays === 'yes' && this.voice.isOpen)
    if (this.isThere) {
      this.triggers.hear(at)
      this.voice.show(title, by, () => document.querySelector('#on')?.click())
    }
    phase === 'end' ? forget(localStorage, base) : remember(localStorage, base, key, at)
    this.tally.reach(phase, at)
    this.far()
    this.say()
    this.dispatchEvent(new CustomEvent('arrive', { bubbles: true }))
    if (phase === 'way' && !this.isBusy) this.silent()
    if (this.find('count')) this.find('count').hidden = true // it was counted
  }

  far() {
    const metres = this.triggers.metresTo(Number(this.dataset.number))
    if (this.dataset.phase !== 'way' || metres === null) return
    const [unit, number] = rounded(metres)
    const words = fill(this.dataset[unit], { number: new Intl.NumberFormat(document.documentElement.lang).format(number) })
    for (const one of document.querySelectorAll('[data-part="distance"]')) one.textContent = words
  }

  say() {
    const button = this.find('watch')
    if (button) button.hidden = this.watching || this.no || !this.watch
    button?.removeAttribute('data-room')
    const state = this.find('state')
    if (state) state.textContent = this.no ? this.dataset.refused : this.watching ? this.dataset.watching : ''
    const waiting = this.find('waiting')
    if (!waiting) return
    const [next] = this.turns.waiting
    waiting.hidden = next === undefined
    if (next === undefined) return
    waiting.querySelector('a').href = `${this.base}/${next}/here`
    waiting.querySelector('span').textContent = fill(this.dataset.waits, { num: next })
  }
}

customElements.define('walk-along', WalkAlong)
