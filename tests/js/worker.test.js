// The service worker, run against a network and a cache of the test's own.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import vm from 'node:vm'

const SOURCE = readFileSync(new URL('../../static/js/worker.js', import.meta.url), 'utf8')
const SITE = 'https://buurt.example'
const KEPT = '/w/lombok/offline?lang=nl'

class Cache {
  entries = new Map()
  full = (one) => new URL(one.url ?? one, SITE).href
  find(one, { ignoreSearch } = {}) {
    const bare = (url) => (ignoreSearch ? url.split('?')[0] : url)
    return [...this.entries.keys()].find((url) => bare(url) === bare(this.full(one)))
  }
  match = async (one, how) => this.entries.get(this.find(one, how))?.clone()
  put = async (one, answer) => void this.entries.set(this.full(one), answer)
  delete = async (one, how) => this.entries.delete(this.find(one, how))
  keys = async () => [...this.entries.keys()].map((url) => ({ url }))
  addAll = async (all) => Promise.all(all.map((one) => this.put(one, new Response(this.full(one)))))
}

/** A worker of `version` over these caches; `network` answers a path, or throws. */
function worker(version, network, stores = new Map()) {
  const listeners = {}
  const open = async (name) => stores.get(name) ?? stores.set(name, new Cache()).get(name)
  const caches = {
    open,
    keys: async () => [...stores.keys()],
    delete: async (name) => stores.delete(name),
    match: async (one) => (await Promise.all([...stores.values()].map((store) => store.match(one)))).find(Boolean),
  }
  const world = {
    VERSION: version, SHELL: ['/static/js/queue.js', '/static/css/site.css?v=1'], caches, URL, Response, Promise, Date,
    Request: class { constructor(url) { this.url = new URL(url, SITE).href } },
    addEventListener: (name, listen) => (listeners[name] = listen), location: new URL(SITE), String, Error,
    skipWaiting: async () => {}, registration: {}, clients: { claim: async () => {} },
    fetch: async (one) => network(new URL(one.url ?? one, SITE).pathname),
  } // prettier-ignore
  vm.runInNewContext(SOURCE, world)
  const wait = async (name, event = {}) => {
    let done
    listeners[name]({ ...event, waitUntil: (work) => (done = work) })
    await done
  }
  const ask = (path, { mode = 'no-cors', method = 'GET', headers = {} } = {}) => {
    let answer = null
    const request = { url: SITE + path, mode, method, headers: new Headers(headers) }
    listeners.fetch({ request, respondWith: (work) => (answer = work) })
    return answer
  }
  return { wait, ask, stores, install: () => wait('install'), activate: () => wait('activate') }
}

const works = async (path) => new Response(`from the network: ${path}`, { headers: { Date: new Date().toUTCString() } })
const fails = async () => { throw new TypeError('no network') } // prettier-ignore
const visit = { mode: 'navigate' }

test('a page comes from the network, and only without it the kept one', async () => {
  let network = works
  const one = worker('1', (path) => network(path))
  await one.install()
  await one.wait('message', { data: { offline: KEPT } })
  assert.match(await (await one.ask('/w/lombok/me', visit)).text(), /network: \/w\/lombok\/me/)
  network = fails
  assert.match(await (await one.ask('/w/lombok/me', visit)).text(), /network: \/w\/lombok\/offline/)
  assert.match(await (await one.ask('/e/K7RX4P', visit)).text(), /network: \/w\/lombok\/offline/)
  assert.equal((await one.ask('/w/elders/', visit)).type, 'error')
})

test('no page of a person, no photo and no answer is ever kept', async () => {
  const one = worker('1', works)
  await one.install()
  for (const path of ['/w/lombok/me', '/w/lombok/album', '/e/K7RX4P', '/']) await one.ask(path, visit)
  assert.equal(one.ask('/e/abc/photo/def/small.webp'), null)
  assert.equal(one.ask('/w/lombok/together/bench', { method: 'POST', mode: 'navigate' }), null)
  assert.equal(one.ask('/static/tiles.pmtiles', { headers: { Range: 'bytes=0-1' } }), null)
  for (const path of ['/w/lombok/me', 'https://evil.example/w/x/offline', '//evil.example/w/x/offline']) {
    await one.wait('message', { data: { offline: path } })
  }
  const [store] = one.stores.values()
  assert.deepEqual((await store.keys()).map(({ url }) => new URL(url).pathname), ['/static/js/queue.js', '/static/css/site.css'])
})

