// A drawing that goes to the server stays in this tab until the page shows it back: it may have been refused.
import { rounded } from './areas.js'

const KEY = 'drawing'
const lines = (areas) => JSON.stringify(areas.map(({ name, ring }) => [name.trim().split(/\s+/), ring.flat().map(rounded)])) // as it is kept

/** Keep these areas for this page. */
export function keepDrawing(areas) {
  sessionStorage.setItem(KEY, JSON.stringify({ page: location.pathname, areas }))
}

/** The areas that this page sent and `shown` does not say, or null. What is shown need not be kept any more. */
export function keptDrawing(shown) {
  const { page, areas } = JSON.parse(sessionStorage.getItem(KEY) ?? '{}')
  if (page !== location.pathname) return null
  sessionStorage.removeItem(KEY)
  return lines(areas) === lines(shown) ? null : areas
}
