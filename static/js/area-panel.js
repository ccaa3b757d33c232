// What stands beside the map of an <area-drawer>: the list of areas, the name, the corners, and what is wrong.
import { faults } from './areas.js'
import { fill } from './words.js'

const AT_ONCE = ['crosses', 'twice'] // what is said while somebody draws; the rest when they keep it

export class Panel {
  constructor(element) {
    this.element = element
    this.says = element.dataset
    this.numbers = new Intl.NumberFormat(document.documentElement.lang)
  }

  part(name) {
    return this.element.querySelector(`[data-part="${name}"]`)
  }

  /** Show a drawing; `isChanged` when there is something to undo. */
  show(drawing, isChanged) {
    const { areas, area, corner } = drawing
    const { name, part, living, ring } = areas[area]
    this.list(drawing)
    this.part('naming').hidden = Boolean(part)
    this.part('name').value = name
    this.part('living').hidden = !living
    this.part('living').textContent = fill(this.says.living, { number: this.numbers.format(living) })
    this.part('remove').hidden = Boolean(part || living)
    this.part('add').hidden = areas.length >= Number(this.says.most)
    this.part('undo').disabled = !isChanged
    this.part('chosen').disabled = corner < 0
    const options = ring.map((_, index) => new Option(this.numbers.format(index + 1), index, false, index === corner))
    this.part('corners').replaceChildren(...options)
    this.warn(faults(drawing).find(([what]) => AT_ONCE.includes(what)))
  }

  /** Say what is wrong: [what, the index of the area]; nothing is wrong without. */
  warn(found) {
    const notice = this.part('fault')
    notice.hidden = !found
    if (!found) return
    const [what, index] = found
    const { name } = this.rows()[index].dataset
    notice.querySelector('p').textContent = fill(notice.dataset[what], { name })
  }

  list({ areas, area }) {
    const list = this.part('areas')
    for (const row of list.querySelectorAll('li:not(:has(button))')) row.remove() // what stands there without JavaScript
    while (this.rows().length > areas.length) list.lastElementChild.remove()
    while (this.rows().length < areas.length) list.append(this.part('row').content.firstElementChild.cloneNode(true))
    areas.forEach(({ name, part, ring }, index) => {
      const row = this.rows()[index]
      const button = row.querySelector('button')
      row.dataset.name = part ? this.says.border : name || this.says.nameless
      button.value = index
      button.setAttribute('aria-pressed', index === area)
      row.querySelector('bdi').textContent = row.dataset.name
      const count = fill(this.says.count, { number: this.numbers.format(ring.length) })
      row.querySelector('.buurt-list__meta').textContent = ring.length ? count : this.says.undrawn
    })
  }

  rows() {
    return this.part('areas').querySelectorAll('li:has(button)')
  }
}
