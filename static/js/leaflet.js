// Leaflet, fetched when a map is first wanted. The one place that knows how it comes: a script that sets `L`.

let coming

/** Leaflet with its style sheets, once for all maps of a page; a failure may be tried again. */
export function load(script, sheets) {
  coming ??= Promise.all([script, ...sheets].map(fetched)).then(
    () => window.L,
    (fault) => {
      coming = undefined
      throw fault
    },
  )
  return coming
}

/** A script or a style sheet, once it is there. */
export function fetched(url) {
  const isScript = new URL(url, location).pathname.endsWith('.js')
  const element = isScript
    ? Object.assign(document.createElement('script'), { src: url })
    : Object.assign(document.createElement('link'), { rel: 'stylesheet', href: url })
  return new Promise((done, failed) => {
    element.addEventListener('load', done)
    element.addEventListener('error', () => {
      element.remove()
      failed(new Error(`${url} did not come`))
    })
    document.head.append(element)
  })
}
