// <ghost-camera>: takes the same picture as an old one, which shines through what the camera sees. What is taken goes
// into the file field beside it; without a camera that field is all there is.
import { choose } from './chosen.js'

const QUALITY = 0.9

class GhostCamera extends HTMLElement {
  connectedCallback() {
    this.find = (name) => this.querySelector(`[data-part="${name}"]`)
    this.video = this.querySelector('video')
    this.dialog = this.querySelector('dialog')
    this.then = document.getElementById(this.dataset.then)
    this.addEventListener('click', ({ target }) => this.act(target.closest('[data-do]')?.dataset.do))
    this.find('mix').addEventListener('input', () => this.mix())
    this.dialog.addEventListener('close', () => this.stop())
    this.then.addEventListener('picture', () => this.offer())
    this.hide = () => document.hidden && this.dialog.close()
    document.addEventListener('visibilitychange', this.hide)
    this.offer()
  }

  disconnectedCallback() {
    document.removeEventListener('visibilitychange', this.hide)
    this.stop()
  }

  // Only where there is an old picture to lay over it.
  offer() {
    const can = navigator.mediaDevices?.getUserMedia && this.then.shows
    this.querySelector('[data-do="open"]').hidden = !can
  }

  act(what) {
    if (['open', 'shoot', 'keep', 'again', 'close'].includes(what)) this[what]()
  }

  async open() {
    const video = { facingMode: 'environment', width: { ideal: 1920 }, height: { ideal: 1440 } }
    this.find('denied').hidden = true
    try {
      this.stream = await navigator.mediaDevices.getUserMedia({ video, audio: false })
    } catch {
      this.find('denied').hidden = false
      return
    }
    const old = this.then.shows
    this.find('old').src = old.src
    this.shape = Math.min(Math.max(old.naturalWidth / old.naturalHeight || 4 / 3, 3 / 4), 16 / 9)
    this.querySelector('.buurt-ghost__frame').style.aspectRatio = String(this.shape)
    this.dialog.showModal()
    this.video.srcObject = this.stream
    this.mix()
    this.again()
    await this.video.play().catch(() => {})
  }

  close() {
    this.dialog.close()
  }

  again() {
    this.show('looking')
    this.querySelector('[data-do="shoot"]').focus()
  }

  // What stands in the frame, in the shape of the old picture.
  async shoot() {
    const { videoWidth: wide, videoHeight: high } = this.video
    if (!wide) return
    const width = Math.round(Math.min(wide, high * this.shape))
    const height = Math.round(width / this.shape)
    const canvas = Object.assign(document.createElement('canvas'), { width, height })
    const from = [(wide - width) / 2, (high - height) / 2, width, height]
    canvas.getContext('2d').drawImage(this.video, ...from, 0, 0, width, height)
    this.taken = await new Promise((done) => canvas.toBlob(done, 'image/jpeg', QUALITY))
    this.forget()
    this.find('taken').src = URL.createObjectURL(this.taken)
    this.show('taken')
    this.querySelector('[data-do="keep"]').focus()
  }

  keep() {
    choose(document.getElementById(this.dataset.into), this.taken, 'now.jpg')
    this.close()
    this.querySelector('[data-do="open"]').focus()
  }

  mix() {
    this.find('old').style.opacity = String(this.find('mix').value / 100)
  }

  show(state) {
    for (const part of this.querySelectorAll('[data-in]')) part.hidden = part.dataset.in !== state
  }

  forget() {
    URL.revokeObjectURL(this.find('taken').src)
  }

  stop() {
    this.stream?.getTracks().forEach((track) => track.stop())
    this.stream = null
    this.forget()
  }
}
customElements.define('ghost-camera', GhostCamera)
