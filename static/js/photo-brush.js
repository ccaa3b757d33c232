// <photo-brush>: makes parts of a photo unrecognisable and turns it, by finger, mouse or keys, before it is sent.
// What comes out is a new picture: what was under the brush is not in it any more.
import { between, cellsUnder, grid, moved, turnedSize, unturned } from './mosaic.js'
import { coloursOf, outline, paint, painted, pointOn } from './painting.js'
import { fit } from './picture.js'
import { fill, percent } from './words.js'

const SIDES = [1, 2, 4, 6, 8] // of the brush, in cells
const QUALITY = 0.9
const STEPS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }
const KEYS = { ' ': 'blur', Enter: 'blur', '+': 'larger', '=': 'larger', '-': 'smaller' }

class PhotoBrush extends HTMLElement {
  connectedCallback() {
    this.canvas = this.querySelector('canvas')
    this.addEventListener('click', ({ target }) => this.act(target.closest('[data-brush]')?.dataset.brush))
    this.canvas.addEventListener('pointerdown', (event) => this.press(event))
    this.canvas.addEventListener('pointermove', (event) => this.rub(event))
    this.canvas.addEventListener('pointerup', () => this.say())
    this.canvas.addEventListener('keydown', (event) => this.key(event))
  }

  // Let somebody change a photo, in the place of `page`: a new JPEG, or null when it stays as it was.
  async edit(blob, page) {
    const bitmap = await createImageBitmap(blob, { imageOrientation: 'from-image' })
    const size = fit(bitmap.width, bitmap.height)
    this.grid = grid(size.width, size.height)
    this.photo = painted(size, (context) => context.drawImage(bitmap, 0, 0, size.width, size.height))
    this.colours = coloursOf(bitmap, size, this.grid)
    bitmap.close()
    Object.assign(this, { page, strokes: [], turns: 0, brush: 1, hidden: false })
    page.hidden = true
    this.turn(0)
    this.show()
    this.canvas.focus()
    return new Promise((done) => (this.done = done))
  }

  act(what) {
    const acts = {
      left: () => this.turn(3),
      right: () => this.turn(1),
      blur: () => this.strokes.push(this.under([this.at])),
      smaller: () => this.resize(-1),
      larger: () => this.resize(1),
      undo: () => this.strokes.pop(),
      nothing: () => this.strokes.splice(0),
      done: () => this.finish(this.turns || this.strokes.length),
      leave: () => this.finish(false),
    }
    acts[what]?.()
    if (what && !this.hidden) this.show()
  }

  finish(isChanged) {
    this.hidden = true
    this.page.hidden = false
    if (!isChanged) return this.done(null)
    this.draw()
    this.canvas.toBlob(this.done, 'image/jpeg', QUALITY)
  }

  turn(quarters) {
    this.turns = (this.turns + quarters) % 4
    this.size = turnedSize(this.photo, this.turns)
    this.at = { x: this.size.width / 2, y: this.size.height / 2 }
  }

  resize(by) {
    this.brush = Math.min(SIDES.length - 1, Math.max(0, this.brush + by))
  }

  key(event) {
    const step = STEPS[event.key]
    if (event.ctrlKey || event.metaKey || event.altKey || !(step || KEYS[event.key])) return
    event.preventDefault()
    if (!step) return this.act(KEYS[event.key])
    this.at = moved(this.at, step.map((way) => way * this.grid.cell), this.size)
    this.show()
  }

  press(event) {
    this.canvas.setPointerCapture(event.pointerId)
    this.at = pointOn(this.canvas, event)
    this.act('blur')
  }

  rub(event) {
    if (!this.canvas.hasPointerCapture(event.pointerId)) return
    const to = pointOn(this.canvas, event)
    this.strokes.at(-1).push(...this.under(between(this.at, to, this.grid.cell)))
    this.at = to
    this.draw(true)
  }

  under(points) {
    return points.flatMap((point) => cellsUnder(unturned(point, this.photo, this.turns), this.side, this.grid))
  }

  get side() {
    return SIDES[this.brush] * this.grid.cell
  }

  show() {
    this.draw(true)
    this.say()
  }

  draw(withCursor = false) {
    Object.assign(this.canvas, this.size)
    paint(this.canvas, this, new Set(this.strokes.flat()))
    if (withCursor) outline(this.canvas, this.at, this.side)
  }

  say() {
    const [left, top] = [percent(this.at.x, this.size.width), percent(this.at.y, this.size.height)]
    const said = fill(this.dataset.said, { left, top, side: this.brush + 1, count: this.strokes.length })
    this.querySelector('[data-part=said]').textContent = said
  }
}
customElements.define('photo-brush', PhotoBrush)
