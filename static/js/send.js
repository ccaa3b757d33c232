// Sending a form with a photo by XHR, because fetch does not tell how far an upload is.

const STALLED = 60000

/**
 * Post `data` to `url`; `onProgress(sent, total)`. Resolves to {status, answer, retryAfter (seconds)}; status 0 means
 * no network, or none for a minute.
 */
export function send(url, data, onProgress = () => {}) {
  return new Promise((done) => {
    const request = new XMLHttpRequest()
    let watch
    const goesOn = () => {
      clearTimeout(watch)
      watch = setTimeout(() => request.abort(), STALLED)
    }
    const ends = (answered) => {
      clearTimeout(watch)
      done(answered)
    }
    request.open('POST', url)
    request.setRequestHeader('Accept', 'application/json')
    request.responseType = 'json'
    request.upload.onprogress = ({ loaded, total }) => {
      goesOn()
      onProgress(loaded, total)
    }
    request.onload = () => {
      const retryAfter = Number(request.getResponseHeader('Retry-After')) || 0
      ends({ status: request.status, answer: request.response ?? {}, retryAfter })
    }
    request.onerror = request.onabort = () => ends({ status: 0, answer: {}, retryAfter: 0 })
    goesOn()
    request.send(data)
  })
}
