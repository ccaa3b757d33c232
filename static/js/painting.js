// What <photo-brush> paints with: canvases, the mosaic's colours, the square cursor.
import { moved } from './mosaic.js'
import { whitened } from './picture.js'

/** A canvas of this size, painted on white. */
export function painted(size, paint) {
  const made = Object.assign(document.createElement('canvas'), size)
  paint(whitened(made))
  return made
}

/** One colour a cell, from a copy so small that a cell is one pixel of it: nothing finer can come back. */
export function coloursOf(bitmap, size, { cell, columns, rows }) {
  const small = painted({ width: columns, height: rows }, (context) => {
    context.imageSmoothingQuality = 'high'
    context.drawImage(bitmap, 0, 0, size.width / cell, size.height / cell)
  })
  const { data } = small.getContext('2d').getImageData(0, 0, columns, rows)
  return Array.from({ length: columns * rows }, (_, at) => `rgb(${data.slice(4 * at, 4 * at + 3).join(' ')})`)
}

/** The photo with its cells, turned so many quarters to the right around the middle of the canvas. */
export function paint(target, { photo, colours, turns, grid: { cell, columns } }, cells) {
  const context = target.getContext('2d')
  context.save()
  context.translate(target.width / 2, target.height / 2)
  context.rotate((turns * Math.PI) / 2)
  context.translate(-photo.width / 2, -photo.height / 2)
  context.drawImage(photo, 0, 0)
  for (const each of cells) {
    context.fillStyle = colours[each]
    context.fillRect((each % columns) * cell, Math.floor(each / columns) * cell, cell, cell)
  }
  context.restore()
}

/** The square that says where the brush is: chalk in ink, to be seen on any photo. */
export function outline(target, { x, y }, side) {
  const context = target.getContext('2d')
  const line = Math.max(target.width, target.height) / 200
  for (const [colour, width] of [['#1A1E23', 3 * line], ['#FFD23F', line]]) {
    Object.assign(context, { strokeStyle: colour, lineWidth: width })
    context.strokeRect(x - side / 2, y - side / 2, side, side)
  }
}

/** Where on the canvas, in its own pixels, a finger or mouse is; at its edge when it is beside it. */
export function pointOn(target, { clientX, clientY }) {
  const box = target.getBoundingClientRect()
  const scale = target.width / box.width
  return moved({ x: (clientX - box.left) * scale, y: (clientY - box.top) * scale }, [0, 0], target)
}
