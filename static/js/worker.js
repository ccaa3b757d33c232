// The service worker: keeps the shell, and a page for when there is no network. It keeps nothing of anybody: no pages
// of persons, no photos, no answers. A walk that somebody kept lies in a cache of its own (pack.js), which it only reads. VERSION and SHELL stand above this; core/pages/worker_pages.py puts them there.

const FAMILY = 'buurtspoor-'
const CACHE = FAMILY + VERSION
const OFFLINE = /^\/w\/[a-z0-9-]+\/offline$/
const WALK = /^\/w\/([a-z0-9-]+)\/walks\/([^/]+)/
const CLASS = /^\/w\/[a-z0-9-]+\/class\/[^/]+/
const STORY = /^\/w\/[a-z0-9-]+\/stories\//
const GROUND = /^\/w\/[a-z0-9-]+\/map\.(geojson|pmtiles)$/
const A_DAY = 24 * 3600 * 1000

addEventListener('install', (event) => event.waitUntil(install()))
addEventListener('activate', (event) => event.waitUntil(activate()))
addEventListener('message', (event) => event.waitUntil(keepPage(String(event.data?.offline ?? ''))))
addEventListener('fetch', (event) => {
  const { request } = event
  const { origin, pathname } = new URL(request.url)
  if (request.method !== 'GET' || origin !== location.origin) return
  if (GROUND.test(pathname)) event.respondWith(ground(request))
  else if (request.headers.has('range')) return // a sound that plays: the browser's own
  else if (request.mode === 'navigate') event.respondWith(page(event, pathname))
  else if (pathname.startsWith('/static/')) event.respondWith(file(request))
  else if (STORY.test(pathname)) event.respondWith(ofWalk(request))
})

async function install() {
  const cache = await caches.open(CACHE)
  await cache.addAll(SHELL.map((url) => new Request(url, { cache: 'no-cache' })))
  for (const { url } of await offlinePages()) await fetchPage(cache, url).catch(() => {})
  await skipWaiting()
}

async function activate() {
  const names = await caches.keys()
  await Promise.all(names.filter((name) => name.startsWith(FAMILY) && name !== CACHE).map((name) => caches.delete(name)))
  await registration.navigationPreload?.enable()
  await clients.claim()
}

// A page comes from the network as long as there is one.
async function page(event, pathname) {
  try {
    return (await event.preloadResponse) ?? (await fetch(event.request))
  } catch {
    return (await keptWalk(pathname)) ?? (await keptClass(pathname)) ?? (await offlinePage(pathname)) ?? Response.error()
  }
}

// A file asked for by its hash is the same wherever it comes from; any other is kept for without network only.
async function file(request) {
  const cache = await caches.open(CACHE)
  const same = new URL(request.url).searchParams.has('v') && (await cache.match(request))
  return same || fetch(request).catch(async () => (await caches.match(request)) ?? (await cache.match(request, { ignoreSearch: true })) ?? Response.error())
}

// A picture of a walk that is kept here; online it comes from where it always does, and may be gone by now.
function ofWalk(request) {
  return fetch(request).catch(async () => (await caches.match(request)) ?? Response.error())
}

// The map of a walk that is kept here, by its version the same wherever it comes from. A cache answers with the whole of
// it, and tiles are read by parts.
async function ground(request) {
  const kept = await caches.match(request.url)
  if (!kept) return fetch(request)
  const [, first, last] = /^bytes=(\d+)-(\d+)$/.exec(request.headers.get('range') ?? '') ?? []
  return first === undefined ? kept : part(await kept.blob(), Number(first), Number(last))
}

function part(whole, first, last) {
  const end = Math.min(last + 1, whole.size)
  const says = (range) => ({ 'Content-Range': `bytes ${range}/${whole.size}`, 'Content-Type': whole.type })
  if (first >= end) return new Response(null, { status: 416, headers: says('*') })
  return new Response(whole.slice(first, end), { status: 206, headers: says(`${first}-${end - 1}`) })
}

/** The page of a walk that is kept on this phone, for any address of that walk. */
async function keptWalk(pathname) {
  const [, neighbourhood, key] = WALK.exec(pathname) ?? []
  return key && caches.match(`/w/${neighbourhood}/walks/${key}/kept`)
}

/** A page of the crew whose tablet this is (class-crew.js). */
async function keptClass(pathname) {
  return CLASS.test(pathname) ? caches.match(pathname) : undefined
}

/** The kept page of this neighbourhood, or of another one for an address that belongs to none. */
async function offlinePage(pathname) {
  const pages = await offlinePages()
  const here = pages.find(({ url }) => new URL(url).pathname.split('/')[2] === pathname.split('/')[2])
  const found = here ?? (pathname.startsWith('/w/') ? null : pages.at(-1))
  return found && caches.match(found)
}

async function offlinePages() {
  const found = []
  for (const name of await caches.keys()) {
    if (!name.startsWith(FAMILY)) continue
    const requests = await (await caches.open(name)).keys()
    found.push(...requests.filter(({ url }) => OFFLINE.test(new URL(url).pathname)))
  }
  return found
}

/** Keep a neighbourhood's page in the language that its reader has now; a day old is young enough, by either clock. */
async function keepPage(url) {
  const { origin, pathname } = new URL(url, location.origin)
  if (origin !== location.origin || !OFFLINE.test(pathname)) return
  const cache = await caches.open(CACHE)
  const kept = await cache.match(url)
  const age = kept && Date.now() - Date.parse(kept.headers.get('Date'))
  if (!kept || Math.abs(age) > A_DAY) await fetchPage(cache, url).catch(() => {})
}

async function fetchPage(cache, url) {
  const response = await fetch(url, { cache: 'no-store' })
  if (!response.ok || response.redirected) return
  await cache.delete(url, { ignoreSearch: true })
  await cache.put(url, response)
}
