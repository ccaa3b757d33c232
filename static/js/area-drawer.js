// <area-drawer>: the border and the zones, drawn by tapping corners or with keys, on a map or without looking at it.
// Without it the list of areas stands, and a file is read in.
import { keepAreas, keepCross } from './area-layers.js'
import { Panel } from './area-panel.js'
import { added, chosen, cornerOf, drawingOf, faults, geojson, moved, put, removed, renamed, taken } from './areas.js'
import { keepDrawing, keptDrawing } from './kept-drawing.js'
import { drawOthers, lay } from './map-paper.js'
import { ARROWS, nudged } from './nudge.js'
import { whereabouts } from './whereabouts.js'
import { fill } from './words.js'

const ZOOM = 16
const [STEP, FAR] = [5, 50] // metres of an arrow key, and with shift

class AreaDrawer extends HTMLElement {
  connectedCallback() {
    this.numbers = new Intl.NumberFormat(document.documentElement.lang)
    this.others = JSON.parse(this.dataset.others).map(([name, lat, lon]) => ({ name, lat, lon }))
    this.past = []
    this.panel = new Panel(this)
    this.make().catch(() => {}) // a file does without
  }

  part(name) {
    return this.querySelector(`[data-part="${name}"]`)
  }

  async make() {
    const areas = JSON.parse(this.dataset.areas)
    this.drawing = drawingOf(areas)
    this.cross = { lat: Number(this.dataset.lat), lon: Number(this.dataset.lon) }
    const { L, map, ground } = await lay(this, this.cross, ZOOM)
    drawOthers(L, map, this.others)
    const corners = areas.flatMap(({ ring }) => ring)
    if (corners.length) map.fitBounds(L.latLngBounds(corners), { animate: false })
    this.putCross = keepCross(L, map, this.cross)
    this.layers = keepAreas(L, map, {
      pick: (corner) => this.look({ ...this.drawing, corner }),
      move: (corner, { lat, lng }) => this.change(moved({ ...this.drawing, corner }, { lat, lon: lng })),
    })
    map.on('click', ({ latlng: { lat, lng } }) => this.corner({ lat, lon: lng }))
    ground.addEventListener('keydown', (event) => this.key(event))
    this.addEventListener('click', ({ target }) => this.act(target.closest('[data-do]')))
    this.part('name').addEventListener('change', ({ target }) => this.change(renamed(this.drawing, target.value.trim())))
    this.part('corners').addEventListener('change', ({ target }) => this.look({ ...this.drawing, corner: Number(target.value) }))
    this.part('form').addEventListener('submit', (submit) => this.save(submit))
    for (const name of ['tools', 'form']) this.part(name).hidden = false
    this.restore(areas)
    this.dataset.ready = ''
  }

  /** What was drawn and not kept, such as when it had to be shown first that it is still them. */
  restore(areas) {
    const kept = keptDrawing(areas)
    if (kept) this.change(drawingOf(kept))
    else this.look(this.drawing)
    this.part('restored').hidden = !kept
  }

  act(button) {
    const acts = {
      choose: () => this.look(chosen(this.drawing, Number(button.value))),
      add: () => this.change(added(this.drawing)) || this.part('name').focus(),
      remove: () => this.change(removed(this.drawing)),
      corner: () => this.corner(this.cross),
      take: () => this.take(),
      undo: () => this.undo(),
      nudge: () => this.nudge(ARROWS[button.value]),
    }
    if (button) acts[button.dataset.do]()
  }

  key(event) {
    const way = ARROWS[event.key]
    const keys = { Enter: () => this.corner(this.cross), Backspace: () => this.take(), Delete: () => this.take() }
    if ((event.ctrlKey || event.metaKey) && event.key === 'z') this.undo()
    else if (event.altKey || event.ctrlKey || event.metaKey || !(way || keys[event.key])) return
    else if (way) this.aim(nudged(this.cross, ...way.map((side) => side * (event.shiftKey ? FAR : STEP))), true)
    else keys[event.key]()
    event.preventDefault()
  }

  aim(point, isSaid) {
    this.cross = point
    this.putCross(point)
    if (isSaid) this.say(this.where(point))
  }

  corner(point) {
    this.aim(point)
    this.change(put(this.drawing, point))
  }

  take() {
    this.change(taken(this.drawing))
  }

  nudge([east, north]) {
    const { at } = cornerOf(this.drawing)
    if (at) this.change(moved(this.drawing, nudged(at, east * STEP, north * STEP)))
  }

  /** A drawing in the place of the last one, which undo brings back. */
  change(drawing) {
    this.past.push(this.drawing)
    this.look(drawing)
  }

  undo() {
    if (this.past.length) this.look(this.past.pop())
  }

  look(drawing) {
    this.drawing = drawing
    this.layers(drawing)
    this.panel.show(drawing, this.past.length > 0)
    const { number, total, at } = cornerOf(drawing)
    const count = { number: this.numbers.format(number), total: this.numbers.format(total) }
    this.say(at ? `${fill(this.dataset.corner, count)} ${this.where(at)}` : this.dataset.none)
  }

  where(point) {
    const landmarks = this.others.length ? this.others : [{ name: this.dataset.name, lat: Number(this.dataset.lat), lon: Number(this.dataset.lon) }]
    return whereabouts(point, landmarks, this.part('where').dataset, this.numbers)
  }

  say(sentence) {
    this.part('where').textContent = sentence
  }

  save(submit) {
    const [found] = faults(this.drawing)
    if (!found) {
      keepDrawing(this.drawing.areas)
      this.part('form').elements.areas.value = geojson(this.drawing)
      return
    }
    submit.preventDefault()
    this.look(chosen(this.drawing, found[1]))
    this.panel.warn(found)
    this.part('fault').scrollIntoView({ block: 'center' })
  }
}

customElements.define('area-drawer', AreaDrawer)
