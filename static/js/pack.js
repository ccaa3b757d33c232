// A walk that is kept on this phone: a cache of its own for each, which outlives the worker's. What lies in it is what
// its list says, with the hash that stands there.

const FAMILY = 'walk-'
const LIST = /\/w\/([a-z0-9-]+)\/walks\/([^/]+)\/pack\.json$/

/** The name of the cache of the walk with this list. */
export function cacheOf(list) {
  const [, neighbourhood, key] = LIST.exec(new URL(list, location.origin).pathname) ?? []
  return `${FAMILY}${neighbourhood}-${key}`
}

/** Bytes as megabytes, with one figure behind the point where that says something. */
export function megabytes(bytes) {
  const many = bytes / 1_000_000
  return many < 10 ? Math.max(0.1, Math.round(many * 10) / 10) : Math.round(many)
}

/** What of a list is not there, given the addresses that are. */
export function missing(files, there) {
  return files.filter(({ url }) => !there.has(url))
}

/** The addresses that are there and not on the list. */
export function leftOver(files, there) {
  const wanted = new Set(files.map(({ url }) => url))
  return [...there].filter((url) => !wanted.has(url))
}

/** The list, as the server has it now; null where it has none any more. Throws without network. */
export async function ask(list) {
  const answer = await fetch(list, { cache: 'no-store' })
  if (answer.status === 404 || answer.status === 410) return null
  if (!answer.ok) throw new Error(`${answer.status}`)
  return answer.json()
}

/** The list with which this walk was kept, or null. */
export async function known(list) {
  if (!globalThis.caches || !(await caches.has(cacheOf(list)))) return null
  const found = await (await caches.open(cacheOf(list))).match(list)
  return found ? found.json() : null
}

/** Of a cache of this name the walk that it keeps: its title and its page; null where it keeps none whole. */
export async function listOf(name) {
  if (!name.startsWith(FAMILY)) return null
  const cache = await caches.open(name)
  const found = (await cache.keys()).find(({ url }) => LIST.test(new URL(url).pathname))
  const said = found && (await (await cache.match(found)).json())
  return said?.version ? { title: said.title, page: found.url.replace(/pack\.json$/, 'kept') } : null
}

/** The addresses that are kept of this walk. */
export async function there(list) {
  const requests = await (await caches.open(cacheOf(list))).keys()
  return new Set(requests.map(({ url }) => new URL(url)).map(({ pathname, search }) => pathname + search))
}

/**
 * Fetch what is missing and let go of what is no longer on the list; `said(bytes)` after each. A walk that changes while
 * it is fetched is asked for once more. Throws where it stops.
 */
export async function take(list, wanted, how = {}) {
  try {
    await fetchAll(list, wanted, how)
  } catch (fault) {
    const now = fault instanceof Changed ? await ask(list) : null
    if (!now) throw fault
    await fetchAll(list, now, how)
  }
}

class Changed extends Error {}

async function fetchAll(list, wanted, { signal, said = () => {} }) {
  const cache = await caches.open(cacheOf(list))
  const before = await known(list)
  const old = new Map((before?.files ?? []).map((file) => [file.url, file.sha256]))
  const here = await there(list)
  const same = wanted.files.filter((file) => here.has(file.url) && old.get(file.url) === file.sha256)
  said(same.reduce((sum, file) => sum + file.bytes, 0))
  const kept = new Set(same.map(({ url }) => url))
  for (const file of missing(wanted.files, kept)) {
    await cache.put(file.url, await fetched(file, signal))
    await remember(cache, list, wanted, kept.add(file.url))
    said(file.bytes)
  }
  await cache.put(list, Response.json(wanted))
  for (const url of leftOver([...wanted.files, { url: list }], await there(list))) await cache.delete(url)
}

/** Take it all off this phone. */
export function letGo(list) {
  return caches.delete(cacheOf(list))
}

// What came before a stop counts the next time: the list so far.
function remember(cache, list, wanted, kept) {
  const files = wanted.files.filter(({ url }) => kept.has(url))
  return cache.put(list, Response.json({ ...wanted, files, version: '' }))
}

async function fetched({ url, sha256 }, signal) {
  const answer = await fetch(url, { cache: 'no-store', signal })
  const body = await answer.arrayBuffer()
  if (!answer.ok || (await hash(body)) !== sha256) throw new Changed(url)
  return new Response(body, { headers: { 'Content-Type': answer.headers.get('Content-Type') ?? '' } })
}

async function hash(body) {
  const bytes = new Uint8Array(await crypto.subtle.digest('SHA-256', body))
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}
