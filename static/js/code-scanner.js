// <code-scanner>: reads a neighbour's code with the camera and goes to their meeting, or a sign's code and goes to its spot.
// With `data-into` it reads only the face of a card, into that field, and sends its form. Typing the letters stands beside it.
import { facePath, ourPath } from './scanned.js'

const EVERY = 150

class CodeScanner extends HTMLElement {
  connectedCallback() {
    this.field = document.getElementById(this.dataset.into)
    this.video = this.querySelector('video')
    this.button = this.querySelector('[data-do="start"]')
    if (!navigator.mediaDevices?.getUserMedia) return this.say(this.dataset.denied)
    this.button.hidden = false
    this.button.addEventListener('click', () => this.start())
    this.hide = () => document.hidden && this.stop()
    document.addEventListener('visibilitychange', this.hide)
  }

  disconnectedCallback() {
    document.removeEventListener('visibilitychange', this.hide)
    this.stop()
  }

  async start() {
    this.button.hidden = true
    try {
      this.stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment' }, audio: false })
    } catch {
      this.button.hidden = false
      return this.say(this.dataset.denied)
    }
    this.querySelector('[data-part="finder"]').hidden = false
    this.video.srcObject = this.stream
    this.say(this.dataset.looking)
    await this.video.play().catch(() => {})
    this.detector ??= await detector(this.dataset.vendor).catch(() => null)
    if (!this.detector) {
      this.stop()
      return this.say(this.dataset.denied)
    }
    this.look()
  }

  async look() {
    if (!this.stream) return
    const codes = await this.detector.detect(this.video).catch(() => [])
    for (const { rawValue } of codes) {
      const path = (this.field ? facePath : ourPath)(rawValue, location.origin)
      if (path && this.stream) {
        this.stop()
        return this.found(path)
      }
    }
    if (codes.length) this.say(this.dataset.unknown)
    setTimeout(() => this.look(), EVERY)
  }

  found(path) {
    if (!this.field) return location.assign(path)
    this.field.value = path
    this.field.form.requestSubmit()
  }

  stop() {
    this.stream?.getTracks().forEach((track) => track.stop())
    this.stream = null
    this.querySelector('[data-part="finder"]').hidden = true
    this.button.hidden = false
  }

  say(sentence) {
    const text = this.querySelector('[data-part="text"]')
    if (text.textContent !== sentence) text.textContent = sentence
  }
}

// The browser's own reader where it reads QR, else ours, fetched only now.
async function detector(vendor) {
  const formats = (await globalThis.BarcodeDetector?.getSupportedFormats().catch(() => [])) ?? []
  if (formats.includes('qr_code')) return new BarcodeDetector({ formats: ['qr_code'] })
  await load(`${vendor}ponyfill.js`)
  const { BarcodeDetector: Reader, prepareZXingModule } = globalThis.BarcodeDetectionAPI
  prepareZXingModule({ overrides: { locateFile: (file) => vendor + file } })
  return new Reader({ formats: ['qr_code'] })
}

function load(src) {
  return new Promise((done, failed) => {
    document.head.append(Object.assign(document.createElement('script'), { src, onload: done, onerror: failed }))
  })
}
customElements.define('code-scanner', CodeScanner)
