// <photo-input>: shows the photo that was chosen, keeps it on this phone first, then sends it and says how far it is.
// Around the form of a hand-in; without it the form is sent as it is.
import { keep, kept, letGo } from './keep.js'
import { sha256, shrink } from './picture.js'
import { send } from './send.js'
import { fill, isWorthSaying, percent } from './words.js'

class PhotoInput extends HTMLElement {
  async connectedCallback() {
    this.form = this.querySelector('form')
    this.find = (name) => this.querySelector(`[data-part="${name}"]`)
    this.form.addEventListener('change', (event) => this.choose(event))
    this.form.addEventListener('submit', (event) => this.submit(event))
    this.form.addEventListener('click', (event) => this.act(event.target.closest('[data-do]')?.dataset.do))
    this.dataset.ready = ''
    this.show(null)
    const waiting = await kept(this.dataset.challenge)
    if (waiting && !this.photo) this.show(waiting, true)
  }

  async choose({ target }) {
    const file = target.type === 'file' && target.files[0]
    if (!file) return
    this.choosing = file
    const blob = await shrink(file)
    if (this.choosing !== file) return
    target.value = ''
    if (blob.size > Number(this.dataset.maxBytes)) return this.fault(this.dataset.tooLarge)
    const key = this.photo && !this.sent ? this.photo.key : this.newKey()
    const photo = { challenge: this.dataset.challenge, key, blob, name: blob === file ? file.name : 'photo.jpg' }
    await keep(photo)
    this.show(photo)
    this.find('send').focus()
  }

  // The page's own key serves once; a key that the server has seen may only come back with the same photo.
  newKey() {
    const own = this.form.elements.client_key.value
    if (!this.usedOwn) {
      this.usedOwn = true
      return own
    }
    const random = crypto.getRandomValues(new Uint8Array(own.length))
    return Array.from(random, (byte) => 'abcdefghijklmnopqrstuvwxyz234567'[byte % 32]).join('')
  }

  async submit(event) {
    if (!this.photo && !this.busy) {
      this.form.elements.client_key.value = this.newKey()
      return
    }
    event.preventDefault()
    if (this.busy) return
    this.busy = this.sent = true
    this.fault('')
    this.say(0)
    const { photo } = this
    const data = new FormData(this.form)
    for (const name of ['gallery', 'photo']) data.delete(name)
    data.set('client_key', photo.key)
    data.set('photo', photo.blob, photo.name)
    const { status, answer } = await send(this.form.action, data, (sent, total) => this.say(percent(sent, total)))
    const ours = await sha256(photo.blob)
    if (status === 201 && (!ours || ours === answer.sha256)) {
      await letGo(photo.challenge, photo.key)
      location.assign(new URL(answer.next, location.origin).pathname)
      return
    }
    this.busy = false
    this.find('sending').hidden = true
    this.find('send').textContent = this.find('again-label').content.textContent
    this.fault(answer.error ?? this.dataset.noNetwork)
  }

  async act(what) {
    if (!what || this.busy) return
    if (what === 'discard') await letGo(this.photo.challenge, this.photo.key)
    this.show(null)
    this.querySelector('input[type=file]').focus()
  }

  show(photo, wasKept = false) {
    this.photo = photo
    this.sent = wasKept
    const preview = this.find('preview')
    URL.revokeObjectURL(preview.querySelector('img')?.src)
    preview.replaceChildren()
    if (photo) {
      preview.append(Object.assign(new Image(), { src: URL.createObjectURL(photo.blob), alt: this.dataset.alt }))
    }
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

  fault(sentence) {
    this.find('sentence').textContent = sentence
    this.find('fault').hidden = !sentence
  }
}
customElements.define('photo-input', PhotoInput)
