// <picture-slot>: shows the picture that was chosen, makes it small enough to send from the street, and asks for what
// has to be said of it before the form goes. Without it the file goes as it is, and the server asks.
import { put } from './chosen.js'
import { shrink } from './picture.js'

const ASKED = ['about', 'people']

class PictureSlot extends HTMLElement {
  connectedCallback() {
    this.field = this.querySelector('input[type=file]')
    this.image = this.querySelector('[data-part="preview"]')
    this.before = this.image.getAttribute('src')
    this.field.addEventListener('change', () => this.take())
    this.image.addEventListener('load', () => this.show(true))
    this.image.addEventListener('error', () => this.show(false))
    // A field that is asked for has to be seen.
    this.addEventListener('invalid', () => (this.closest('details').open = true), true)
    if (this.field.files.length) this.take()
  }

  /** The picture that is shown, null for none. */
  get shows() {
    return this.image.getAttribute('src') && !this.image.hidden ? this.image : null
  }

  async take() {
    const [file] = this.field.files
    this.ask(Boolean(file))
    if (this.image.src.startsWith('blob:')) URL.revokeObjectURL(this.image.src)
    if (!file) return this.before ? (this.image.src = this.before) : this.show(false)
    this.closest('details').open = true
    this.image.src = URL.createObjectURL(file)
    const small = await shrink(file)
    if (small !== file && this.field.files[0] === file) put(this.field, small, 'photo.jpg')
  }

  ask(is) {
    for (const field of this.querySelectorAll('input')) {
      if (ASKED.some((name) => field.name.endsWith(`-${name}`))) field.required = is
    }
  }

  show(is) {
    this.image.hidden = !is
    this.dispatchEvent(new CustomEvent('picture'))
  }
}
customElements.define('picture-slot', PictureSlot)
