// Pins that would lie over each other become one sign with a number.

const TOO_NEAR = 40 // px

/** Points ({x, y} in px) in groups: each within 40 px of its group's middle. Gives lists of indexes. */
export function joined(points, near = TOO_NEAR) {
  const groups = []
  points.forEach(({ x, y }, index) => {
    const group = groups.find((one) => Math.hypot(one.x - x, one.y - y) < near)
    if (!group) return groups.push({ x, y, members: [index] })
    const count = group.members.push(index)
    group.x += (x - group.x) / count
    group.y += (y - group.y) / count
  })
  return groups.map((group) => group.members)
}
