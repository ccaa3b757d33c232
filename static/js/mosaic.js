// What a brush touches on a picture, in pixels of the picture as it came: pure numbers, no browser.
// The picture is a grid of large cells; one that is touched becomes one colour, so what was in it is gone.

const SMALLEST = 24
const CELLS_ACROSS = 24

/** The side of a cell: at least 24 pixels, and at most 24 cells on the long side of a large picture. */
export function cellSide(width, height) {
  return Math.max(SMALLEST, Math.ceil(Math.max(width, height) / CELLS_ACROSS))
}

/** How many columns and rows of cells cover a picture; those at the edge may stick out. */
export function grid(width, height) {
  const cell = cellSide(width, height)
  return { cell, columns: Math.ceil(width / cell), rows: Math.ceil(height / cell) }
}

/** The cells under a square brush around a point, as numbers counted row by row; only those on the picture. */
export function cellsUnder({ x, y }, side, { cell, columns, rows }) {
  const [left, right] = span(x, side, cell, columns)
  const [top, bottom] = span(y, side, cell, rows)
  const cells = []
  for (let row = top; row <= bottom; row++) {
    for (let column = left; column <= right; column++) cells.push(row * columns + column)
  }
  return cells
}

function span(middle, side, cell, count) {
  const within = (at) => Math.min(count - 1, Math.max(0, Math.floor(at / cell)))
  return [within(middle - side / 2), within(middle + side / 2 - 1)]
}

/** Points from one to the other, so close that a brush of this width leaves no gap. */
export function between(from, to, width) {
  const steps = Math.max(1, Math.ceil(Math.hypot(to.x - from.x, to.y - from.y) / width))
  return Array.from({ length: steps }, (_, step) => ({
    x: from.x + ((to.x - from.x) * (step + 1)) / steps,
    y: from.y + ((to.y - from.y) * (step + 1)) / steps,
  }))
}

/** Width and height after so many quarter turns to the right. */
export function turnedSize({ width, height }, turns) {
  return turns % 2 ? { width: height, height: width } : { width, height }
}

/** Where a point of the turned picture was before the quarter turns. */
export function unturned({ x, y }, size, turns) {
  for (let left = turns; left > 0; left--) [x, y] = [y, turnedSize(size, left).width - x]
  return { x, y }
}

/** A point moved, kept on the picture. */
export function moved({ x, y }, [right, down], { width, height }) {
  const within = (at, end) => Math.min(end, Math.max(0, at))
  return { x: within(x + right, width), y: within(y + down, height) }
}
