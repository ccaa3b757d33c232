// Dragging the rows of a list by their handle, with a mouse, a pen or a finger. Escape puts a row back.
const EDGE = 90 // pixels from the top or bottom of the screen where the page moves along
const STEP = 8 // pixels a frame

/** Let each row of a list be dragged by its [data-handle]; `drop(id, number)` says where it was let go. */
export function makeDraggable(list, drop) {
  list.addEventListener('pointerdown', (event) => {
    const handle = event.target.closest('[data-handle]')
    if (!handle || event.button > 0 || 'dragging' in list.dataset) return
    event.preventDefault()
    begin(list, handle.closest('li'), event, drop)
  })
}

function begin(list, row, { pointerId, clientY }, drop) {
  const before = [...list.children].indexOf(row)
  let y = clientY
  list.dataset.dragging = ''
  list.setPointerCapture(pointerId) // the list stays where it is: a row that moves would lose its pointer
  row.classList.add('is-dragged')

  const place = () => {
    const after = others(list, row).find((other) => y < middle(other)) ?? null
    if (row.nextElementSibling !== after) list.insertBefore(row, after)
  }
  const roll = () => {
    const way = y < EDGE ? -STEP : y > innerHeight - EDGE ? STEP : 0
    if (way) {
      scrollBy(0, way)
      place()
    }
    frame = requestAnimationFrame(roll)
  }
  const end = (isDropped) => {
    stop.abort()
    cancelAnimationFrame(frame)
    delete list.dataset.dragging
    row.classList.remove('is-dragged')
    const now = [...list.children].indexOf(row)
    if (isDropped && now !== before) return drop(row.dataset.stop, now + 1)
    list.insertBefore(row, others(list, row)[before] ?? null)
  }
  const stop = new AbortController()
  const on = (name, act) =>
    list.addEventListener(name, (event) => event.pointerId === pointerId && act(event), { signal: stop.signal })
  on('pointermove', (event) => {
    y = event.clientY
    place()
  })
  on('pointerup', () => end(true))
  on('pointercancel', () => end(false))
  addEventListener('keydown', ({ key }) => key === 'Escape' && end(false), { signal: stop.signal })
  let frame = requestAnimationFrame(roll)
}

function others(list, row) {
  return [...list.children].filter((other) => other !== row)
}

function middle(row) {
  const { top, height } = row.getBoundingClientRect()
  return top + height / 2
}