test('another version takes the kept page anew and lets the old cache go', async () => {
  const old = worker('1', works)
  await old.install()
  await old.wait('message', { data: { offline: KEPT } })
  const fresh = worker('2', async (path) => new Response(`newer: ${path}`), old.stores)
  await fresh.install()
  await fresh.activate()
  assert.deepEqual([...fresh.stores.keys()], ['buurtspoor-2'])
  const [store] = fresh.stores.values()
  assert.equal(await (await store.match(KEPT)).text(), 'newer: /w/lombok/offline')
})

test('a day-old kept page is taken anew, also when the phone thinks that it is years ago', async () => {
  const dated = (days) => async (path) =>
    new Response(`${days}: ${path}`, { headers: { Date: new Date(Date.now() + days * 24 * 3600 * 1000).toUTCString() } })
  for (const days of [-2, 3650]) {
    let network = dated(days)
    const one = worker('1', (path) => network(path))
    await one.wait('message', { data: { offline: KEPT } })
    network = works
    await one.wait('message', { data: { offline: KEPT } })
    const [store] = one.stores.values()
    assert.match(await (await store.match(KEPT)).text(), /from the network/)
  }
})

test('one kept page a neighbourhood, in the language that was read last', async () => {
  const one = worker('1', works)
  await one.install()
  for (const lang of ['nl', 'en']) await one.wait('message', { data: { offline: `/w/lombok/offline?lang=${lang}` } })
  const [store] = one.stores.values()
  const kept = (await store.keys()).filter(({ url }) => url.includes('offline'))
  assert.deepEqual(kept, [{ url: `${SITE}/w/lombok/offline?lang=en` }])
})

test('a file by its hash may come from the phone, any other first from the network', async () => {
  let network = works
  const one = worker('1', (path) => network(path))
  await one.install()
  assert.equal(await (await one.ask('/static/css/site.css?v=1')).text(), `${SITE}/static/css/site.css?v=1`)
  assert.match(await (await one.ask('/static/css/site.css?v=2')).text(), /from the network/)
  assert.match(await (await one.ask('/static/js/queue.js')).text(), /from the network/)
  network = fails
  assert.equal(await (await one.ask('/static/css/site.css?v=2')).text(), `${SITE}/static/css/site.css?v=1`)
  assert.equal(await (await one.ask('/static/js/queue.js')).text(), `${SITE}/static/js/queue.js`)
})

test('of a map that is kept any part is cut from the whole, and a sound by parts is left to the browser', async () => {
  const one = worker('1', fails)
  const walk = await (one.stores.get('walk-lombok-x') ?? one.stores.set('walk-lombok-x', new Cache()).get('walk-lombok-x'))
  const map = '/w/lombok/map.pmtiles?v=1'
  await walk.put(map, new Response('PMTiles and more', { headers: { 'Content-Type': 'application/vnd.pmtiles' } }))
  const said = async (range) => {
    const answer = await one.ask(map, { headers: { Range: range } })
    return [answer.status, answer.headers.get('Content-Range'), await answer.text()]
  }
  assert.deepEqual(await said('bytes=0-6'), [206, 'bytes 0-6/16', 'PMTiles'])
  assert.deepEqual(await said('bytes=12-16383'), [206, 'bytes 12-15/16', 'more'])
  assert.deepEqual(await said('bytes=16-20'), [416, 'bytes */16', ''])
  assert.equal((await (await one.ask(map)).text()), 'PMTiles and more')
  await assert.rejects(one.ask('/w/lombok/map.pmtiles?v=2', { headers: { Range: 'bytes=0-6' } }))
  assert.equal(one.ask('/w/lombok/stories/a/sound', { headers: { Range: 'bytes=0-' } }), null)
})
