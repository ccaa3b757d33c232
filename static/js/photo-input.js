// <photo-input>: shows the photo that was chosen, keeps it on this phone first, then sends it and says how far it is.
// Around the form of a hand-in; without it the form is sent as it is.
import { freshKey, handIn, isFor, movable, position } from './hand-in.js'
import { all, keep } from './keep.js'
import { discard, put, sendNow, whose } from './outbox.js'
import { copied, shrink } from './picture.js'
import { preview } from './preview.js'
import { fill, isWorthSaying, percent } from './words.js'

class PhotoInput extends HTMLElement {
  async connectedCallback() {
    this.form = this.querySelector('form')
    this.find = (name) => this.querySelector(`[data-part="${name}"]`)
    this.form.addEventListener('change', (event) => this.choose(event))
    this.form.addEventListener('submit', (event) => this.submit(event))
    this.form.addEventListener('click', (event) => this.act(event.target.closest('[data-do]')?.dataset.do))
    document.addEventListener('outbox', ({ detail }) => this.hear(detail))
    this.dataset.ready = ''
    this.hidden = false
    this.show(null)
    this.me = whose()
    const [me, items] = [await this.me, await all()]
    const waiting = items.findLast((item) => isFor(item, this.dataset.challenge, me, 'stays' in this.dataset))
    if (waiting && !this.photo) this.show(waiting, true)
  }

  async choose({ target }) {
    const file = target.type === 'file' && target.files[0]
    if (!file) return
    this.choosing = file
    const small = await shrink(file)
    if (small.size > Number(this.dataset.maxBytes)) return this.fault(this.dataset.tooLarge)
    const blob = await copied(small)
    if (this.choosing !== file) return
    target.value = ''
    if (!blob) return this.fault(this.words('lost'))
    await this.take({ blob, name: small === file ? file.name : 'photo.jpg' })
  }

  async take(picture) {
    const key = this.photo && !this.sent ? this.photo.key : this.newKey()
    const photo = await this.item({ key, ...picture })
    const before = this.photo ?? this.replaces
    if (before && before.key !== key) await discard(before)
    await keep(photo)
    this.show(photo)
    this.find('send').focus()
  }

  // The page's own key serves once; a key that the server has seen may only come back with the same photo.
  newKey() {
    const own = this.form.elements.client_key.value
    const serves = own && !this.usedOwn
    this.usedOwn = true
    return serves ? own : freshKey()
  }

  async item(photo) {
    return handIn(this.form, this.dataset, photo, await this.me)
  }

  async submit(event) {
    event.preventDefault()
    const without = event.submitter?.name === 'without'
    if (this.busy || (!this.photo && !without)) return
    this.busy = this.sent = true
    this.fault('')
    this.say(0)
    const item = await this.item(this.photo ?? { key: this.newKey() })
    const isKept = await put(item)
    const told = await sendNow(item, isKept, position(this.form), (sent, total) => this.say(percent(sent, total)))
    if (told?.outcome === 'done') return location.assign(told.next)
    if (told?.outcome === 'refused') await keep({ ...item, state: 'chosen', ...movable(told.wayOn) })
    this.busy = false
    this.find('sending').hidden = true
    if (isKept && told?.outcome !== 'lost' && 'stays' in this.dataset) return this.stay()
    this.find('send').textContent = this.words('again-label')
    this.fault(told?.sentence ?? this.why(told, isKept), told?.wayOn)
  }

  why(told, isKept) {
    if (told?.outcome === 'lost') return this.words('lost')
    return isKept ? this.dataset.noNetwork : this.words('unkept')
  }

  // Without network there is no next page: this one is ready for another photo.
  stay() {
    this.form.reset()
    this.show(null)
    this.find('safe').hidden = false
    this.find('safe').focus()
  }

  hear({ key, outcome, next }) {
    if (outcome === 'done' && !this.busy && key === this.photo?.key) location.assign(next)
  }

  async act(what) {
    if (!what || this.busy) return
    if (what === 'change') return this.change()
    if (what === 'discard') await discard(this.photo)
    else this.replaces = this.photo
    this.show(null)
    this.querySelector('input[type=file]').focus()
  }

  async change() {
    const { madeAt } = this.photo
    const blob = await this.querySelector('photo-brush').edit(this.photo.blob, this.form).catch(() => undefined)
    if (blob) return this.take({ blob, name: 'photo.jpg', madeAt })
    if (blob === undefined) this.fault(this.words('unchanged'))
    this.find('change').focus()
  }

  show(photo, wasKept = false) {
    this.photo = photo
    this.sent = wasKept
    const change = this.find('change')
    change.hidden = true
    preview(this.find('preview'), photo, this.dataset.alt, this.words('unseen'), () => (change.hidden = false))
    this.fault('')
    for (const name of ['preview', 'send', 'again']) this.find(name).hidden = !photo
    for (const name of ['frame', 'pick', 'without']) this.find(name).hidden = Boolean(photo)
    this.find('kept').hidden = !wasKept
  }

  say(share) {
    this.find('sending').hidden = false
    this.find('sending').querySelector('progress').value = share
    if (share && !isWorthSaying(share, this.heard ?? 0)) return
    this.heard = share
    this.find('percent').textContent = fill(this.dataset.progress, { percent: share })
  }

  words(part) {
    return this.find(part).content.textContent
  }

  fault(sentence, [page, words] = []) {
    this.find('sentence').textContent = sentence
    this.find('fault').hidden = !sentence
    Object.assign(this.find('way-on'), { href: page ?? '', textContent: words ?? '', hidden: !page })
  }
}
customElements.define('photo-input', PhotoInput)
