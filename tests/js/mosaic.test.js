// What a brush touches: large cells, no gaps, the right place after turning.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { between, cellsUnder, cellSide, grid, moved, turnedSize, unturned } from '../../static/js/mosaic.js'

test('a cell is at least 24 pixels, and large pictures have at most 24 of them on the long side', () => {
  assert.equal(cellSide(200, 150), 24)
  assert.equal(cellSide(2000, 1500), 84)
  for (const side of [1, 24, 25, 577, 1999, 2000]) {
    const { cell, columns } = grid(side, 10)
    assert.ok(cell >= 24 && columns <= 24 && columns * cell >= side)
  }
})

test('a brush touches every cell that it lies over, and none outside the picture', () => {
  const small = grid(96, 72) // 4 columns, 3 rows of 24
  assert.deepEqual(cellsUnder({ x: 12, y: 12 }, 24, small), [0])
  assert.deepEqual(cellsUnder({ x: 24, y: 24 }, 24, small), [0, 1, 4, 5])
  assert.deepEqual(cellsUnder({ x: 0, y: 0 }, 24, small), [0])
  assert.deepEqual(cellsUnder({ x: 96, y: 72 }, 24, small), [11])
  assert.equal(cellsUnder({ x: 48, y: 36 }, 1000, small).length, 12)
})

test('a fast stroke leaves no gap', () => {
  const wide = grid(2000, 1000)
  const points = between({ x: 10, y: 500 }, { x: 1990, y: 500 }, wide.cell)
  const touched = new Set(points.flatMap((point) => cellsUnder(point, wide.cell, wide)).map((at) => at % wide.columns))
  assert.equal(touched.size, wide.columns)
  assert.deepEqual(points.at(-1), { x: 1990, y: 500 })
})

test('a turned picture is touched where the finger is', () => {
  const size = { width: 400, height: 300 }
  const corner = { x: 10, y: 20 } // near the top left
  const seen = [corner, { x: 280, y: 10 }, { x: 390, y: 280 }, { x: 20, y: 390 }]
  seen.forEach((point, turns) => assert.deepEqual(unturned(point, size, turns), corner))
  assert.deepEqual(turnedSize(size, 1), { width: 300, height: 400 })
  assert.deepEqual(turnedSize(size, 2), size)
})

test('the cursor stays on the picture', () => {
  assert.deepEqual(moved({ x: 5, y: 5 }, [-24, 24], { width: 100, height: 20 }), { x: 0, y: 20 })
})
